"""Finds the places of a document where a gold value stands.

Both sides are folded to letters and digits, so that white space, punctuation, case, accents and
line breaks do not matter. A value that stands nowhere literally is looked for approximately.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

#: Least likeness (0..100) of an approximate place.
LEAST_LIKENESS = 84.0
#: A value shorter than this (in folded characters) must stand literally.
SHORTEST_FUZZY = 5
#: No more places than this are looked for; a value that common says nothing about where it belongs.
MOST_PLACES = 60


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Letters, digits, ``+`` and ``#`` of a text, case-folded, without accents and spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^\w+#]|_", "", plain)


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``first`` to ``last`` (inclusive); ``likeness`` is 1.0 where they equal the value."""

    first: int
    last: int
    likeness: float = 1.0


class Stream:
    """A document's tokens as one folded string in which values are looked up."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.starts: list[int] = []
        parts: list[str] = []
        length = 0
        for text in texts:
            part = fold(text)
            self.starts.append(length)
            parts.append(part)
            length += len(part)
        self.ends = [start + len(part) for start, part in zip(self.starts, parts, strict=True)]
        self.text = "".join(parts)

    def places(self, value: str) -> list[Span]:
        """Where the value stands: literal places first, else approximate ones, in order."""
        wanted = fold(value)
        if not wanted:
            return []
        literal = self._literal(wanted)
        if literal:
            return literal
        return self._approximate(wanted) if len(wanted) >= SHORTEST_FUZZY else []

    def _literal(self, wanted: str) -> list[Span]:
        whole: list[Span] = []
        ragged: list[Span] = []
        at = self.text.find(wanted)
        while at >= 0 and len(whole) < MOST_PLACES:
            end = at + len(wanted)
            span = self._tokens(at, end)
            if self.starts[span.first] == at and self.ends[span.last] == end:
                whole.append(span)
            elif self._mostly(span, len(wanted)):
                ragged.append(span)
            at = self.text.find(wanted, at + 1)
        return whole or ragged

    def _mostly(self, span: Span, length: int) -> bool:
        return length >= 0.6 * (self.ends[span.last] - self.starts[span.first])

    def _approximate(self, wanted: str) -> list[Span]:
        found: list[Span] = []
        rest = self.text
        while len(found) < 8:
            match = fuzz.partial_ratio_alignment(wanted, rest, score_cutoff=LEAST_LIKENESS)
            if match is None or match.dest_end <= match.dest_start:
                break
            span = self._trimmed(match.dest_start, match.dest_end)
            likeness = fuzz.ratio(wanted, self.text[self.starts[span.first] : self.ends[span.last]])
            if likeness >= LEAST_LIKENESS:
                found.append(Span(span.first, span.last, likeness / 100))
            rest = (
                rest[: match.dest_start]
                + "\0" * (match.dest_end - match.dest_start)
                + rest[match.dest_end :]
            )
        return sorted(found, key=lambda span: span.first)

    def _trimmed(self, start: int, end: int) -> Span:
        """The tokens under a stretch of text, without those it only touches."""
        span = self._tokens(start, end)
        first, last = span.first, span.last
        if first < last and self.ends[first] - start < (self.ends[first] - self.starts[first]) / 2:
            first += 1
        if first < last and end - self.starts[last] < (self.ends[last] - self.starts[last]) / 2:
            last -= 1
        return Span(first, last)

    def _tokens(self, start: int, end: int) -> Span:
        first = bisect_right(self.starts, start) - 1
        while self.ends[first] <= start:
            first += 1
        last = bisect_left(self.starts, end) - 1
        while self.ends[last] <= self.starts[last]:
            last -= 1
        return Span(first, last)
