"""Tables from the rules that are drawn around their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from resume_processor.layout.boxes import Box, union
from resume_processor.layout.lines import Word

#: Points by which rules may miss each other and still meet: borders are drawn in pieces.
_NEAR = 3.0
#: A drawn box no thicker than this, in points, is a rule.
THICKEST = 3.5
#: Rules of a page that are looked at; more are a drawing.
_MOST_RULES = 2_000
#: Rows and columns of a table that are looked at.
_MOST_LINES = 120
#: Narrowest column and lowest row, in points; closer rules are a double border.
_LEAST = 4.0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell, merged ones in one; rows and columns count from 0."""

    row: int
    column: int
    box: Box
    rows: int  #: that it spans


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of at least two columns; cells row by row."""

    box: Box
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A straight rule: its place across, and its ``start`` and ``end`` along its direction."""

    at: float
    start: float
    end: float


def grids_of(rules: Sequence[Box]) -> list[Grid]:
    """The tables that these thin boxes draw, from top to bottom."""
    if len(rules) > _MOST_RULES:
        return []
    flat = [r for r in rules if r.height <= THICKEST and r.width > r.height]
    steep = [r for r in rules if r.width <= THICKEST and r.height > r.width]
    across = _joined(_Rule(r.middle, r.x0, r.x1) for r in flat)
    down = _joined(_Rule((r.x0 + r.x1) / 2, r.y0, r.y1) for r in steep)
    grids = [grid for group in _groups(across, down) if (grid := _grid(*group))]
    return sorted(grids, key=lambda grid: (grid.box.y0, grid.box.x0))


def words_by_cell(cells: Sequence[GridCell], words: Sequence[Word]) -> list[list[Word]]:
    """For each cell the words whose centre lies in it."""
    edges = [(c.box.x0, c.box.x1, c.box.y0, c.box.y1) for c in cells]
    found: list[list[Word]] = [[] for _ in cells]
    for word in words:
        box = word.box
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        for number, (x0, x1, y0, y1) in enumerate(edges):
            if x0 <= x < x1 and y0 <= y < y1:
                found[number].append(word)
                break
    return found


def pieces_of(cells: Sequence[GridCell]) -> list[Grid]:
    """The tables that these cells make: those that touch each other are one."""
    left, pieces = list(cells), list[Grid]()
    while left:
        piece, edge = [left.pop(0)], 0
        while edge < len(piece):
            touching = [cell for cell in left if _touch(piece[edge].box, cell.box)]
            piece.extend(touching)
            left = [cell for cell in left if cell not in touching]
            edge += 1
        inside = tuple(sorted(piece, key=lambda cell: (cell.row, cell.column)))
        pieces.append(Grid(union(cell.box for cell in inside), inside))
    return pieces


def _touch(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return min(across, down) >= -_LEAST and max(across, down) > _LEAST


def _joined(rules: Iterable[_Rule]) -> list[_Rule]:
    """Rules in one line that touch each other, joined."""
    joined: list[_Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / _NEAR), r.start)):
        last = joined[-1] if joined else None
        if last and abs(last.at - rule.at) <= _NEAR and rule.start <= last.end + _NEAR:
            joined[-1] = _Rule(last.at, last.start, max(last.end, rule.end))
        else:
            joined.append(rule)
    return joined


def _meet(across: _Rule, down: _Rule) -> bool:
    return (
        across.start - _NEAR <= down.at <= across.end + _NEAR
        and down.start - _NEAR <= across.at <= down.end + _NEAR
    )


def _groups(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that hang together, directly or through others."""
    groups: list[tuple[list[_Rule], list[_Rule]]] = []
    for rule in down:
        meeting = [other for other in across if _meet(other, rule)]
        if not meeting:
            continue
        linked = [g for g in groups if any(other in g[0] for other in meeting)]
        flat = list(dict.fromkeys([*(r for g in linked for r in g[0]), *meeting]))
        steep = [*(r for g in linked for r in g[1]), rule]
        groups = [g for g in groups if g not in linked]
        groups.append((flat, steep))
    return groups


def _grid(across: list[_Rule], down: list[_Rule]) -> Grid | None:
    if len(across) < 2:
        return None
    left, right = min(r.start for r in across), max(r.end for r in across)
    xs = _edges([*(r.at for r in down), left, right])
    ys = _edges([r.at for r in across])
    if len(xs) < 3 or len(ys) < 2 or len(xs) > _MOST_LINES or len(ys) > _MOST_LINES:
        return None
    cells = _cells(xs, ys, across, down)
    if len({cell.column for cell in cells}) < 2:
        return None
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), cells)


def _edges(places: list[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _LEAST:
            edges.append(place)
    return edges


def _cells(
    xs: list[float], ys: list[float], across: list[_Rule], down: list[_Rule]
) -> tuple[GridCell, ...]:
    """Fields between the edges, joined where no rule parts them."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = list(range(rows * columns))

    def find(field: int) -> int:
        while owner[field] != field:
            field = owner[field]
        return field

    for row in range(rows):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(columns):
            here = row * columns + column
            if column and not _covered(down, xs[column], middle):
                owner[find(here)] = find(here - 1)
            center = (xs[column] + xs[column + 1]) / 2
            if row and not _covered(across, ys[row], center):
                owner[find(here)] = find(here - columns)
    fields: dict[int, list[int]] = {}
    for field in range(rows * columns):
        fields.setdefault(find(field), []).append(field)
    cells = [_cell(group, columns, xs, ys) for group in fields.values()]
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _covered(rules: list[_Rule], at: float, along: float) -> bool:
    return any(
        abs(rule.at - at) <= _LEAST and rule.start - _NEAR <= along <= rule.end + _NEAR
        for rule in rules
    )


def _cell(fields: list[int], columns: int, xs: list[float], ys: list[float]) -> GridCell:
    first_row, last_row = fields[0] // columns, fields[-1] // columns
    first = min(field % columns for field in fields)
    last = max(field % columns for field in fields)
    box = Box(xs[first], ys[first_row], xs[last + 1], ys[last_row + 1])
    return GridCell(first_row, first, box, last_row - first_row + 1)
