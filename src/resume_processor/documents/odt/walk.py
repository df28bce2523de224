"""From ODT's XML to paragraphs, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from resume_processor.documents.odt.names import DRAW, TABLE, TEXT, XLINK
from resume_processor.documents.odt.styles import Look, Styles
from resume_processor.errors import CorruptDocument
from resume_processor.layout.flow import Paragraph, Run, is_white
from resume_processor.layout.lines import Cell, LineRole
from resume_processor.layout.tables import header_texts

#: Elements inside each other; no program writes more, a hostile file does.
_DEEPEST = 60
#: Under this size, in points, nobody reads it.
_SMALLEST = 2.0
#: Space between paragraphs from which on there is a visible gap, in points.
_GAP = 5.0
#: Indent of each level of a list and width of a table, in points.
_INDENT = 18.0
_TABLE_WIDTH = 480.0
#: A row or a cell that repeats is read once; a spacer of more columns than this is none.
_MOST_REPEATED = 50
#: What was deleted, notes, and what is no text.
_SKIPPED = frozenset(
    {
        TEXT + "tracked-changes",
        TEXT + "note",
        TEXT + "sequence-decls",
        TEXT + "variable-decls",
        TEXT + "table-of-content-source",
        DRAW + "object",
    }
)


@dataclass(frozen=True, slots=True)
class _Context:
    """Where the walk is."""

    look: Look
    cell: Cell | None = None
    left: float = 0.0
    width: float | None = None
    level: int = 0  #: of the list; 0 outside of one
    marker: str | None = None
    depth: int = 0

    def deeper(self) -> _Context:
        if self.depth >= _DEEPEST:
            raise CorruptDocument("The document's parts are nested too deeply.")
        return replace(self, depth=self.depth + 1)


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read."""

    lines: list[list[Run]] = field(default_factory=lambda: [[]])
    boxes: list[etree._Element] = field(default_factory=list)

    def add(self, text: str, look: Look, link: str | None) -> None:
        shown = text.upper() if look.caps else text
        self.lines[-1].append(Run(shown, look.size, look.bold, look.italic, look.color, link))


class Walker:
    """Reads the parts of one document; counts its tables and its hidden words."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._tables = 0
        self._gap = True
        self._below = 0.0
        self.hidden_words = 0

    def paragraphs(self, root: etree._Element) -> list[Paragraph]:
        """All paragraphs below the element."""
        self._gap = True
        return list(self._blocks(root, _Context(self._styles.default())))

    def _blocks(self, container: etree._Element, context: _Context) -> Iterator[Paragraph]:
        context = context.deeper()
        for element in container:
            tag = element.tag
            if tag in {TEXT + "p", TEXT + "h"}:
                yield from self._paragraph(element, context)
                context = replace(context, marker=None)
            elif tag == TABLE + "table":
                yield from self._table(element, context)
            elif tag == TEXT + "list":
                yield from self._list(element, context)
            elif tag not in _SKIPPED:
                yield from self._blocks(element, context)

    def _list(self, element: etree._Element, context: _Context) -> Iterator[Paragraph]:
        deeper = replace(context, level=context.level + 1).deeper()
        for item in element:
            if item.tag in {TEXT + "list-item", TEXT + "list-header"}:
                marker = "•" if item.tag == TEXT + "list-item" else None
                yield from self._blocks(item, replace(deeper, marker=marker))

    def _table(self, element: etree._Element, context: _Context) -> Iterator[Paragraph]:
        number, self._tables = self._tables, self._tables + 1
        rows = [_cells(row) for row in _rows(element)]
        width = _TABLE_WIDTH / max((len(row) for row in rows), default=1)
        headers = header_texts([[_plain(cell) for _, cell in row] for row in rows])
        self._gap = True
        for index, row in enumerate(rows):
            for place, (column, cell) in enumerate(row):
                style = cell.get(TABLE + "style-name")
                header = headers.get(place) if index else None
                inner = replace(
                    context,
                    look=self._styles.apply(context.look, "table-cell", style),
                    cell=Cell(number, index, column, header),
                    left=context.left + column * width,
                    width=width,
                )
                self._gap = True
                yield from self._blocks(cell, inner)
        self._gap = True

    def _paragraph(self, element: etree._Element, context: _Context) -> Iterator[Paragraph]:
        look = self._styles.apply(context.look, "paragraph", element.get(TEXT + "style-name"))
        opened = _Open()
        self._inline(element, look, None, opened, context.depth)
        heading = element.tag == TEXT + "h"
        if not any(run.text.strip() for line in opened.lines for run in line):
            self._gap = True
        else:
            yield from self._finish(opened, look, context, heading=heading)
        for box in opened.boxes:
            self._gap = True
            yield from self._blocks(box, replace(context, marker=None))
            self._gap = True

    def _finish(
        self, opened: _Open, look: Look, context: _Context, *, heading: bool
    ) -> Iterator[Paragraph]:
        gap = self._gap or heading or max(self._below, look.above) >= _GAP
        role = LineRole.LIST_ITEM if context.marker else LineRole.BODY
        for index, runs in enumerate(opened.lines):
            yield Paragraph(
                tuple(runs),
                role=LineRole.HEADING if heading else role,
                bullet=context.marker if index == 0 else None,
                left=context.left + look.left + context.level * _INDENT,
                width=context.width,
                cell=context.cell,
                gap_before=gap and index == 0,
                page_break=look.page_break and index == 0,
            )
        self._gap, self._below = False, look.below

    def _inline(
        self, element: etree._Element, look: Look, link: str | None, opened: _Open, depth: int
    ) -> None:
        if depth >= _DEEPEST:
            raise CorruptDocument("The document's parts are nested too deeply.")
        self._text(element.text, look, link, opened)
        for child in element:
            self._child(child, look, link, opened, depth + 1)
            self._text(child.tail, look, link, opened)

    def _child(
        self, child: etree._Element, look: Look, link: str | None, opened: _Open, depth: int
    ) -> None:
        tag = child.tag
        if tag == TEXT + "tab":
            self._text("\t", look, link, opened)
        elif tag == TEXT + "s":
            self._text(" ", look, link, opened)
        elif tag == TEXT + "line-break":
            opened.lines.append([])
        elif tag == TEXT + "a":
            self._inline(child, look, child.get(XLINK + "href") or link, opened, depth)
        elif tag == TEXT + "span":
            inner = self._styles.apply(look, "text", child.get(TEXT + "style-name"))
            self._inline(child, inner, link, opened, depth)
        elif tag.startswith(DRAW):
            opened.boxes.extend(child.iter(DRAW + "text-box"))
        elif tag not in _SKIPPED:
            self._inline(child, look, link, opened, depth)

    def _text(self, text: str | None, look: Look, link: str | None, opened: _Open) -> None:
        if not text:
            return
        pale = is_white(look.color) and not look.shaded
        if look.hidden or look.size < _SMALLEST or pale:
            self.hidden_words += len(text.split())
        else:
            opened.add(text.replace("\n", " "), look, link)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows, those in groups of header rows too."""
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in {
            TABLE + "table-header-rows",
            TABLE + "table-rows",
            TABLE + "table-row-group",
        }:
            yield from (row for row in child if row.tag == TABLE + "table-row")


def _cells(row: etree._Element) -> list[tuple[int, etree._Element]]:
    """The cells with their columns; what a merged cell covers is left out."""
    cells: list[tuple[int, etree._Element]] = []
    column = 0
    for child in row:
        if child.tag == TABLE + "table-cell":
            cells.append((column, child))
        elif child.tag != TABLE + "covered-table-cell":
            continue
        repeated = child.get(TABLE + "number-columns-repeated", "1")
        column += min(int(repeated), _MOST_REPEATED) if repeated.isdigit() else 1
    return cells


def _plain(element: etree._Element) -> str:
    return " ".join(str(text) for text in element.itertext())
