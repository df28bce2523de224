"""Words that stand close together on one base line: the smallest piece that a column may hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Self

from resume_processor.layout.bullets import is_bullet
from resume_processor.layout.grid import Grid
from resume_processor.layout.lines import Word

#: Part of a word's box below the base line, in units of the font size (readers build boxes so).
DESCENT = 0.25
#: Base lines further apart than this part of the smaller size are two lines.
SAME_LINE = 0.35
#: A gap wider than this, in units of the font size, parts two segments.
_GAP = 0.75
#: A superscript is at most this part of the size of its line.
_SMALL = 0.8
#: Gap before a superscript of a word, in units of its size.
_SUPERSCRIPT_GAP = 0.2
#: Gap behind a list marker (as above).
_BULLET_GAP = 3.5
#: Words may overlap by this much (italics, kerning), in units of the font size.
_OVERLAP = 0.5
#: Points within which the same word printed twice (for a shadow, or for bold) is one.
_SHADOW = 3.0


class Segment:
    """A run of words; edges in points."""

    __slots__ = ("base", "bottom", "grid", "size", "top", "words", "x0", "x1")

    def __init__(self, word: Word, base: float) -> None:
        box = word.box
        self.words = [word]
        self.grid: Grid | None = None  #: a table, read cell by cell
        self.base = base
        self.size = word.size
        self.x0, self.x1 = box.x0, box.x1
        self.top, self.bottom = box.y0, box.y1

    @classmethod
    def of_table(cls, grid: Grid, words: Sequence[Word]) -> Self:
        """A table as one piece; ``words`` are all that stand in it."""
        table = cls(words[0], grid.box.y1)
        table.words = list(words)
        table.grid = grid
        table.x0, table.x1 = grid.box.x0, grid.box.x1
        table.top, table.bottom = grid.box.y0, grid.box.y1
        return table

    def add(self, words: Iterable[Word]) -> None:
        """Append words that stand to the right."""
        for word in words:
            box = word.box
            self.words.append(word)
            self.x0, self.x1 = min(self.x0, box.x0), max(self.x1, box.x1)
            self.top, self.bottom = min(self.top, box.y0), max(self.bottom, box.y1)
            self.size = max(self.size, word.size)

    @property
    def text(self) -> str:
        """The words with spaces between them."""
        return " ".join(word.text for word in self.words)


def segments_of(words: Sequence[Word]) -> list[Segment]:
    """Segments from top to bottom, those on one base line from left to right."""
    segments: list[Segment] = []
    current: Segment | None = None
    seen: set[tuple[str, int, int]] = set()
    for word in words:
        base = word.box.y1 - DESCENT * word.size
        key = (word.text, int(word.box.x0 / _SHADOW), int(base / _SHADOW))
        if key in seen:
            continue
        seen.add(key)
        if current is not None and (not word.space_before or _goes_on(current, word, base)):
            current.add((_touching(current, word, base),))
        else:
            current = Segment(word, base)
            segments.append(current)
    return [segment for row in rows_of(segments) for segment in _merged(row)]


def _goes_on(segment: Segment, word: Word, base: float) -> bool:
    size = min(segment.size, word.size)
    gap = word.box.x0 - segment.x1
    if not -_OVERLAP * size <= gap <= _GAP * size:
        return False
    return abs(base - segment.base) <= SAME_LINE * size or _is_raised(segment, word, base)


def _touching(segment: Segment, word: Word, base: float) -> Word:
    """The word, without a space before it where it is a superscript of the word there."""
    gap = word.box.x0 - segment.x1
    if gap > _SUPERSCRIPT_GAP * word.size or abs(base - segment.base) <= SAME_LINE * word.size:
        return word
    return replace(word, space_before=False)


def _is_raised(segment: Segment, word: Word, base: float) -> bool:
    """Whether it is a superscript ("15th") or a subscript."""
    return (
        word.size <= _SMALL * segment.size
        and segment.top - 0.2 * word.size <= word.box.y0
        and base <= segment.base + SAME_LINE * segment.size
    )


def rows_of(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Segments that share a base line, from top to bottom, each row from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (s.base, s.x0)):
        if rows and _on_line(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda s: s.x0)
    return rows


def _on_line(row: list[Segment], segment: Segment) -> bool:
    first = row[0]
    return abs(segment.base - first.base) <= SAME_LINE * min(segment.size, first.size)


def _merged(row: list[Segment]) -> list[Segment]:
    """The row with segments joined that the content stream held apart."""
    merged: list[Segment] = []
    for segment in row:
        last = merged[-1] if merged else None
        size = min(last.size, segment.size) if last else 0.0
        widest = _BULLET_GAP if last and _is_marker(last) else _GAP
        if last and -_OVERLAP * size <= segment.x0 - last.x1 <= widest * size:
            last.add(segment.words)
        else:
            merged.append(segment)
    return merged


def _is_marker(segment: Segment) -> bool:
    return len(segment.words) == 1 and is_bullet(segment.words[0].text)
