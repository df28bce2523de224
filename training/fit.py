"""Fits one conditional random field."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

Sequenced = tuple[Sequence[Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is fitted: L-BFGS with elastic net; rarer features than ``least`` are left out."""

    c1: float = 0.1
    c2: float = 0.1
    iterations: int = 100
    least: int = 2
    all_transitions: bool = True


def fit(sequences: Iterable[Sequenced], settings: Settings) -> bytes:
    """The model as CRFsuite writes it. The same sequences give the same bytes."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in sequences:
        trainer.append(pycrfsuite.ItemSequence(features), labels)
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": settings.c1,
            "c2": settings.c2,
            "max_iterations": settings.iterations,
            "feature.minfreq": settings.least,
            "feature.possible_transitions": settings.all_transitions,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()
