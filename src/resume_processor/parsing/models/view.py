"""A document as the models see it: tokens, dates, looks and headings, each computed once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from resume_processor.layout.lines import Document, Line
from resume_processor.parsing.lexicon.headings import section_of
from resume_processor.parsing.models.date_spans import DateSpan, date_spans
from resume_processor.parsing.models.layout_view import LineLook, looks, part_starts
from resume_processor.parsing.models.tokens import Token, line_tokens
from resume_processor.parsing.numbered_headings import numbered_headings
from resume_processor.parsing.section_kind import SectionKind

#: Words before a colon that can be the key of a "key: value" line.
LONGEST_KEY = 5
#: Words of the longest heading.
LONGEST_HEADING = 7

_KEY = re.compile(r"^\W*([^\W\d_][^:\n]{1,45}?)\s*(?::|[-–—]\s|$)")
_EMAIL = re.compile(r"[^\s@:;,()<>|]+@[^\s@:;,()<>|]+\.\w{2,}")
_URL = re.compile(r"https?://|www\.|linkedin|github\.|\.(?:com|org|net|io|dev|me)\b", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|\(|\b\d)[\d\s().\-–/]{7,}\d")


@dataclass(frozen=True, slots=True)
class LineView:
    """A line with all that the features ask about it."""

    line: Line
    text: str
    look: LineLook
    first: int  #: its tokens are ``tokens[first:stop]`` of the view
    stop: int
    parts: frozenset[int]  #: words that begin a new part after a wide gap
    heading: SectionKind | None  #: what a heading of these words announces
    key: str | None  #: what stands before a colon, case-folded; or the whole of a short line
    key_section: SectionKind | None  #: what that key announces
    dates: tuple[DateSpan, ...]
    email: bool
    phone: bool
    url: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All lines and tokens of a document."""

    document: Document
    lines: tuple[LineView, ...]
    tokens: tuple[Token, ...]
    dates: tuple[DateSpan, ...]


def view(document: Document) -> DocumentView:
    """Look at a document."""
    lines = document.lines
    tokens: list[Token] = []
    spans: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        first = len(tokens)
        tokens += line_tokens(line, index)
        spans.append((first, len(tokens)))
    dates = date_spans(lines, tokens)
    by_line: dict[int, list[DateSpan]] = {}
    for date in dates:
        by_line.setdefault(tokens[date.first_token].line, []).append(date)
    numbered = numbered_headings([line.text for line in lines])
    views = tuple(
        _line_view(line, look, span, tuple(by_line.get(index, ())), numbered.get(index))
        for index, (line, look, span) in enumerate(zip(lines, looks(document), spans, strict=True))
    )
    return DocumentView(document, views, tuple(tokens), tuple(dates))


def _line_view(
    line: Line,
    look: LineLook,
    span: tuple[int, int],
    dates: tuple[DateSpan, ...],
    behind_number: str | None,
) -> LineView:
    text = line.text
    short = len(line.words) <= LONGEST_HEADING
    heading = section_of(behind_number or text) if short else None
    key = _key(text)
    has_colon = ":" in text
    return LineView(
        line=line,
        text=text,
        look=look,
        first=span[0],
        stop=span[1],
        parts=part_starts(line),
        heading=heading,
        key=key,
        key_section=section_of(key) if key and has_colon and heading is None else None,
        dates=dates,
        email="@" in text and _EMAIL.search(text) is not None,
        phone=_PHONE.search(text) is not None,
        url=_URL.search(text) is not None,
    )


def _key(text: str) -> str | None:
    match = _KEY.match(text)
    if match is None:
        return None
    key = match[1].casefold().strip()
    return key if len(key.split()) <= LONGEST_KEY else None
