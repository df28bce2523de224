"""From probabilities of tags to values."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product
from math import log

from resume_processor.parsing.models.decode import FLOOR, decode

TAGS = ("O", "B-a", "E-a", "I-a", "I-b", "B-b")


def _rows(seed: int, length: int = 4) -> list[dict[str, float]]:
    chance = random.Random(seed)
    return [{tag: chance.random() ** 4 for tag in TAGS} for _ in range(length)]


def _allowed(length: int) -> Iterator[tuple[str, ...]]:
    """All ways to tag so many tokens in which a value only goes on where it has begun."""
    for tags in product(TAGS, repeat=length):
        before = ("O", *tags[:-1])
        if all(
            b != "O" and b[2:] == t[2:] for b, t in zip(before, tags, strict=True) if t[0] == "I"
        ):
            yield tags


def _spans(tags: Sequence[str]) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for at, tag in enumerate(tags):
        if tag[0] == "I":
            found[-1] = (found[-1][0], found[-1][1], at)
        elif tag != "O":
            found.append((tag[2:], at, at))
    return found


def test_the_values_are_the_likeliest_of_all_allowed_ones() -> None:
    for seed in range(20):
        rows = _rows(seed)
        best = max(
            _allowed(len(rows)),
            key=lambda tags: sum(log(max(r[t], FLOOR)) for r, t in zip(rows, tags, strict=True)),
        )
        found = [(value.field, value.first, value.last) for value in decode(rows)]
        assert found == _spans(best)
