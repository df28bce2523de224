"""Months as whole numbers, so that stretches of time can be added without counting twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-\d{2})?")

#: A year without a month stands for its middle, so that 2018 – 2020 counts 24 months.
_MIDDLE = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months from ``first`` to ``last``, ``last`` not included; months since year 0."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """How many; never negative."""
        return max(0, self.last - self.first)


def month_of(date: str | None) -> int | None:
    """``YYYY[-MM[-DD]]`` as months since year 0, or None where it is no date."""
    found = _DATE.fullmatch(date or "")
    if not found:
        return None
    month = int(found["month"]) - 1 if found["month"] else _MIDDLE
    return int(found["year"]) * 12 + min(max(month, 0), 11)


def stretch_of(start: str | None, end: str | None, as_of: int | None) -> Stretch | None:
    """From start to the end of the month of ``end``, or to ``as_of`` where there is no end."""
    first = month_of(start)
    last = month_of(end) if end else as_of
    if first is None or last is None or last < first:
        return None
    whole_years = len(start or "") == 4 and len(end or "") == 4
    return Stretch(first, last if whole_years else last + 1)


def months_in(stretches: Iterable[Stretch]) -> int:
    """Months that at least one of the stretches covers."""
    total, reached = 0, -1
    for one in sorted(stretches, key=lambda stretch: (stretch.first, stretch.last)):
        total += max(0, one.last - max(one.first, reached))
        reached = max(reached, one.last)
    return total


def in_words(months: int) -> str:
    """``3 years 4 months``."""
    years, rest = divmod(months, 12)
    parts = [
        f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((years, "year"), (rest, "month")) if n
    ]
    return " ".join(parts) or "0 months"
