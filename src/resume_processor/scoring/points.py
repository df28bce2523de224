"""Whole points: shares that add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

#: Quality of a line in thousandths; 1000 is a requirement that is fully met.
FULL = 1000


def share(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Parts of ``total`` in proportion to the weights, by largest remainder; they add up exactly.

    Equal remainders go to the first. All weights zero (or none): all parts zero.
    """
    return _shared(total, tuple(weights))


@lru_cache(maxsize=512)
def _shared(total: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    # a job asks for the same things of every resume
    whole = sum(weights)
    if whole == 0:
        return tuple(0 for _ in weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return tuple(parts)


def points_of(max_points: int, quality: int) -> int:
    """Points for a quality of 0 to 1000, rounded to the nearest, halves up."""
    return (2 * max_points * quality + FULL) // (2 * FULL)
