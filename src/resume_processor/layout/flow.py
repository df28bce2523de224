"""Paragraphs of formats without fixed pages (DOCX, HTML, text), laid out on pages of our own.

The order, the indents, the columns of a table and the relative sizes are those of the document;
the absolute positions are made up, but consistent: nothing overlaps, rows of a table stand side by
side, and a long paragraph wraps at the margin (it stays one line, because nothing broke it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from resume_processor.layout.boxes import Box, union
from resume_processor.layout.bullets import take_bullet
from resume_processor.layout.glyphs import clean
from resume_processor.layout.lines import Cell, Document, Line, LineRole, Page, ReaderWarning, Word

#: A4, in points.
PAGE_WIDTH = 595.0
PAGE_HEIGHT = 842.0
MARGIN = 56.0
#: Width of a character, line height and space above a block, in units of the font size.
_CHARACTER = 0.5
_LEADING = 1.2
_BLOCK_GAP = 0.8
#: Tab stops, in points, and the least gap that a tab leaves, in units of the font size.
_TAB_STOP = 36.0
_TAB_GAP = 2.0
#: Every channel of a colour from this on is white to the eye.
_NEARLY_WHITE = 0xF5
_PIECES = re.compile(r"[ \r\f\v\n]+|\t+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. A tab in it is a tab; other white space is a space."""

    text: str
    size: float = 11.0
    bold: bool = False
    italic: bool = False
    color: int = 0
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What becomes one line. ``left`` and ``width`` are points from the left margin."""

    runs: tuple[Run, ...]
    role: LineRole = LineRole.BODY
    bullet: str | None = None
    left: float = 0.0
    width: float | None = None
    cell: Cell | None = None
    gap_before: bool = False  #: a visible gap above it: it begins a new block
    page_break: bool = False  #: it begins a new page


def is_white(color: int) -> bool:
    """Whether the eye takes the colour (0xRRGGBB) for the white of the paper."""
    return min(color >> 16, (color >> 8) & 0xFF, color & 0xFF) >= _NEARLY_WHITE


def lay_out(
    media_type: str, paragraphs: Iterable[Paragraph], warnings: tuple[ReaderWarning, ...] = ()
) -> Document:
    """The document of these paragraphs; those without a visible character are left out."""
    flow = _Flow()
    for paragraph in paragraphs:
        flow.add(paragraph)
    return Document(media_type, flow.pages(), warnings)


class _Flow:
    """Where on the page the next line goes."""

    def __init__(self) -> None:
        self._pages: list[list[Line]] = [[]]
        self._bottoms: list[float] = [MARGIN]
        self._y = MARGIN
        self._block = 0
        self._gap = False
        self._row: tuple[int, int] | None = None
        self._column = -1
        self._row_top = MARGIN
        self._row_bottom = MARGIN

    def pages(self) -> tuple[Page, ...]:
        """The pages so far; those behind the last line are left out."""
        while len(self._pages) > 1 and not self._pages[-1]:
            self._pages.pop()
        return tuple(
            Page(number, PAGE_WIDTH, max(PAGE_HEIGHT, bottom + MARGIN), tuple(lines))
            for number, (lines, bottom) in enumerate(
                zip(self._pages, self._bottoms, strict=False), 1
            )
        )

    def add(self, paragraph: Paragraph) -> None:
        """Set the paragraph below (or, in a row of a table, beside) what is there."""
        if paragraph.page_break and self._pages[-1]:
            self._start_page()
        self._gap |= paragraph.gap_before
        words = _words_of(paragraph)
        if not words:
            return
        self._enter(paragraph.cell, words[0].size)
        self._append(paragraph, words)

    def _start_page(self) -> None:
        self._pages.append([])
        self._bottoms.append(MARGIN)
        self._y = self._row_top = self._row_bottom = MARGIN
        self._row, self._gap = None, True

    def _enter(self, cell: Cell | None, size: float) -> None:
        """Move the cursor to the row's top where another cell of it begins."""
        row = (cell.table, cell.row) if cell else None
        column = cell.column if cell else -1
        if row != self._row:
            self._y = max(self._y, self._row_bottom)
            self._row_top = self._row_bottom = self._y
            self._gap |= row is None or self._row is None
        elif column != self._column:
            self._y = self._row_top
            self._gap = True
        self._row, self._column = row, column
        if self._gap:
            self._block += 1
            self._y += _BLOCK_GAP * size
            self._gap = False

    def _append(self, paragraph: Paragraph, words: list[Word]) -> None:
        bullet = paragraph.bullet
        if bullet is None:
            bullet, words = take_bullet(words)
        placed, height = _place(words, paragraph, self._y)
        line = Line(
            words=tuple(placed),
            box=union(word.box for word in placed),
            page=len(self._pages),
            block=self._block,
            bullet=bullet,
            role=_role(paragraph.role, bullet),
            cell=paragraph.cell,
        )
        self._pages[-1].append(line)
        self._y += height
        self._row_bottom = max(self._row_bottom, self._y)
        self._bottoms[-1] = max(self._bottoms[-1], self._y)


def _role(role: LineRole, bullet: str | None) -> LineRole:
    return LineRole.LIST_ITEM if bullet is not None and role is LineRole.BODY else role


def _words_of(paragraph: Paragraph) -> list[Word]:
    """Words without a place yet: their box's x0 is 1 behind a tab, else 0."""
    words: list[Word] = []
    space, tab = True, False
    for run in paragraph.runs:
        for piece in _PIECES.findall(clean(run.text.replace("\xa0", " "))):
            if piece.isspace():
                space, tab = True, tab or "\t" in piece
                continue
            words.append(_unplaced(piece, run, space=space, tab=tab))
            space = tab = False
    return words


def _unplaced(text: str, run: Run, *, space: bool, tab: bool) -> Word:
    box = Box(1.0 if tab else 0.0, 0.0, 1.0, 0.0)
    return Word(text, box, run.size, run.bold, run.italic, run.color, run.link, space)


def _with(word: Word, text: str, box: Box) -> Word:
    return Word(
        text, box, word.size, word.bold, word.italic, word.color, word.link, word.space_before
    )


def _place(words: list[Word], paragraph: Paragraph, top: float) -> tuple[list[Word], float]:
    """The words where they stand, and the height in points of the rows they take."""
    left = min(MARGIN + max(paragraph.left, 0.0), PAGE_WIDTH - 2 * MARGIN)
    room = PAGE_WIDTH - MARGIN - left
    right = left + (min(max(paragraph.width, MARGIN), room) if paragraph.width else room)
    size = max(word.size for word in words)
    x, y, placed = left, top, list[Word]()
    for word in words:
        x = _next_x(x, left, word) if placed else left
        width = len(word.text) * _CHARACTER * word.size
        if x + width > right and x > left:
            x, y = left, y + _LEADING * size
        base = y + size
        box = Box(x, base - 0.75 * word.size, x + width, base + 0.25 * word.size)
        placed.append(_with(word, word.text, box))
        x += width
    return placed, y + _LEADING * size - top


def _next_x(x: float, left: float, word: Word) -> float:
    if word.box.x0:
        ahead = x + _TAB_GAP * word.size - left
        return left + (ahead // _TAB_STOP + 1) * _TAB_STOP
    return x + (_CHARACTER * word.size if word.space_before else 0.0)
