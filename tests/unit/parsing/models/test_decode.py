"""From probabilities of tags to values."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product
from math import log

import numpy as np

from resume_processor.parsing.models.decode import FLOOR, decode
from resume_processor.parsing.models.probabilities import Probabilities

TAGS = ("O", "B-a", "E-a", "I-a", "I-b", "B-b")


def _rows(seed: int, length: int = 4) -> list[dict[str, float]]:
    chance = random.Random(seed)
    return [{tag: chance.random() ** 4 for tag in TAGS} for _ in range(length)]


def _said(rows: Sequence[dict[str, float]]) -> Probabilities:
    return Probabilities(TAGS, np.array([list(row.values()) for row in rows]))


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
        found = [(value.field, value.first, value.last) for value in decode(_said(rows))]
        assert found == _spans(best)


def test_a_value_says_how_sure_it_is_and_whether_it_opens_an_entry() -> None:
    rows = np.array([[0.1, 0.2, 0.6, 0.0, 0.05, 0.05], [0.2, 0.0, 0.0, 0.8, 0.0, 0.0]])
    (value,) = decode(Probabilities(TAGS, rows))
    assert (value.field, value.first, value.last) == ("a", 0, 1)
    assert round(value.opens, 6) == 0.75
    assert round(value.confidence, 6) == 0.8


def test_no_value_counts_for_less_where_it_weighs_less() -> None:
    said = Probabilities(("O", "B-a"), np.array([[0.6, 0.4]]))
    assert decode(said) == []
    assert [value.field for value in decode(said, outside=0.5)] == ["a"]


def test_nothing_is_found_in_nothing() -> None:
    assert decode(Probabilities(TAGS, np.empty((0, len(TAGS))))) == []
