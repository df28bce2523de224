"""Lines cut where a wide gap stands, and the rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from resume_processor.parsing.lists import items_of
from resume_processor.parsing.passage import Passage, joined, passage_of
from resume_processor.parsing.values import LabelledLine, PlacedWord

#: A gap wider than this many font sizes parts two columns of a line.
_WIDE_GAP = 1.6


@dataclass(frozen=True, slots=True)
class Column:
    """One cell of a row: its text, where it begins (points from the left) and its column header."""

    passage: Passage
    left: float
    header: str | None = None
    number: int | None = None  #: of the table's column; None where the row is no table's


@dataclass(frozen=True, slots=True)
class Row:
    """A line, cut at its wide gaps, or the cells of a table's row."""

    columns: tuple[Column, ...]
    lines: tuple[LabelledLine, ...]

    @property
    def is_table_row(self) -> bool:
        """Whether the format itself says that this is a row of a table."""
        return len(self.columns) > 1 and self.columns[0].number is not None


def columns_of(line: LabelledLine) -> tuple[Column, ...]:
    """The line cut at its wide gaps."""
    passage = passage_of(line)
    cuts = [
        start
        for before, after, (start, _) in zip(
            passage.words, passage.words[1:], passage.spans[1:], strict=False
        )
        if _gap(before, after) > _WIDE_GAP * max(before.word.size, after.word.size)
    ]
    edges = [0, *cuts, len(passage.text)]
    pieces = [passage.cut(a, b) for a, b in pairwise(edges)]
    return tuple(Column(piece, piece.words[0].word.box.x0) for piece in pieces if piece.words)


def _gap(before: PlacedWord, after: PlacedWord) -> float:
    return after.word.box.x0 - before.word.box.x1


def rows_of(lines: Sequence[LabelledLine]) -> list[Row]:
    """The lines as rows: those of one table row together, every other line for itself."""
    edges = _column_edges(lines)
    rows: list[Row] = []
    for place, group in groupby(lines, key=_table_row):
        members = tuple(group)
        if place is None:
            rows += [Row(columns_of(line), (line,)) for line in members]
        else:
            rows.append(Row(_cells(members, edges), members))
    return rows


def _column_edges(lines: Sequence[LabelledLine]) -> dict[tuple[int, int], float]:
    """How far to the right the lines of each column of each table reach, in points."""
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        cell = line.line.cell
        if cell:
            place = (cell.table, cell.column)
            edges[place] = max(edges.get(place, 0.0), line.line.box.x1)
    return edges


def _table_row(line: LabelledLine) -> tuple[int, int] | None:
    cell = line.line.cell
    return (cell.table, cell.row) if cell else None


def _cells(
    lines: Sequence[LabelledLine], edges: Mapping[tuple[int, int], float]
) -> tuple[Column, ...]:
    """The cells of one table row; the paragraphs of a cell stand as columns of their own."""
    columns = []
    for cell, group in groupby(lines, key=lambda line: line.line.cell):
        if cell is None:
            continue
        columns += [
            Column(joined(item), item[0].line.box.x0, cell.header, cell.column)
            for item in items_of(list(group), edges[cell.table, cell.column])
        ]
    return tuple(columns)
