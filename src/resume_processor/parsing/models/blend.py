"""Blends what two models say: the probabilities of the random fields with the encoder's.

The two err differently: the random fields know layout, lexicons and the rules' findings, the
encoder knows what words mean. Their weighted geometric mean is better than either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from resume_processor.parsing.models.decode import FLOOR, Row
from resume_processor.parsing.models.encoder import Reading
from resume_processor.parsing.models.labels import OUTSIDE

#: Weight of the encoder against the random field (1 - weight), for lines and for words.
LINES_WEIGHT, WORDS_WEIGHT = 0.7, 0.7


class Blend:
    """What the encoder read of one document, ready to be blended in."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._tags = {tag: n for n, tag in enumerate(reading.tags)}
        self._labels = {label: n for n, label in enumerate(reading.labels)}

    def lines(self, rows: Sequence[Row]) -> list[Row]:
        """``rows``: the line model's, one for each line of the document."""
        read = self._reading.lines
        return [
            _mean(row, _of(row, self._labels, read[n]), LINES_WEIGHT) if n in read else row
            for n, row in enumerate(rows)
        ]

    def words(self, rows: Sequence[Row], first: int) -> list[Row]:
        """``rows``: a word model's, from token ``first`` on. Other models' fields are outside."""
        blended: list[Row] = []
        for row, read in zip(rows, self._reading.tokens[first:], strict=False):
            said = _of(row, self._tags, read)
            said[OUTSIDE] = 1.0 - sum(p for tag, p in said.items() if tag != OUTSIDE)
            blended.append(_mean(row, said, WORDS_WEIGHT))
        return blended


def _of(row: Row, numbers: Mapping[str, int], read: Sequence[float]) -> dict[str, float]:
    return {name: read[numbers[name]] for name in row if name in numbers}


def _mean(one: Row, other: Mapping[str, float], weight: float) -> Row:
    raised = {
        name: exp(
            (1.0 - weight) * log(max(probability, FLOOR))
            + weight * log(max(other.get(name, 0.0), FLOOR))
        )
        for name, probability in one.items()
    }
    total = sum(raised.values())
    return {name: value / total for name, value in raised.items()}
