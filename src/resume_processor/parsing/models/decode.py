"""From the probabilities of tags to values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf, log

from resume_processor.parsing.models.labels import BEGIN, ENTRY, INSIDE, OUTSIDE

#: Probabilities are not taken to be lower than this.
FLOOR = 1e-6
_LOWEST = log(FLOOR)


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
    before, top, running = {OUTSIDE: 0.0}, OUTSIDE, dict[str, str]()
    for row in rows:
        score: dict[str, float] = {}
        source: dict[str, str] = {}
        for tag, probability in row.items():
            came = running.get(tag) if tag[0] == INSIDE else top
            if came is None:
                continue
            weighted = probability * outside if tag == OUTSIDE else probability
            score[tag] = before[came] + (log(weighted) if weighted > FLOOR else _LOWEST)
            source[tag] = came
        scores.append(score)
        sources.append(source)
        before, top = score, max(score, key=score.__getitem__)
        running = _running(tuple(row), score)
    return _trace(scores, sources)


def _running(tags: tuple[str, ...], score: Mapping[str, float]) -> dict[str, str]:
    """For each tag that goes on with a value: the likeliest tag that it can go on from."""
    found: dict[str, str] = {}
    for inside, sources in _sources(tags):
        best, best_score = None, -inf
        for tag in sources:
            if score.get(tag, -inf) > best_score:
                best, best_score = tag, score[tag]
        if best is not None:
            found[inside] = best
    return found


@lru_cache(maxsize=64)
def _sources(tags: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each "I-" tag of a model: the tags that may stand before it; once a model."""
    return tuple(
        (tag, tuple(f"{prefix}-{tag[2:]}" for prefix in (BEGIN, ENTRY, INSIDE)))
        for tag in tags
        if tag[0] == INSIDE
    )


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
