"""Words of a page to lines in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from resume_processor.layout.boxes import Box, union
from resume_processor.layout.bullets import take_bullet
from resume_processor.layout.grid import Grid, grids_of, pieces_of, words_by_cell
from resume_processor.layout.lines import Cell, Line, LineRole, Word
from resume_processor.layout.margin_labels import without_margin_labels
from resume_processor.layout.regions import Region, regions_of
from resume_processor.layout.segments import Segment, rows_of, segments_of
from resume_processor.layout.spacing import without_letter_spacing
from resume_processor.layout.tables import is_header_row

#: A gap this much wider than the usual one, in units of the font size, begins a block.
_BLOCK_GAP = 0.35
#: A cell beside so many rows that holds so many words is a column of the page, not of a table.
_TALL_CELL = 3
_LONG_CELL = 60
#: Tables inside each other.
_DEEPEST = 4


@dataclass(slots=True)
class Counters:
    """Numbers that run through a document: of the next block and of the next table."""

    block: int = 0
    table: int = 0


def in_reading_order(
    words: Sequence[Word], *, page: int, rules: Sequence[Box] = (), counters: Counters
) -> tuple[Line, ...]:
    """Lines of one page, column after column, tables row by row.

    ``rules`` are the thin boxes that are drawn on the page.
    """
    reader = _Reader(page, counters)
    return tuple(reader.lines(words, rules, 0))


class _Reader:
    def __init__(self, page: int, counters: Counters) -> None:
        self._page = page
        self._counters = counters

    def lines(self, words: Sequence[Word], rules: Sequence[Box], depth: int) -> Iterator[Line]:
        free, tables = _tables(words, grids_of(rules) if depth < _DEEPEST else [])
        segments = [*segments_of(free), *tables]
        for region in regions_of(segments):
            yield from self._region(region, rules, depth)

    def _region(self, region: Region, rules: Sequence[Box], depth: int) -> Iterator[Line]:
        plain: list[list[Word]] = []
        for row in without_margin_labels(rows_of(region.segments)):
            tables = [segment for segment in row if segment.grid is not None]
            words = [w for segment in row if segment.grid is None for w in segment.words]
            if words:
                plain.append(words)
            if tables:
                yield from self._plain(plain, region.column)
                plain = []
            for table in tables:
                yield from self._table(table, region.column, rules, depth)
        yield from self._plain(plain, region.column)

    def _plain(self, rows: list[list[Word]], column: int) -> Iterator[Line]:
        for row, begins_block in zip(rows, _gaps(rows), strict=True):
            if begins_block:
                self._counters.block += 1
            yield _line(row, self._page, column, self._counters.block)

    def _table(
        self, table: Segment, column: int, rules: Sequence[Box], depth: int
    ) -> Iterator[Line]:
        assert table.grid is not None
        number, self._counters.table = self._counters.table, self._counters.table + 1
        rows: dict[int, dict[int, list[Line]]] = {}
        cells = table.grid.cells
        for cell, inside in zip(cells, words_by_cell(cells, table.words), strict=True):
            inner = [rule for rule in rules if _encloses(cell.box, rule)]
            found = list(self.lines(inside, inner, depth + 1))
            rows.setdefault(cell.row, {})[cell.column] = found
        if len(rows) == 1:  # columns with a rule between them
            for place, found in sorted(rows[min(rows)].items()):
                yield from (replace(line, column=column + place) for line in found)
            return
        yield from _with_cells(rows, number, column)


def _with_cells(rows: dict[int, dict[int, list[Line]]], table: int, column: int) -> Iterator[Line]:
    """The lines of the table with their cells; lines of a table inside keep their own."""
    headers = _headers(rows)
    for row_number, row in sorted(rows.items()):
        for place, found in sorted(row.items()):
            header = headers.get(place) if row_number else None
            cell = Cell(table, row_number, place, header)
            yield from (replace(line, column=column, cell=line.cell or cell) for line in found)


def _headers(rows: dict[int, dict[int, list[Line]]]) -> dict[int, str]:
    texts = [
        {column: " ".join(line.text for line in found) for column, found in sorted(row.items())}
        for _, row in sorted(rows.items())
    ]
    if not texts or not is_header_row([list(row.values()) for row in texts]):
        return {}
    return {column: text for column, text in texts[0].items() if text}


def _tables(words: Sequence[Word], grids: Sequence[Grid]) -> tuple[list[Word], list[Segment]]:
    """The words outside of tables, and a segment for each table that holds text."""
    free, tables = list(words), list[Segment]()
    pieces = [piece for grid in grids for piece in _pieces(grid, words)]
    for grid in sorted(pieces, key=lambda g: -g.box.width * g.box.height):
        inside = [word for word in free if grid.box.holds_middle_of(word.box)]
        if _is_table(grid, inside):
            free = [word for word in free if not grid.box.holds_middle_of(word.box)]
            tables.append(Segment.of_table(grid, inside))
    return free, tables


def _pieces(grid: Grid, words: Sequence[Word]) -> list[Grid]:
    """The grid, or what is left of it without the cells that are columns of the page."""
    inside = words_by_cell(grid.cells, words)
    filled = [(cell, len(found)) for cell, found in zip(grid.cells, inside, strict=True) if found]
    columns = [c for c, count in filled if c.rows >= _TALL_CELL and count >= _LONG_CELL]
    if not columns:
        return [grid]
    return pieces_of([cell for cell, _ in filled if cell not in columns])


def _is_table(grid: Grid, words: Sequence[Word]) -> bool:
    """Whether several cells of one row hold text."""
    inside = words_by_cell(grid.cells, words)
    rows = [cell.row for cell, found in zip(grid.cells, inside, strict=True) if found]
    return len(set(rows)) < len(rows)


def _encloses(box: Box, rule: Box) -> bool:
    return (
        box.x0 < rule.x0 - 1
        and rule.x1 + 1 < box.x1
        and box.y0 < rule.y0 - 1
        and rule.y1 + 1 < box.y1
    )


def _gaps(rows: list[list[Word]]) -> list[bool]:
    """For each row whether a gap stands above it; always before the first."""
    boxes = [union(word.box for word in row) for row in rows]
    gaps = [b.y0 - a.y1 for a, b in pairwise(boxes)]
    if not gaps:
        return [True] * len(rows)
    sizes = [row[0].size for row in rows[1:]]
    close = [gap for gap, size in zip(gaps, sizes, strict=True) if gap < size]
    usual = median(close) if close else 0.0
    return [True, *(gap > usual + _BLOCK_GAP * s for gap, s in zip(gaps, sizes, strict=True))]


def _line(row: list[Word], page: int, column: int, block: int) -> Line:
    bullet, words = take_bullet(without_letter_spacing(row))
    return Line(
        tuple(words),
        union(word.box for word in words),
        page,
        column,
        block,
        bullet,
        LineRole.BODY if bullet is None else LineRole.LIST_ITEM,
    )
