"""Degrees, diplomas and school certificates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from resume_processor.parsing.columns import ColumnRole, is_title_row, roles_in
from resume_processor.parsing.dating import dates_in
from resume_processor.parsing.fields.degrees import find_degree
from resume_processor.parsing.fields.organisations import looks_like_school
from resume_processor.parsing.fields.scores import find_score
from resume_processor.parsing.passage import Passage, trim
from resume_processor.parsing.pieces import pieces_of
from resume_processor.parsing.rows import Row, rows_of
from resume_processor.parsing.values import NO_DATES, EducationEntry, Found, LabelledLine

#: From this likeness on a piece is taken for a school.
_SCHOOL = 0.5


def read_education(lines: Sequence[LabelledLine]) -> tuple[EducationEntry, ...]:
    """One entry for each degree, in the order of the document."""
    entries = (_entry(group) for group in _groups(_cells(rows_of(lines))))
    return tuple(entry for entry in entries if entry is not None)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell or one part of a line, and what its column's title says that it is."""

    passage: Passage
    role: ColumnRole | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one row says."""

    cells: tuple[_Cell, ...]
    degree: bool
    school: bool
    table: bool


def _cells(rows: Iterable[Row]) -> Iterator[_Reading]:
    """The rows under the titles of their columns; rows of titles are left out."""
    titles: Row | None = None
    for row in rows:
        if is_title_row(row):
            titles = row
            continue
        roles = roles_in(row, titles if len(row.columns) > 1 else None)
        cells = tuple(
            _Cell(column.passage, role)
            for column, role in zip(row.columns, roles, strict=True)
            if role is not ColumnRole.NUMBER
        )
        yield _Reading(
            cells,
            degree=find_degree(" ".join(cell.passage.text for cell in cells)) is not None,
            school=any(looks_like_school(cell.passage.text) >= _SCHOOL for cell in cells),
            table=row.is_table_row,
        )


def _groups(readings: Iterable[_Reading]) -> list[list[_Reading]]:
    """The rows of each entry: a new one begins where what an entry has comes a second time."""
    groups: list[list[_Reading]] = []
    for reading in readings:
        if groups and not _begins(groups[-1], reading):
            groups[-1].append(reading)
        else:
            groups.append([reading])
    return groups


def _begins(group: Sequence[_Reading], reading: _Reading) -> bool:
    if reading.table and group[-1].table:
        return True
    has_degree = any(r.degree for r in group)
    has_school = any(r.school for r in group)
    if reading.degree and has_degree:
        return True
    return reading.school and not reading.degree and has_school and has_degree


def _entry(readings: Sequence[_Reading]) -> EducationEntry | None:
    entry = EducationEntry()
    cells = [cell for reading in readings for cell in reading.cells]
    for cell in cells:
        entry = _with_cell(entry, cell)
    if entry.institution is None:
        boards = (
            c.passage.found("education.board", 0.6) for c in cells if c.role is ColumnRole.BOARD
        )
        entry = replace(entry, institution=next(boards, None))
    if entry.study_type is None and (entry.institution is None or entry.dates == NO_DATES):
        return None
    return entry


def _with_cell(entry: EducationEntry, cell: _Cell) -> EducationEntry:
    passage = cell.passage
    match cell.role:
        case ColumnRole.SCHOOL if entry.institution is None:
            pieces = pieces_of(passage) or (passage,)
            return replace(entry, institution=pieces[0].found("education.column", 0.8))
        case ColumnRole.AREA if entry.area is None:
            return replace(entry, area=passage.found("education.column", 0.8))
        case ColumnRole.DEGREE if entry.study_type is None and find_degree(passage.text) is None:
            return replace(entry, study_type=passage.found("education.column", 0.7))
        case ColumnRole.SCORE if entry.score is None:
            return replace(entry, score=passage.found("education.column", 0.85))
        case ColumnRole.BOARD:
            return entry
        case _:
            return _with_text(entry, passage)


def _with_text(entry: EducationEntry, passage: Passage) -> EducationEntry:
    dates, rest = dates_in(passage, single_is_end=True)
    if dates != NO_DATES and entry.dates == NO_DATES:
        entry = replace(entry, dates=dates)
    for piece in rest:
        entry = _with_piece(entry, piece)
    return entry


def _with_piece(entry: EducationEntry, passage: Passage) -> EducationEntry:
    score = find_score(passage.text)
    pieces: tuple[Passage, ...] = (passage,)
    if score is not None:
        value = passage.cut(score.start, score.end).valued(score.value, score.rule, 0.8)
        entry = replace(entry, score=entry.score or value)
        pieces = passage.without([(score.start, score.end)])
    for piece in pieces:
        entry = _with_names(entry, piece)
    return entry


def _with_names(entry: EducationEntry, passage: Passage) -> EducationEntry:
    degree = find_degree(passage.text)
    if degree is None:
        return _with_school(entry, pieces_of(passage))
    whole = passage.cut(degree.start, degree.end)
    if entry.study_type is None:
        entry = replace(
            entry, study_type=whole.valued(trim(degree.study_type), "education.degree", 0.85)
        )
        if degree.area and looks_like_school(degree.area) < _SCHOOL:
            entry = replace(entry, area=entry.area or _area(whole, degree.area))
        elif degree.area:
            entry = _with_school(entry, [_part(whole, degree.area)])
    rest = passage.without([(degree.start, degree.end)])
    return _with_school(entry, [piece for part in rest for piece in pieces_of(part)])


def _part(passage: Passage, text: str) -> Passage:
    start = max(passage.text.find(text), 0)
    return passage.cut(start, start + len(text))


def _area(passage: Passage, area: str) -> Found | None:
    return _part(passage, area).valued(trim(area), "education.area", 0.75)


def _with_school(entry: EducationEntry, pieces: Iterable[Passage]) -> EducationEntry:
    for piece in pieces:
        likeness = looks_like_school(piece.text)
        if likeness >= _SCHOOL and entry.institution is None:
            entry = replace(entry, institution=piece.found("education.school", 0.75))
    return entry
