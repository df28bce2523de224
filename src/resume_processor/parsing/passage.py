"""Text with a way back to the words that it is made of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from resume_processor.parsing.values import Found, LabelledLine, PlacedWord

_ABBREVIATED = re.compile(r"\.\w+\.$|\b\w{1,4}\.$")

#: What may stand around a value without being part of it.
_EDGE = " \t\n\r,;:|•·▪–—-*/\\_=~>"
_SPACES = re.compile(r"\s+")
_START, _END = itemgetter(0), itemgetter(1)
#: Hyphenation at the end of a line: the word goes on in small letters.
_HYPHENATED = re.compile(r"[^\W\d_]{2,}-$")


def fold(text: str) -> str:
    """White space folded to single spaces."""
    return _SPACES.sub(" ", text).strip()


def trim(text: str) -> str:
    """Folded, without separators around it and without a bracket that is never closed."""
    text = fold(text).strip(_EDGE)
    if text.endswith(".") and not _ABBREVIATED.search(text):
        text = text[:-1]
    for opening, closing in ("()", "[]"):
        if text.count(opening) != text.count(closing):
            text = _without_loose(text, opening, closing)
    return text.strip(_EDGE)


def _without_loose(text: str, opening: str, closing: str) -> str:
    if text.startswith((opening, closing)):
        return text[1:]
    if text.endswith((opening, closing)):
        return text[:-1]
    return text


@dataclass(frozen=True, slots=True)
class Passage:
    """``text`` and the words in it; ``spans`` are the words' offsets in ``text``, in order."""

    text: str
    words: tuple[PlacedWord, ...]
    spans: tuple[tuple[int, int], ...]

    def cut(self, start: int, end: int) -> Passage:
        """The part between two offsets; a word that is cut through belongs to it."""
        first = bisect_right(self.spans, start, key=_END)
        stop = bisect_left(self.spans, end, lo=first, key=_START)
        spans = [(a - start, b - start) for a, b in self.spans[first:stop]]
        if spans:  # a word that is cut through ends where the part does
            spans[0] = (max(spans[0][0], 0), spans[0][1])
            spans[-1] = (spans[-1][0], min(spans[-1][1], end - start))
        return Passage(self.text[start:end], self.words[first:stop], tuple(spans))

    def without(self, spans: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
        """What is left between the given parts; pieces without a letter or digit are dropped."""
        pieces: list[Passage] = []
        position = 0
        for start, end in [*sorted(spans), (len(self.text), len(self.text))]:
            if start > position:
                pieces.append(self.cut(position, start))
            position = max(position, end)
        return tuple(piece for piece in pieces if piece.says_something)

    def split(self, pattern: re.Pattern[str]) -> tuple[Passage, ...]:
        """The parts between the matches of a separator."""
        return self.without([match.span() for match in pattern.finditer(self.text)])

    @property
    def says_something(self) -> bool:
        """Whether there is a letter or a digit in it."""
        return bool(self.words) and any(map(str.isalnum, self.text))

    def found(
        self, rule: str, confidence: float, *, span: tuple[int, int] | None = None
    ) -> Found | None:
        """The passage, or a part of it, as a value as written; None where nothing is left."""
        part = self if span is None else self.cut(*span)
        return part.valued(trim(part.text), rule, confidence)

    def valued(self, text: str, rule: str, confidence: float) -> Found | None:
        """A value in its normal form that was read from this passage; None where it is empty."""
        if not text or not self.words:
            return None
        return Found(text, self.words, rule, confidence)


def passage_of(line: LabelledLine) -> Passage:
    """The text of one line."""
    return Passage(line.text, line.words, line.spans)


def joined(lines: Sequence[LabelledLine], glue: str = " ") -> Passage:
    """The text of several lines, hyphenation at the ends of lines undone."""
    text = ""
    words: list[PlacedWord] = []
    spans: list[tuple[int, int]] = []
    for line in lines:
        cut = len(text)
        text = _continued(text, line.text, glue)
        if spans and len(text) < cut:  # a hyphen went
            spans[-1] = (spans[-1][0], len(text))
        start = len(text)
        spans += [(a + start, b + start) for a, b in line.spans]
        words += line.words
        text += line.text
    return Passage(text, tuple(words), tuple(spans))


def _continued(text: str, following: str, glue: str) -> str:
    if not text:
        return ""
    if _HYPHENATED.search(text) and following[:1].islower():
        return text[:-1]
    return text + glue


def concatenated(passages: Sequence[Passage], glue: str = " ") -> Passage:
    """Several passages as one."""
    text = ""
    words: list[PlacedWord] = []
    spans: list[tuple[int, int]] = []
    for passage in passages:
        text += glue if text else ""
        spans += [(a + len(text), b + len(text)) for a, b in passage.spans]
        words += passage.words
        text += passage.text
    return Passage(text, tuple(words), tuple(spans))
