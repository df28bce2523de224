"""Degrees, diplomas and school certificates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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
    """One entry for each degree."""
    return tuple(entry for group in _groups(rows_of(lines)) if (entry := _entry(group)) is not None)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one row says."""

    row: Row
    degree: bool
    school: bool


def _reading(row: Row) -> _Reading:
    text = " ".join(column.passage.text for column in row.columns)
    return _Reading(
        row,
        degree=find_degree(text) is not None,
        school=any(looks_like_school(column.passage.text) >= _SCHOOL for column in row.columns),
    )


def _groups(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of each entry: a new one begins where what comes first in this document comes again.

    Either the degree or the school stands first; whichever does so in the first entry.
    """
    groups: list[list[_Reading]] = []
    for reading in map(_reading, rows):
        if groups and not _begins(groups[-1], reading):
            groups[-1].append(reading)
        else:
            groups.append([reading])
    return [[reading.row for reading in group] for group in groups]


def _begins(group: Sequence[_Reading], reading: _Reading) -> bool:
    has_degree = any(r.degree for r in group)
    has_school = any(r.school for r in group)
    if reading.degree and has_degree:
        return True
    return reading.school and not reading.degree and has_school and has_degree


def _entry(rows: Sequence[Row]) -> EducationEntry | None:
    entry = EducationEntry()
    for row in rows:
        for column in row.columns:
            entry = _with_column(entry, column.passage)
    if entry.study_type is None and (entry.institution is None or entry.dates == NO_DATES):
        return None
    return entry


def _with_column(entry: EducationEntry, passage: Passage) -> EducationEntry:
    dates, rest = dates_in(passage, single_is_end=True)
    if dates != NO_DATES and entry.dates == NO_DATES:
        entry = replace(entry, dates=dates)
    for piece in rest:
        entry = _with_piece(entry, piece)
    return entry


def _with_piece(entry: EducationEntry, passage: Passage) -> EducationEntry:
    score = find_score(passage.text)
    if score is not None:
        value = passage.cut(score.start, score.end).valued(score.value, score.rule, 0.8)
        entry = replace(entry, score=entry.score or value)
        pieces = passage.without([(score.start, score.end)])
    else:
        pieces = (passage,)
    for piece in pieces:
        entry = _with_names(entry, piece)
    return entry


def _with_names(entry: EducationEntry, passage: Passage) -> EducationEntry:
    degree = find_degree(passage.text)
    if degree is None:
        return _with_school(entry, pieces_of(passage))
    if entry.study_type is None:
        whole = passage.cut(degree.start, degree.end)
        entry = replace(
            entry,
            study_type=whole.valued(trim(degree.study_type), "education.degree", 0.85),
            area=entry.area or _area(whole, degree.area),
        )
    return _with_school(
        entry,
        [p for rest in passage.without([(degree.start, degree.end)]) for p in pieces_of(rest)],
    )


def _area(passage: Passage, area: str | None) -> Found | None:
    return passage.valued(trim(area), "education.area", 0.75) if area else None


def _with_school(entry: EducationEntry, pieces: Iterable[Passage]) -> EducationEntry:
    for piece in pieces:
        likeness = looks_like_school(piece.text)
        if likeness >= _SCHOOL and entry.institution is None:
            entry = replace(entry, institution=piece.found("education.school", 0.75))
    return entry
