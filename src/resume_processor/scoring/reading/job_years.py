"""Times of experience that a statement asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15,
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,2}}(?:\.5)?|{'|'.join(_WORDS)})"
_YEARS = re.compile(
    rf"(?<![\w.])(?P<low>{_NUMBER})\s*-?\s*(?:\(\d{{1,2}}\))?\s*(?:\+|plus\b|or "
    rf"more\b)?\s*(?:(?:-|–|to)\s*{_NUMBER}\s*\+?)?\s*"
    r"(?:or more\s+)?(?P<unit>years?|yrs?\.?|months?|jahren?|ans|années|años|anos)\b['’]?",
    re.IGNORECASE,
)  # fmt: skip
_EXPERIENCE = re.compile(
    r"experience|experienced|erfahrung|expérience|experiencia|experiência|work(?:ing|ed)?\b|background"
    r"|practice|exposure|professional|industry|\bin\b|\bof\b",
    re.IGNORECASE,
)
#: An age or the age of a company is no experience.
_NOT = re.compile(
    r"years?\s*(?:old|of age|ago|contract|degree|ba/bs)|(?:past|last|within)\s|contract|warranty",
    re.IGNORECASE,
)
#: More than this nobody asks for: it is the company's age.
_MOST_MONTHS = 25 * 12


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """A time at ``start`` to ``end`` of the statement."""

    start: int
    end: int
    months: int


def times_in(text: str) -> tuple[TimeAsked, ...]:
    """The times of experience asked for, the least of a range."""
    found = []
    for match in _YEARS.finditer(text):
        months = _months(match)
        around = text[max(0, match.start() - 40) : match.end() + 60]
        is_other = _NOT.search(text[max(0, match.start() - 8) : match.end() + 10])
        if 0 < months <= _MOST_MONTHS and _EXPERIENCE.search(around) and not is_other:
            found.append(TimeAsked(match.start(), match.end(), months))
    return tuple(found)


def _months(match: re.Match[str]) -> int:
    low = match["low"].lower()
    number = float(_WORDS.get(low, 0) or low)
    return round(number if match["unit"].lower().startswith("month") else number * 12)
