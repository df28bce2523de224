"""Degrees, diplomas and school certificates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from resume_processor.parsing.columns import ColumnRole, is_title_row, roles_in
from resume_processor.parsing.dating import dates_in
from resume_processor.parsing.fields.degrees import find_degree
from resume_processor.parsing.fields.locations import looks_like_location
from resume_processor.parsing.fields.organisations import looks_like_organisation, looks_like_school
from resume_processor.parsing.fields.scores import find_score
from resume_processor.parsing.passage import Passage, trim
from resume_processor.parsing.pieces import pieces_of
from resume_processor.parsing.rows import Row, rows_of
from resume_processor.parsing.values import NO_DATES, EducationEntry, Found, LabelledLine

#: From this likeness on a piece is taken for a school.
_SCHOOL = 0.5
#: The name of a school has at most so many words.
_SCHOOL_WORDS = 10
_AREA_BEHIND = re.compile(
    r"(?:\s+|\s*[,:–-]\s+)(?:in\s+)?(?P<area>(?!(?:from|at|with|of)\b)[^\W\d_a-z][^,;|()\d–]{3,45}?)\s*(?=[,;|(–]|$)"
)


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


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry so far, and the pieces of its lines that found no place in it."""

    entry: EducationEntry = field(default_factory=EducationEntry)
    rest: tuple[Passage, ...] = ()

    def having(self, **parts: Found | None) -> _Draft:
        """With more parts; those that the entry has already stay."""
        new = {name: getattr(self.entry, name) or found for name, found in parts.items()}
        return replace(self, entry=_updated(self.entry, new))


def _updated(entry: EducationEntry, parts: Mapping[str, Found | None]) -> EducationEntry:
    return EducationEntry(
        institution=parts.get("institution", entry.institution),
        study_type=parts.get("study_type", entry.study_type),
        area=parts.get("area", entry.area),
        dates=entry.dates,
        score=parts.get("score", entry.score),
        courses=entry.courses,
    )


def _entry(readings: Sequence[_Reading]) -> EducationEntry | None:
    draft = _Draft()
    cells = [cell for reading in readings for cell in reading.cells]
    for cell in cells:
        draft = _with_cell(draft, cell)
    boards = (c.passage.found("education.board", 0.6) for c in cells if c.role is ColumnRole.BOARD)
    entry = draft.having(institution=next(boards, None)).having(institution=_other(draft)).entry
    if entry.study_type is None and (entry.institution is None or entry.dates == NO_DATES):
        return None
    return entry


def _other(draft: _Draft) -> Found | None:
    """What is left of an entry with a degree and a date is the school, if it can be one."""
    if draft.entry.study_type is None or draft.entry.dates == NO_DATES:
        return None
    left = [piece for piece in draft.rest if _may_be_school(piece.text.strip())]
    best = max(left, key=lambda piece: looks_like_school(piece.text), default=None)
    return best.found("education.left", 0.4) if best else None


def _may_be_school(text: str) -> bool:
    words = text.split()
    if not 1 < len(words) <= _SCHOOL_WORDS or not text[0].isupper():
        return False
    return looks_like_location(text) < _SCHOOL and find_degree(text) is None


def _with_cell(draft: _Draft, cell: _Cell) -> _Draft:
    passage = cell.passage
    match cell.role:
        case ColumnRole.SCHOOL if draft.entry.institution is None:
            pieces = pieces_of(passage) or (passage,)
            return draft.having(institution=pieces[0].found("education.column", 0.8))
        case ColumnRole.AREA if draft.entry.area is None:
            return draft.having(area=passage.found("education.column", 0.8))
        case ColumnRole.DEGREE if find_degree(passage.text) is None:
            return draft.having(study_type=passage.found("education.column", 0.7))
        case ColumnRole.SCORE if draft.entry.score is None:
            return draft.having(score=passage.found("education.column", 0.85))
        case ColumnRole.BOARD:
            return draft
        case _:
            return _with_text(draft, passage)


def _with_text(draft: _Draft, passage: Passage) -> _Draft:
    dates, rest = dates_in(passage, single_is_end=True)
    if draft.entry.dates == NO_DATES:
        draft = replace(draft, entry=replace(draft.entry, dates=dates))
    for piece in rest:
        draft = _with_piece(draft, piece)
    return draft


def _with_piece(draft: _Draft, passage: Passage) -> _Draft:
    score = find_score(passage.text)
    pieces: tuple[Passage, ...] = (passage,)
    if score is not None:
        value = passage.cut(score.start, score.end).valued(score.value, score.rule, 0.8)
        draft = draft.having(score=value)
        pieces = passage.without([(score.start, score.end)])
    for piece in pieces:
        draft = _with_names(draft, piece)
    return draft


def _with_names(draft: _Draft, passage: Passage) -> _Draft:
    degree = find_degree(passage.text)
    if degree is None:
        return _with_schools(draft, pieces_of(passage))
    whole = passage.cut(degree.start, degree.end)
    taken = [(degree.start, degree.end)]
    if draft.entry.study_type is None:
        draft = draft.having(
            study_type=whole.valued(trim(degree.study_type), "education.degree", 0.85)
        )
        if degree.area:
            draft = _with_area(draft, _part(whole, degree.area))
    area = _area_behind(passage, degree.end)
    if area is not None and draft.entry.area is None:
        draft = draft.having(area=passage.found("education.behind", 0.6, span=area))
        taken.append(area)
    return _with_schools(
        draft, [piece for part in passage.without(taken) for piece in pieces_of(part)]
    )


def _with_area(draft: _Draft, area: Passage) -> _Draft:
    if looks_like_school(area.text) >= _SCHOOL:
        return _with_schools(draft, [area])
    return draft.having(area=area.valued(trim(area.text), "education.area", 0.75))


def _part(passage: Passage, text: str) -> Passage:
    start = max(passage.text.find(text), 0)
    return passage.cut(start, start + len(text))


def _area_behind(passage: Passage, end: int) -> tuple[int, int] | None:
    """The field that follows the degree up to a comma, where it is no school and no place."""
    match = _AREA_BEHIND.match(passage.text, end)
    if match is None:
        return None
    area = match["area"]
    other = max(looks_like_school(area), looks_like_location(area), looks_like_organisation(area))
    return None if other >= _SCHOOL else match.span("area")


def _with_schools(draft: _Draft, pieces: Iterable[Passage]) -> _Draft:
    for piece in pieces:
        if looks_like_school(piece.text) >= _SCHOOL and draft.entry.institution is None:
            draft = draft.having(institution=piece.found("education.school", 0.75))
        else:
            draft = replace(draft, rest=(*draft.rest, piece))
    return draft
