"""Floors: the F1 a field that a change must not fall below, pinned to one state of a corpus."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.metrics import Figure

#: Rounding of the file, not a licence to get worse.
TOLERANCE = 0.0005


@dataclass(frozen=True, slots=True)
class Floors:
    """``corpus`` is the digest of the corpus that ``f1`` was measured on."""

    corpus: str
    f1: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Drop:
    """A field that fell below its floor."""

    field: str
    floor: float
    f1: float


class CorpusChanged(Exception):
    """The floors belong to another state of the corpus; set them anew, on purpose."""


def load_floors(path: Path) -> Floors:
    """Floors from their file."""
    data = json.loads(path.read_text("utf-8"))
    return Floors(data["corpus"], data["f1"])


def save_floors(path: Path, corpus: str, figures: Mapping[str, Figure]) -> None:
    """Pin the figures as floors."""
    f1 = {name: round(value.f1, 3) for name, value in figures.items() if value.gold}
    path.write_text(json.dumps({"corpus": corpus, "f1": f1}, indent=1) + "\n", "utf-8")


def drops(floors: Floors, corpus: str, figures: Mapping[str, Figure]) -> tuple[Drop, ...]:
    """What fell below its floor; raises CorpusChanged for another corpus than theirs."""
    if floors.corpus != corpus:
        raise CorpusChanged("the floors belong to another state of the corpus: set them anew")
    return tuple(
        Drop(name, floor, figures[name].f1)
        for name, floor in floors.f1.items()
        if figures[name].f1 < floor - TOLERANCE
    )
