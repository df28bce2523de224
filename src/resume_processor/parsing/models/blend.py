"""Blends what two models say: the probabilities of the random fields with the encoder's.

The two err differently: the random fields know layout, lexicons and the rules' findings, the
encoder knows what words mean. Their weighted geometric mean is better than either.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from resume_processor.parsing.models.decode import FLOOR
from resume_processor.parsing.models.encoder import Reading
from resume_processor.parsing.models.labels import OUTSIDE
from resume_processor.parsing.models.probabilities import Probabilities, Rows

#: Weight of the encoder against the random field (1 - weight), for lines and for words.
LINES_WEIGHT, WORDS_WEIGHT = 0.7, 0.7


class Blend:
    """What the encoder read of one document, ready to be blended in."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def lines(self, own: Probabilities) -> Probabilities:
        """``own``: the line model's, one for each line of the document."""
        read = self._reading.lines
        seen = [n for n in range(len(own.rows)) if n in read]
        if not seen:
            return own
        said = _columns(np.array([read[n] for n in seen]), self._reading.labels, own.labels)
        rows = own.rows.copy()
        rows[seen] = _mean(own.rows[seen], said, LINES_WEIGHT)
        return Probabilities(own.labels, rows)

    def words(self, own: Probabilities, first: int) -> Probabilities:
        """``own``: a word model's, from token ``first`` on. Other models' fields are outside."""
        read = self._reading.tokens[first : first + len(own.rows)]
        said = _columns(read, self._reading.tags, own.labels)
        outside = own.labels.index(OUTSIDE)
        said[:, outside] = 0.0
        said[:, outside] = 1.0 - said.sum(axis=1)
        return Probabilities(own.labels, _mean(own.rows, said, WORDS_WEIGHT))


def _columns(read: Rows, names: Sequence[str], labels: Sequence[str]) -> Rows:
    """The columns of ``labels``; of one that the encoder does not know, zeros."""
    numbers = {name: number for number, name in enumerate(names)}
    known = [at for at, label in enumerate(labels) if label in numbers]
    columns = np.zeros((len(read), len(labels)))
    columns[:, known] = read[:, [numbers[labels[at]] for at in known]]
    return columns


def _mean(one: Rows, other: Rows, weight: float) -> Rows:
    raised = np.exp(
        (1.0 - weight) * np.log(np.maximum(one, FLOOR)) + weight * np.log(np.maximum(other, FLOOR))
    )
    mean: Rows = raised / raised.sum(axis=1, keepdims=True)
    return mean
