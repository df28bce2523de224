"""Single dates in a folded text: where they stand and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resume_processor.parsing.lexicon.months import MONTH_PATTERN, month_number

#: Years of two digits up to this one are 20xx, later ones 19xx.
PIVOT = 40


@dataclass(frozen=True, slots=True)
class Point:
    """A date in a text; ``month`` and ``day`` are None where the text does not name them.

    ``year`` is None for a month without a year ("June" in "June - August 2014"). ``sure`` is False
    for a form that is a date only in company ("05/12" in "05/12 - 06/14"). ``next_year`` holds the
    end of a period written as one ("2014-16").
    """

    start: int
    end: int
    form: str
    year: int | None
    month: int | None = None
    day: int | None = None
    sure: bool = True
    next_year: int | None = None

    @property
    def iso(self) -> str:
        """``YYYY[-MM[-DD]]``; only of a point with a year."""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
            if self.day:
                text += f"-{self.day:02d}"
        return text


_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEAR = r"(?:19[3-9]\d|20[0-4]\d)"
_SHORT = r"\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_ORDINAL = r"(?: ?(?:st|nd|rd|th|ter|ten|er|ere|o|a)(?![a-z])|(?:st|nd|rd|th)(?=[a-z]))?"
#: A month's name begins a word, or follows an ordinal or "to" without a space.
_NAME = rf"(?:(?<![a-z])|(?<=\d(?:st|nd|rd|th|to))){MONTH_PATTERN}"
_GLUE = r"[ ]*(?:(?:of|de|del|do|[,./'-])[ ]*){0,2}"
_SEASON = (
    r"(?<![a-z])(?:spring|summer|autumn|fall|winter|printemps|ete|automne|hiver|fruhjahr|"
    r"fruhling|"
    r"sommer|herbst|primavera|verano|otono|invierno|verao|outono|inverno|wiosna|lato|jesien|zima|"
    r"(?:sommer|winter)semester|[sw]s|[sw]ise|sose|semestre [12] (?:de )?|"
    r"[qhts] ?[1-4]|[1-4](?:st|nd|rd|th) (?:quarter|half|semester|sem)(?: of)?|quarter [1-4]|"
    r"(?:early|mid|late|end|debut|fin|anfang|mitte|ende|inicio|fim|finales)(?: of| de)?)"
)
#: What a year may touch: a small word, or anything where a second year follows.
_GLUED = (
    r"(?<=[\d )]to)|(?<=\bin)|(?<=fy)|(?<=\bfrom)|(?<=since)|(?<=year)|(?<=batch)|(?<=till)|"
    r"(?=\d{4} ?- ?(?:19|20)\d\d)"
)
#: What glues a short year to a month's name: "Jun'14", "Jun-14", "Jun14", "Jun 14".
_TO_SHORT = r"(?P<q>[ ]*['/,-][ ]*'?|[ ]*)"

#: The forms of a date; of two that begin at one place the earlier one wins.
_FORMS: tuple[tuple[str, str], ...] = (
    (
        "chinese",
        (
            rf"(?P<y>{_YEAR}|(?<!\d){_SHORT}) ?年(?: ?(?P<m>{_MONTH}) ?月份?(?: ?(?P<d>{_DAY}) "
            rf"?[日号])?)?"
        ),
    ),
    (
        "iso",
        rf"(?P<y>{_YEAR}) ?(?P<s>[-/.]) ?(?P<m>{_MONTH}) ?(?P=s) ?(?P<d>{_DAY})(?!\d)",
    ),
    (
        "numeric",
        rf"(?P<a>{_DAY}) ?(?P<s>[-/.]) ?(?P<b>{_DAY}) ?(?P=s) ?(?P<y>{_YEAR}|{_SHORT})(?!\d)",
    ),
    ("colons", rf"(?P<d>{_DAY}):(?P<m>{_MONTH}):(?P<y>{_YEAR})(?!\d)"),
    ("spoken", rf"(?P<d>{_DAY}){_ORDINAL}{_GLUE}(?P<n>{_NAME}){_GLUE}(?P<y>{_YEAR})(?!\d)"),
    (
        "american",
        (
            rf"(?P<n>{_NAME})[ ]*[-,]?[ ]*(?P<d>{_DAY}){_ORDINAL}[ ]*[ ,.'-][ "
            rf"]*'?(?P<y>{_YEAR})(?!\d)"
        ),
    ),
    (
        "spoken_short",
        rf"(?P<d>{_DAY}){_ORDINAL}{_GLUE}(?P<n>{_NAME}){_TO_SHORT}(?P<y>{_SHORT})(?![\d:%])",
    ),
    ("named", rf"(?P<n>{_NAME}){_GLUE}(?P<y>{_YEAR})(?!\d)"),
    ("named_short", rf"(?P<n>{_NAME}){_TO_SHORT}(?P<y>{_SHORT})(?![\d:%]|(?:st|nd|rd|th)\b)"),
    (
        "year_named",
        (
            rf"(?<![a-z])(?P<y>{_YEAR})[ ,/.-]{{1,2}}(?P<n>{MONTH_PATTERN})(?![a-z])"
            rf"(?:[ -](?P<d>{_DAY})(?![\d/-]))?(?![ .,']*-?(?:19|20)\d\d)"
        ),
    ),
    ("month_year", rf"(?P<m>{_MONTH}) ?[-/.,'] ?'?(?P<y>{_YEAR})(?!\d)"),
    ("year_month", rf"(?<![a-z])(?P<y>{_YEAR})(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?!\d)"),
    (
        "year_pair",
        (
            rf"(?<![a-z])(?P<y>{_YEAR})(?:[-/]'?(?P<z>{_SHORT})(?![\d%:/]|\.\d)"
            rf"| ?[-/] ?'?(?P<w>{_SHORT})(?![\d%:/]|\.\d|[ ]*[a-z]))"
        ),
    ),
    ("month_short", rf"(?P<m>1[0-2]|0?[1-9])(?P<q>['/.])(?P<y>{_SHORT})(?![\d/.%])"),
    ("season", rf"{_SEASON}[ ]*['-/,]?[ ]*(?P<y>{_YEAR})(?:[/-]\d\d(?!\d))?(?!\d)"),
    ("season_short", rf"{_SEASON}[ ]*'(?P<y>{_SHORT})(?!\d)"),
    ("year_season", rf"(?<![a-z])(?P<y>{_YEAR})[ /-]?[qh][1-4](?!\w)"),
    ("year", rf"(?:(?<![a-z])|{_GLUED})(?P<y>{_YEAR})(?!\d)"),
    ("year_short", rf"(?<!\w)'(?P<y>{_SHORT})(?![\w'])"),
    ("month_alone", rf"(?P<n>{_NAME})(?![a-z])"),
)


def _own_groups(name: str, form: str) -> str:
    """The form with its groups named after it, so that all forms fit into one expression."""
    named = re.sub(r"\(\?P<(\w+)>", rf"(?P<{name}_\1>", form)
    return re.sub(r"\(\?P=(\w+)\)", rf"(?P={name}_\1)", named)


_POINT = re.compile(
    r"(?<!\d)(?:" + "|".join(f"(?P<{n}>{_own_groups(n, f)})" for n, f in _FORMS) + ")"
)


#: Form → its parts and the numbers of their groups.
_PARTS: dict[str, tuple[tuple[str, int], ...]] = {
    name: tuple(
        (part, _POINT.groupindex[f"{name}_{part}"]) for part in re.findall(r"\(\?P<(\w+)>", form)
    )
    for name, form in _FORMS
}


def find_points(folded: str, *, month_first: bool = False) -> Iterator[Point]:
    """All dates of a folded text, from left to right, without overlap."""
    at = 0
    while (match := _POINT.search(folded, at)) is not None:
        point = _point(match, month_first=month_first)
        at = match.end() if point is not None else match.start() + 1
        if point is not None:
            yield point


def is_month_first(folded: str) -> bool:
    """Whether a numeric date of the text can only be read with the month first."""
    return any(
        match.lastgroup == "numeric" and int(match["numeric_a"]) <= 12 < int(match["numeric_b"])
        for match in _POINT.finditer(folded)
    )


def _point(match: re.Match[str], *, month_first: bool) -> Point | None:
    form = str(match.lastgroup)
    parts = {part: value for part, index in _PARTS[form] if (value := match[index]) is not None}
    if form == "numeric":
        parts = _by_order(parts, month_first=month_first)
    year = full_year(parts["y"]) if "y" in parts else None
    month = month_number(parts["n"]) if "n" in parts else int(parts["m"]) if "m" in parts else None
    day = int(parts["d"]) if "d" in parts else None
    if day is not None and month is not None and day > _DAYS_OF_MONTH[month - 1]:
        return None
    short = parts.get("z") or parts.get("w")
    end_year = pair_end(year, short) if year is not None and short else None
    if form == "year_pair" and end_year is None:
        return None
    if month is not None and month > 12:
        return None
    sure = _is_sure(form, parts)
    return Point(match.start(), match.end(), form, year, month, day, sure, end_year)


def _by_order(parts: dict[str, str], *, month_first: bool) -> dict[str, str]:
    """Day and month of a numeric date: day first, unless that is impossible or it is American."""
    a, b = parts["a"], parts["b"]
    swap = int(b) > 12 or (month_first and int(a) <= 12)
    return {"y": parts["y"], "d": b if swap else a, "m": a if swap else b, "s": parts["s"]}


def _is_sure(form: str, parts: dict[str, str]) -> bool:
    if form == "named_short":
        return parts["q"].strip() != "" or parts["q"] == ""
    if form == "month_short":
        return parts["q"] == "'"
    if form == "numeric" and len(parts["y"]) == 2 and parts["s"] == ".":
        return len(parts["d"]) == len(parts["m"]) == 2
    return form != "month_alone"


def full_year(digits: str) -> int:
    """The year of two or four digits."""
    number = int(digits)
    if len(digits) == 4:
        return number
    return number + (2000 if number <= PIVOT else 1900)


def pair_end(year: int, digits: str) -> int | None:
    """The end of "2014-16": the next year with these digits, at most 25 years later."""
    end = year - year % 100 + int(digits)
    if end < year:
        end += 100
    return end if end - year <= 25 else None
