"""Are the confidences true? Of the values given 0.9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from evaluation.judge import judge

#: Lower ends of the bins of the table; the last one ends with 1.
EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Rated:
    """A value's confidence, and whether the value is right."""

    field: str
    rule: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Values whose confidence lies from ``low`` to below ``high``; both means are 0..1."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def rate(
    gold: Mapping[str, Any], record: Mapping[str, Any], full: Mapping[str, Any]
) -> list[Rated]:
    """The values of one document that have evidence; an end left open is no value."""
    evidence = full.get("evidence", {})
    return [
        Rated(
            one.field,
            evidence[one.pointer]["rule"],
            evidence[one.pointer]["confidence"],
            one.right,
        )
        for one in judge(gold, record).judged
        if one.pointer in evidence
    ]


def bins(rated: Iterable[Rated], edges: Sequence[float] = EDGES) -> list[Bin]:
    """The bins that hold a value, the lowest first."""
    values = list(rated)
    found = []
    for low, high in pairwise((*edges, 1.0)):
        last = high == 1.0
        inside = [v for v in values if low <= v.confidence and (v.confidence < high or last)]
        if inside:
            found.append(
                Bin(
                    low,
                    high,
                    len(inside),
                    sum(v.confidence for v in inside) / len(inside),
                    sum(v.right for v in inside) / len(inside),
                )
            )
    return found


def expected_error(rated: Sequence[Rated]) -> float:
    """Mean distance between confidence and share of right values, weighted by the bins (0..1)."""
    if not rated:
        return 0.0
    total = sum(abs(one.confidence - one.right) * one.count for one in bins(rated))
    return total / len(rated)


def reliability_table(rated: Sequence[Rated]) -> str:
    """The bins as lines of text, and the expected error below."""
    lines = [f"{'confidence':14}{'values':>8}{'given':>8}{'right':>8}"]
    lines += [
        f"{one.low:.2f} to {one.high:.2f}{one.count:10}{one.confidence:8.3f}{one.right:8.3f}"
        for one in bins(rated)
    ]
    return "\n".join([*lines, f"expected calibration error {expected_error(rated):.3f}"])
