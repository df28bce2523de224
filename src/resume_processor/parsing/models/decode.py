"""From the probabilities of tags to values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, log

from resume_processor.parsing.models.labels import BEGIN, ENTRY, INSIDE, OUTSIDE

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


Row = Mapping[str, float]


def decode(rows: Sequence[Row], *, outside: float = 1.0) -> list[Value]:
    """The most probable values that do not overlap; token numbers count from the first row.

    ``outside`` is the weight of no value: below 1.0 more values are found, and more wrong ones.
    """
    tags = _best_tags(rows, outside)
    values: list[Value] = []
    first = None
    for at, tag in enumerate([*tags, OUTSIDE]):
        if first is not None and tag[0] != INSIDE:
            values.append(_value(rows, tags[first][2:], first, at - 1))
            first = None
        if tag[0] in (BEGIN, ENTRY):
            first = at
    return values


def _best_tags(rows: Sequence[Row], outside: float) -> list[str]:
    """Viterbi over the probabilities; a value can only go on where it has begun."""
    scores: list[dict[str, float]] = []
    sources: list[dict[str, str]] = []
    for at, row in enumerate(rows):
        before = scores[-1] if at else {OUTSIDE: 0.0}
        top = max(before, key=lambda tag: before[tag])
        score: dict[str, float] = {}
        source: dict[str, str] = {}
        for tag, probability in row.items():
            came = _inside_source(before, tag[2:]) if tag[0] == INSIDE else top
            if came is None:
                continue
            weight = outside if tag == OUTSIDE else 1.0
            score[tag] = before[came] + log(max(probability * weight, FLOOR))
            source[tag] = came
        scores.append(score)
        sources.append(source)
    return _trace(scores, sources)


def _inside_source(before: Mapping[str, float], field: str) -> str | None:
    best, best_score = None, -inf
    for prefix in (BEGIN, ENTRY, INSIDE):
        tag = f"{prefix}-{field}"
        if before.get(tag, -inf) > best_score:
            best, best_score = tag, before[tag]
    return best


def _trace(scores: Sequence[dict[str, float]], sources: Sequence[dict[str, str]]) -> list[str]:
    if not scores:
        return []
    tag = max(scores[-1], key=lambda t: scores[-1][t])
    tags = [tag]
    for at in range(len(scores) - 1, 0, -1):
        tag = sources[at][tag]
        tags.append(tag)
    return tags[::-1]


def _value(rows: Sequence[Row], field: str, first: int, last: int) -> Value:
    opens = rows[first].get(f"{ENTRY}-{field}", 0.0)
    begins = rows[first].get(f"{BEGIN}-{field}", 0.0)
    inside = [
        sum(rows[at].get(f"{prefix}-{field}", 0.0) for prefix in (ENTRY, BEGIN, INSIDE))
        for at in range(first, last + 1)
    ]
    return Value(field, first, last, opens / max(opens + begins, FLOOR), sum(inside) / len(inside))
