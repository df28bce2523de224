"""Rows and cells of a DOCX table, merged cells resolved."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from resume_processor.documents.docx.names import TWIPS, W, is_on, number, value
from resume_processor.documents.docx.styles import is_shade
from resume_processor.layout.tables import is_header_row

#: Width in points of a column that the document gives none for.
_COLUMN_WIDTH = 120.0


@dataclass(frozen=True, slots=True)
class CellElement:
    """A cell; ``left`` and ``width`` in points from the table's left edge."""

    element: etree._Element
    column: int
    left: float
    width: float
    shaded: bool


@dataclass(frozen=True, slots=True)
class TableRows:
    """The cells of each row; those that continue a merged cell above are left out."""

    rows: tuple[tuple[CellElement, ...], ...]
    has_header: bool


def rows_of(table: etree._Element) -> TableRows:
    """The rows of the table."""
    widths = [
        number(value(column, "w"), _COLUMN_WIDTH * TWIPS) / TWIPS
        for column in table.iterfind(f"{W}tblGrid/{W}gridCol")
    ]
    elements = _children(table, W + "tr")
    rows = tuple(_cells(row, widths) for row in elements)
    return TableRows(rows, bool(rows) and _has_header(elements[0], rows))


def _children(element: etree._Element, tag: str) -> list[etree._Element]:
    """Children of the tag, those inside content controls and revisions too."""
    found: list[etree._Element] = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag in {W + "sdt", W + "sdtContent", W + "ins", W + "customXml"}:
            found.extend(_children(child, tag))
    return found


def _cells(row: etree._Element, widths: list[float]) -> tuple[CellElement, ...]:
    cells: list[CellElement] = []
    column = int(number(value(row.find(f"{W}trPr/{W}gridBefore"))))
    for element in _children(row, W + "tc"):
        properties = element.find(W + "tcPr")
        span = merged = None
        shaded = False
        if properties is not None:
            span = value(properties.find(W + "gridSpan"))
            merged = properties.find(W + "vMerge")
            shaded = is_shade(properties.find(W + "shd"))
        width = max(1, min(int(number(span, 1)), 100))
        if merged is None or value(merged) == "restart":
            left = sum(widths[:column])
            own = sum(widths[column : column + width]) or _COLUMN_WIDTH
            cells.append(CellElement(element, column, left, own, shaded))
        column += width
    return tuple(cells)


def _has_header(first: etree._Element, rows: tuple[tuple[CellElement, ...], ...]) -> bool:
    mark = first.find(f"{W}trPr/{W}tblHeader")
    if mark is not None and is_on(mark):
        return len(rows) > 1
    return is_header_row([[_text(cell.element) for cell in row] for row in rows])


def _text(cell: etree._Element) -> str:
    return " ".join(t.text or "" for t in cell.iter(W + "t"))
