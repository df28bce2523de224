"""Fits one conditional random field."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pycrfsuite

from resume_processor.parsing.models.crf import Features
from training.corpus import kept_folder

Sequenced = tuple[Features, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is fitted: L-BFGS with elastic net; rarer features than ``least`` are out."""

    c1: float = 0.1
    c2: float = 0.1
    iterations: int = 100
    least: int = 2
    all_transitions: bool = True


def fit(sequences: Iterable[Sequenced], settings: Settings) -> bytes:
    """The model as CRFsuite writes it. The same sequences give the same bytes.

    Models are kept in the machine's temporary folder: what was fitted once is not fitted again.
    """
    trainer = pycrfsuite.Trainer(verbose=False)
    digest = hashlib.sha256(repr(settings).encode())
    for blocks, labels in sequences:
        features = [list(chain.from_iterable(item)) for item in blocks]
        trainer.append(pycrfsuite.ItemSequence(features), labels)
        digest.update(repr((features, labels)).encode())
    kept = kept_folder("models") / digest.hexdigest()
    if not kept.exists():
        kept.write_bytes(_fitted(trainer, settings))
    return kept.read_bytes()


def _fitted(trainer: pycrfsuite.Trainer, settings: Settings) -> bytes:
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
