"""DOC to a document: its text with links and tables, without fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from resume_processor.documents import media_types
from resume_processor.documents.doc.binary import texts_of
from resume_processor.documents.limits import Limits
from resume_processor.layout.flow import Paragraph, Run, lay_out
from resume_processor.layout.furniture import is_page_number
from resume_processor.layout.lines import Cell, Document, LineRole
from resume_processor.layout.tables import header_texts

_PARAGRAPH, _CELL, _LINE, _PAGE = "\r", "\x07", "\x0b", "\x0c"
_PARAGRAPH_OR_ROW = re.compile(r"([\r\x0b\x0c]|(?:[^\r\x0b\x0c\x07]*\x07)+)")
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
#: A field: its code, and (after the separator) what it shows.
_FIELD = re.compile(r"\x13([^\x13\x14\x15]*)(?:\x14([^\x13\x15]*))?\x15")
_MARKS = str.maketrans({"\x1e": "-", "\x1f": "", "\xa0": " "})
_NOISE = re.compile(r"[\x00-\x06\x08\x0e-\x12\x16-\x1d\x7f]")
_SIZE = 11.0
_COLUMN_WIDTH = 120.0
#: Keeps the target of a link with its text while lines are cut.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_OPEN_OR_CLOSE = re.compile(f"[{_OPEN}{_CLOSE}]")


def read_doc(data: bytes, limits: Limits) -> Document:
    """Raises CorruptDocument, EncryptedDocument or TooLarge."""
    texts = texts_of(data, limits)
    footers = [
        Paragraph(_runs(line), LineRole.PAGE_FOOTER)
        for line in dict.fromkeys(_shown(texts.headers).split(_PARAGRAPH))
        if line.strip() and not is_page_number(line)
    ]
    paragraphs = [*_paragraphs(texts.main, 0), *_paragraphs(texts.boxes, 10_000), *footers]
    return lay_out(media_types.DOC, paragraphs)


def _shown(text: str) -> str:
    """The text with fields replaced by what they show; inner ones first."""

    def show(match: re.Match[str]) -> str:
        link, shown = _LINK.match(match[1]), match[2] or ""
        return f"{_OPEN}{link[1]}{_OPEN}{shown}{_CLOSE}" if link and shown else shown

    for _ in range(8):
        shown = _FIELD.sub(show, text)
        if shown == text:
            break
        text = shown
    return _NOISE.sub("", text.translate(_MARKS))


def _runs(line: str) -> tuple[Run, ...]:
    """The line cut where links begin and end."""
    runs: list[Run] = []
    for number, part in enumerate(_OPEN_OR_CLOSE.split(line)):
        kind = number % 3  # text, target of a link, text of the link
        if kind == 1:
            target = part
        elif kind == 2:
            runs.append(Run(part, _SIZE, link=target))
        else:
            runs.append(Run(part, _SIZE))
    return tuple(runs)


def _paragraphs(text: str, first_table: int) -> Iterator[Paragraph]:
    """Lines of running text, and rows of cells where cell marks stand."""
    table: list[list[str]] = []
    tables = first_table
    gap = page_break = False
    for part in _PARAGRAPH_OR_ROW.split(_shown(text)):
        if part == _PAGE:
            page_break = True
        elif part.endswith(_CELL):
            table.extend(row.split(_CELL) for row in part.rstrip(_CELL).split(2 * _CELL) if row)
        elif part.strip():
            if table:
                yield from _table(table, tables)
                table, tables, gap = [], tables + 1, True
            yield Paragraph(_runs(part), gap_before=gap, page_break=page_break)
            gap = page_break = False
        elif part == "":
            gap = True
    yield from _table(table, tables)


def _table(rows: list[list[str]], number: int) -> Iterator[Paragraph]:
    headers = header_texts(rows) if rows else {}
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = Cell(number, index, column, headers.get(column) if index else None)
            left = column * _COLUMN_WIDTH
            yield Paragraph(_runs(text), left=left, width=_COLUMN_WIDTH, cell=cell)
