"""Dates and periods, in the forms that people write.

``find_dates("Jun'14 – till date")`` gives one ``DateRange`` with ``first="2014-06"``, ``ongoing``.
Dates keep the precision of the text. Durations ("2 years") are no dates. Numeric dates are read
with the day first unless that is impossible, or another date of the same text can only be American.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from resume_processor.parsing.fields.date_points import (
    Point,
    find_points,
    is_month_first,
    pair_end,
)
from resume_processor.parsing.fields.date_words import (
    AFTER_NO_DATE,
    AFTER_PRODUCT,
    BEFORE_NO_DATE,
    JOIN,
    NOW_AFTER,
    NOW_BEFORE,
    OPEN_END,
    SINCE,
    UNTIL,
)
from resume_processor.parsing.lexicon.folding import fold


@dataclass(frozen=True, slots=True)
class DateRange:
    """A period or a lone date; ``text[start:end]`` is where it stands.

    ``first``, ``last`` and ``single`` are ``YYYY[-MM[-DD]]``. A lone date has only ``single``. A
    period whose end the text leaves open has only ``first``; ``ongoing`` says that it goes on
    ("present"). ``rule`` names the form.
    """

    start: int
    end: int
    first: str | None
    last: str | None
    ongoing: bool
    rule: str
    single: str | None = None


def find_dates(text: str, *, month_first: bool = False) -> tuple[DateRange, ...]:
    """All dates and periods of the text, from left to right.

    ``month_first`` reads ambiguous numeric dates as in the United States.
    """
    return _find(text, month_first) if any(map(str.isdigit, text)) else ()


#: The same line is asked for its dates by the sections, the models and the phones.
@lru_cache(maxsize=2048)
def _find(text: str, month_first: bool) -> tuple[DateRange, ...]:  # noqa: FBT001 - a cache's key
    folded = fold(text)
    american = month_first or is_month_first(folded)
    points = _settled(folded, list(find_points(folded, month_first=american)))
    found: list[DateRange] = []
    at = 0
    while at < len(points):
        taken, period = _period(folded, points, at)
        if period is not None:
            found.append(period)
        at += taken
    return tuple(found)


def parse_date(text: str, *, month_first: bool = False) -> str | None:
    """The first date of the text as ``YYYY[-MM[-DD]]``, or None."""
    for found in find_dates(text, month_first=month_first):
        return found.first or found.single or found.last
    return None


# ---- which points are dates -------------------------------------------------------------------


def _settled(folded: str, points: Sequence[Point]) -> list[Point]:
    """The points that are dates, with "2011-12" read as a pair of years where it is one."""
    kept: list[Point] = []
    product_end = -1
    for index, point in enumerate(points):
        chained = product_end >= 0 and folded[product_end : point.start].strip() in _LIST_MARKS
        if point.form in _BARE_YEARS and (chained or _is_product(folded, point)):
            product_end = point.end
        elif not _is_number(folded, point, kept[-1].end if kept else -1):
            product_end = -1
            kept.append(_pair_or_month(folded, points, index))
    return kept


_BARE_YEARS = frozenset({"year", "year_pair", "year_month"})
_LIST_MARKS = frozenset({"/", ",", "&", "and", "-", "or"})


def _is_product(folded: str, point: Point) -> bool:
    """Whether the year is a product's version: "Windows 2000", "Office 2010", "2008 R2"."""
    before = folded[max(0, point.start - 40) : point.start]
    return bool(BEFORE_NO_DATE.search(before) or AFTER_PRODUCT.match(folded, point.end))


def _is_number(folded: str, point: Point, date_end: int) -> bool:
    """Whether the year is an amount or part of a longer number; a date may end at ``date_end``."""
    if point.form not in _BARE_YEARS:
        return False
    if AFTER_NO_DATE.match(folded, point.end):
        return True
    if date_end >= 0 and point.start - date_end <= 3:
        return False
    before = folded[max(0, point.start - 6) : point.start]
    return _NUMBER_BEFORE.search(before) is not None


_NUMBER_BEFORE = re.compile(r"(?:[$€£¥₹#@_]|\brs\.?|\d[.,:])[ ]?$|\d{3}[ -]$")


#: Forms beside which "2009-12" is a month too.
_MONTH_FORMS = frozenset({"year_month", "iso", "month_year"})
#: Years of a course of study: "2009-12" is four years rather than a December.
_MOST_YEARS = 6


def _pair_or_month(folded: str, points: Sequence[Point], index: int) -> Point:
    """Read "2009-12" as two years, unless it stands beside another date that names a month."""
    point = points[index]
    if point.form != "year_month" or point.year is None or point.month is None:
        return point
    end = pair_end(point.year, f"{point.month:02d}")
    mark = folded[point.end - 3]
    most = {"-": _MOST_YEARS, "/": 1}.get(mark, 0)
    if end is None or not 0 < end - point.year <= most:
        return point
    others = [p for p in points if p is not point]
    if any(p.month and p.form in _MONTH_FORMS for p in others):
        return point
    return replace(point, form="year_pair", month=None, next_year=end)


# ---- periods ----------------------------------------------------------------------------------


def _period(folded: str, points: Sequence[Point], at: int) -> tuple[int, DateRange | None]:
    """How many points the period at ``at`` takes, and the period; None where there is none."""
    point = points[at]
    if at + 1 < len(points):
        joined = _joined(folded, point, points[at + 1])
        if joined is not None:
            return 2, joined
    return 1, _alone(folded, point)


def _joined(folded: str, a: Point, b: Point) -> DateRange | None:
    """The period from ``a`` to ``b``, where what stands between them says so."""
    if b.year is None or a.next_year or b.next_year:
        return None
    gap = folded[a.end : b.start]
    rule = "dates.range" if JOIN.fullmatch(gap) else None
    if rule is None and gap.strip() == "" and a.month and b.month and a.sure and b.sure:
        rule = "dates.side_by_side"
    if rule is None or (a.form == "month_alone" and not b.month):
        return None
    if a.year is None:
        a = replace(a, year=b.year if (a.month or 0) <= (b.month or 0) else b.year - 1)
    first, last = (a, b) if _not_after(a, b) else (b, a)
    if rule == "dates.side_by_side" and first is b:
        return None
    start = _opening(folded, a)
    now = NOW_AFTER.match(folded, b.end)
    if now is not None and now[0].strip():
        return DateRange(start, _end(now), first.iso, None, ongoing=True, rule="dates.ongoing")
    return DateRange(start, b.end, first.iso, last.iso, ongoing=False, rule=rule)


def _not_after(a: Point, b: Point) -> bool:
    """Whether ``a`` is no later than ``b``, as far as both are known."""
    length = min(len(a.iso), len(b.iso))
    return a.iso[:length] <= b.iso[:length]


def _opening(folded: str, point: Point) -> int:
    """Where the period begins: with the word "from" or "since", if there is one."""
    match = SINCE.search(folded[: point.start])
    return match.start() if match else point.start


def _end(now: re.Match[str]) -> int:
    """Where "(present)" ends; a bracket that was opened before the date is left."""
    unopened = now[0].endswith((")", "]")) and not any(c in now[0] for c in "([")
    return now.end() - unopened


def _alone(folded: str, point: Point) -> DateRange | None:
    if point.year is None:
        return None
    if point.next_year is not None:
        last = f"{point.next_year:04d}"
        return DateRange(
            point.start, point.end, point.iso, last, ongoing=False, rule="dates.year_pair"
        )
    return _ongoing(folded, point) or (_dated(folded, point) if point.sure else None)


def _ongoing(folded: str, point: Point) -> DateRange | None:
    """A period that still goes on: "2014 – present", or "Present – 2014"."""
    now = NOW_AFTER.match(folded, point.end)
    before = NOW_BEFORE.search(folded[: point.start])
    if now is not None:
        start, end = _opening(folded, point), _end(now)
    elif before is not None:
        start, end = before.start(), point.end
    else:
        return None
    return DateRange(start, end, point.iso, None, ongoing=True, rule="dates.ongoing")


def _dated(folded: str, point: Point) -> DateRange:
    """A period of which one end is named, or a lone date."""
    before = folded[: point.start]
    since, until = SINCE.search(before), UNTIL.search(before)
    dash = OPEN_END.match(folded, point.end)
    start, end, iso = point.start, point.end, point.iso
    if since is not None:
        still = since["still"] is not None
        return DateRange(since.start(), end, iso, None, ongoing=still, rule="dates.since")
    if until is not None:
        return DateRange(until.start(), end, None, iso, ongoing=False, rule="dates.until")
    if dash is not None:
        closed = dash["closed"] is not None
        return DateRange(start, dash.end(), iso, None, ongoing=closed, rule="dates.open_dash")
    rule = f"dates.{point.form}"
    return DateRange(start, end, None, None, ongoing=False, rule=rule, single=iso)
