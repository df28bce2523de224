"""Paragraphs, cells and rows of an RTF, as they end."""

from __future__ import annotations

from dataclasses import replace

from resume_processor.documents.rtf.state import Destination, State
from resume_processor.layout.flow import Paragraph, Run, is_white
from resume_processor.layout.furniture import is_page_number
from resume_processor.layout.glyphs import is_private
from resume_processor.layout.lines import Cell, LineRole
from resume_processor.layout.tables import header_texts

#: Under this size, in points, nobody reads it.
_SMALLEST = 2.0
#: Space between paragraphs from which on there is a visible gap, in points.
_GAP = 5.0
_COLUMN_WIDTH = 120.0


class Writer:
    """Collects what is read; one for each document."""

    def __init__(self) -> None:
        self.colors: list[int] = []
        self.hidden_words = 0
        self._runs: list[Run] = []
        self._marker = ""
        self._body: list[Paragraph] = []
        self._header: list[Paragraph] = []
        self._footer: list[Paragraph] = []
        self._gap = True
        self._below = 0.0
        self._page_break = False
        self._table = -1
        self._row = self._column = 0
        self._table_start: int | None = None

    def finished(self) -> list[Paragraph]:
        """Header, body and footer, in this order."""
        self.end_paragraph(State())
        self._end_table()
        return [*self._header, *self._body, *self._footer]

    def text(self, text: str, state: State) -> None:
        """Text of the group's look."""
        if state.destination is Destination.MARKER:
            self._marker += text
        elif state.deleted:
            return
        elif self._is_hidden(state):
            self.hidden_words += len(text.split())
        elif text:
            shown = text.upper() if state.caps else text
            color = self._color(state.color)
            self._runs.append(Run(shown, state.size, state.bold, state.italic, color, state.link))

    def _color(self, number: int) -> int:
        return self.colors[number] if 0 <= number < len(self.colors) else 0

    def _is_hidden(self, state: State) -> bool:
        if state.hidden or state.size < _SMALLEST:
            return True
        beneath = self._color(state.background) if state.background else 0xFFFFFF
        return is_white(self._color(state.color)) and is_white(beneath)

    # ---- ends

    def end_line(self, state: State) -> None:
        """A line ends inside a paragraph."""
        self._end(state)

    def end_paragraph(self, state: State) -> None:
        """A paragraph ends; an empty one is a gap."""
        if not self._end(state):
            self._gap = True
        else:
            self._below = state.below

    def end_page(self, state: State) -> None:
        """What follows begins a new page."""
        self._end(state)
        self._page_break = True

    def end_cell(self, state: State) -> None:
        """A cell of a table ends, with its last paragraph."""
        self._end(replace(state, in_table=True))
        if self._table_start is None:  # the first cell is empty
            self._begin_table()
        self._column += 1
        self._gap = True

    def end_row(self) -> None:
        """A row of a table ends."""
        self._row, self._column = self._row + 1, 0

    def leave(self, destination: Destination) -> None:
        """A header, a footer or a list marker ends."""
        if destination in {Destination.HEADER, Destination.FOOTER}:
            self.end_paragraph(State(destination=destination))

    def _begin_table(self) -> None:
        self._table, self._row, self._column = self._table + 1, 0, 0
        self._table_start = len(self._body)

    def _end_table(self) -> None:
        """Give the cells of the table that ends the titles of their columns."""
        start, self._table_start = self._table_start, None
        if start is None:
            return
        rows: dict[int, dict[int, str]] = {}
        for paragraph in self._body[start:]:
            if paragraph.cell is not None:
                row = rows.setdefault(paragraph.cell.row, {})
                text = "".join(run.text for run in paragraph.runs)
                row[paragraph.cell.column] = f"{row.get(paragraph.cell.column, '')} {text}".strip()
        width = max((column for row in rows.values() for column in row), default=0) + 1
        texts = [[rows[row].get(c, "") for c in range(width)] for row in sorted(rows)]
        headers = header_texts(texts)
        for place in range(start, len(self._body)):
            cell = self._body[place].cell
            if cell is not None and cell.row and cell.column in headers:
                titled = replace(cell, header=headers[cell.column])
                self._body[place] = replace(self._body[place], cell=titled)

    def _end(self, state: State) -> bool:
        """Whether there was a paragraph to end."""
        runs, self._runs = tuple(self._runs), []
        marker, self._marker = self._marker, ""
        if state.destination in {Destination.HEADER, Destination.FOOTER}:
            self._end_furniture(runs, state)
            return bool(runs)
        if not any(run.text.strip() for run in runs):
            return False
        if state.in_table and self._table_start is None:
            self._begin_table()
        elif not state.in_table:
            self._end_table()
        self._body.append(self._paragraph(runs, marker, state))
        self._gap = self._page_break = False
        return True

    def _paragraph(self, runs: tuple[Run, ...], marker: str, state: State) -> Paragraph:
        marker = marker.strip()  # of a list without marks only the tab is there
        bullet = "".join(c for c in marker if not is_private(c)).strip() or ("•" if marker else "")
        role = LineRole.LIST_ITEM if bullet else LineRole.BODY
        cell = Cell(self._table, self._row, self._column) if state.in_table else None
        indent = self._column * _COLUMN_WIDTH if cell else 0.0
        return Paragraph(
            runs,
            LineRole.HEADING if state.heading else role,
            bullet or None,
            left=state.left + indent,
            width=_COLUMN_WIDTH if cell else None,
            cell=cell,
            gap_before=self._gap or state.heading or max(self._below, state.above) >= _GAP,
            page_break=self._page_break,
        )

    def _end_furniture(self, runs: tuple[Run, ...], state: State) -> None:
        text = "".join(run.text for run in runs)
        if not text.strip():
            return
        if state.destination is Destination.FOOTER:
            self._footer.append(Paragraph(runs, LineRole.PAGE_FOOTER))
        elif is_page_number(text):
            self._header.append(Paragraph(runs, LineRole.PAGE_HEADER))
        else:
            self._header.append(Paragraph(runs))
