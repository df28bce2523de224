"""Periods in a passage, as values with their words."""

from __future__ import annotations

from resume_processor.parsing.fields.dates import DateRange, find_dates
from resume_processor.parsing.passage import Passage
from resume_processor.parsing.values import NO_DATES, Dates, Found

#: Share of the dates found that are read rightly (measured on real resumes).
_CONFIDENCE = 0.85


def dates_in(passage: Passage, *, single_is_end: bool = False) -> tuple[Dates, tuple[Passage, ...]]:
    """The first period of the passage, and what stands around all of its dates."""
    ranges = find_dates(passage.text)
    if not ranges:
        return NO_DATES, (passage,)
    rest = passage.without([(r.start, r.end) for r in ranges])
    return dates_of(passage, ranges[0], single_is_end=single_is_end), rest


def dates_of(passage: Passage, found: DateRange, *, single_is_end: bool) -> Dates:
    """One period as values. A lone date is a start, or an end where the caller says so."""
    words = passage.cut(found.start, found.end)

    def value(text: str | None) -> Found | None:
        return words.valued(text, found.rule, _CONFIDENCE) if text else None

    if found.single is not None:
        only = value(found.single)
        return Dates(end=only) if single_is_end else Dates(start=only)
    return Dates(value(found.first), value(found.last), found.ongoing)


def date_in(passage: Passage) -> tuple[Found | None, tuple[Passage, ...]]:
    """The last date of the first period (the date of an award or certificate), and the rest."""
    dates, rest = dates_in(passage, single_is_end=True)
    return dates.end or dates.start, rest
