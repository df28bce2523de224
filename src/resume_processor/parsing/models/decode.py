"""From the probabilities of tags to values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from operator import itemgetter

import numpy as np

from resume_processor.parsing.models.labels import BEGIN, ENTRY, INSIDE, OUTSIDE
from resume_processor.parsing.models.probabilities import Probabilities

#: Probabilities are not taken to be lower than this.
FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class Value:
    """Tokens ``first`` to ``last`` (inclusive) that are a value of ``field``."""

    field: str
    first: int
    last: int
    opens: float  #: probability that it is the first value of its entry
    confidence: float  #: mean probability of its tokens to belong to the field

    def moved(self, by: int) -> Value:
        """The same value, its token numbers counted from ``by`` tokens earlier."""
        return replace(self, first=self.first + by, last=self.last + by)


def decode(said: Probabilities, *, outside: float = 1.0) -> list[Value]:
    """The most probable values that do not overlap; token numbers count from the first row.

    ``outside`` is the weight of no value: below 1.0 more values are found, and more wrong ones.
    """
    values: list[Value] = []
    first, field = None, ""
    for at, tag in enumerate([*_best_tags(said, outside), OUTSIDE]):
        if first is not None and tag[0] != INSIDE:
            values.append(_value(said, field, first, at - 1))
            first = None
        if tag[0] in (BEGIN, ENTRY):
            first, field = at, tag[2:]
    return values


def _best_tags(said: Probabilities, outside: float) -> list[str]:
    """Viterbi over the probabilities; a value can only go on where it has begun."""
    goes_on = _sources(said.labels)
    pickers = [(tag, _picker(sources)) for tag, sources in goes_on.items()]
    scores: list[list[float]] = []
    before, top = [-inf] * len(said.labels), 0.0
    for row in _logs(said, outside):
        score = [top + own for own in row]
        for tag, sources_of in pickers:
            score[tag] = max(sources_of(before)) + row[tag]
        scores.append(score)
        before, top = score, max(score)
    return [said.labels[tag] for tag in _trace(scores, goes_on)]


def _picker(sources: tuple[int, ...]) -> Callable[[list[float]], tuple[float, ...]]:
    """Takes the scores of the sources; an "I-" tag may stand behind two others at least."""
    return itemgetter(*sources)


def _logs(said: Probabilities, outside: float) -> list[list[float]]:
    weights = [outside if label == OUTSIDE else 1.0 for label in said.labels]
    logs: list[list[float]] = np.log(np.maximum(said.rows * weights, FLOOR)).tolist()
    return logs


@lru_cache(maxsize=64)
def _sources(tags: tuple[str, ...]) -> Mapping[int, tuple[int, ...]]:
    """For each "I-" tag of a model: the tags that may stand before it; once a model."""
    numbers = {tag: number for number, tag in enumerate(tags)}
    return {
        number: tuple(
            numbers[source]
            for prefix in (BEGIN, ENTRY, INSIDE)
            if (source := f"{prefix}-{tag[2:]}") in numbers
        )
        for tag, number in numbers.items()
        if tag[0] == INSIDE
    }


def _trace(scores: list[list[float]], goes_on: Mapping[int, tuple[int, ...]]) -> list[int]:
    """The tags that led to the best last one, from the first on."""
    tags: list[int] = []
    came_from: Sequence[int] | None = None
    for score in reversed(scores):
        tag = max(came_from or range(len(score)), key=score.__getitem__)
        tags.append(tag)
        came_from = goes_on.get(tag)
    return tags[::-1]


def _value(said: Probabilities, field: str, first: int, last: int) -> Value:
    tags = [f"{prefix}-{field}" for prefix in (ENTRY, BEGIN, INSIDE)]
    known = [tag for tag in tags if tag in said.labels]
    columns = [said.labels.index(tag) for tag in known]
    rows = said.rows[first : last + 1, columns].tolist()
    starts = dict(zip(known, rows[0], strict=True))
    opens, begins = starts.get(tags[0], 0.0), starts.get(tags[1], 0.0)
    inside = [sum(row) for row in rows]
    return Value(field, first, last, opens / max(opens + begins, FLOOR), sum(inside) / len(inside))
