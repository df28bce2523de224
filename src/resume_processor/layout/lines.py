"""What a reader hands to the parser: a document of pages of lines of words.

All values are frozen. Boxes are in PDF points with the origin at the top left. Formats without
pages (HTML, text) get a flowing layout of their own: the order, the indents and the relative font
sizes are true, the absolute positions are made up but consistent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from resume_processor.layout.boxes import Box


class LineRole(StrEnum):
    """What the format itself says a line is. A PDF says nothing, so its lines are ``BODY``."""

    BODY = "body"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    PAGE_HEADER = "page_header"
    PAGE_FOOTER = "page_footer"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: text without white space, where it stands and how it looks."""

    text: str
    box: Box
    size: float  #: font size in points, after the text matrix
    bold: bool = False
    italic: bool = False
    color: int = 0  #: 0xRRGGBB
    link: str | None = None  #: target of the hyperlink that the word is part of
    space_before: bool = True  #: False where it touches the word before it without a space


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table a line stands. Rows and columns count from 0."""

    table: int  #: number of the table in the document
    row: int
    column: int
    header: str | None = None  #: text of the column's header cell, where the table has one


@dataclass(frozen=True)
class Line:
    """Words on one base line in one column (or cell), left to right; never empty.

    ``bullet`` is the list marker in front ("•", "-", "1.", …); it is not among the words.
    ``column`` counts the columns of the page's region from 0; ``block`` numbers the runs of lines
    without a wide gap between them, through the document. Its text and size are asked for by all
    that reads it: they are made once, so it has no slots.
    """

    words: tuple[Word, ...]
    box: Box
    page: int  #: from 1
    column: int = 0
    block: int = 0
    bullet: str | None = None
    role: LineRole = LineRole.BODY
    cell: Cell | None = None

    @cached_property
    def text(self) -> str:
        """The words joined as they stand, with single spaces."""
        parts: list[str] = []
        for word in self.words:
            if parts and word.space_before:
                parts.append(" ")
            parts.append(word.text)
        return "".join(parts)

    @cached_property
    def size(self) -> float:
        """Font size of most of the characters, in points."""
        weights: dict[float, int] = {}
        for word in self.words:
            weights[word.size] = weights.get(word.size, 0) + len(word.text)
        return max(weights, key=lambda size: (weights[size], size))

    @property
    def bold(self) -> bool:
        """Whether all words are bold."""
        return all(word.bold for word in self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``lines`` stand in reading order. Width and height in points."""

    number: int  #: from 1
    width: float
    height: float
    lines: tuple[Line, ...]
    turned: float = 0.0  #: degrees clockwise by which its picture was turned to be read


@dataclass(frozen=True, slots=True)
class ReaderWarning:
    """Something a person should know about the reading, e.g. ``hidden_text`` on page 2."""

    code: str
    message: str
    page: int | None = None
    words: int | None = None  #: how many words are concerned


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read. ``media_type`` is the one found by content."""

    media_type: str
    pages: tuple[Page, ...]
    warnings: tuple[ReaderWarning, ...] = field(default=())

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of all pages in reading order."""
        return tuple(line for page in self.pages for line in page.lines)

    @property
    def text(self) -> str:
        """Plain text, a line a line."""
        return "\n".join(line.text for line in self.lines)
