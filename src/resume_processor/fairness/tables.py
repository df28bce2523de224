"""CSV files about people: who declared which groups, who was decided about how, who scored what.

Declared groups are read for a report and kept nowhere. Errors name lines, never what stands there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeVar

from resume_processor.errors import InvalidRequest
from resume_processor.fairness.categories import race_of, sex_of

Value = TypeVar("Value")

#: Columns that say who a line is about.
ID, EXTERNAL_ID = "id", "external_id"

#: Most lines of a file.
MOST_LINES = 1_000_000


@dataclass(frozen=True, slots=True)
class Declared:
    """Groups that a person declared; None: unknown."""

    sex: str | None
    race: str | None


@dataclass(frozen=True, slots=True)
class Declarations:
    """Declared groups by the column that names people and the name in it."""

    by: str  #: ID or EXTERNAL_ID
    groups: Mapping[str, Declared]


def text_of(data: bytes) -> str:
    """The text of a CSV file. Raises InvalidRequest where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidRequest("The CSV is not UTF-8.") from error


def read_declarations(text: str) -> Declarations:
    """Columns ``id`` or ``external_id``, ``sex``, ``race_ethnicity``; the others are not read.

    Raises InvalidRequest.
    """
    by, groups = _read(
        text,
        ("sex", "race_ethnicity"),
        lambda cells: Declared(sex_of(cells[0]), race_of(cells[1])),
    )
    return Declarations(by, groups)


def read_decisions(text: str) -> Mapping[str, bool]:
    """Columns ``id`` or ``external_id``, and ``decision``: advance or reject. InvalidRequest."""
    words = {"advance": True, "reject": False}
    return _read(text, ("decision",), lambda cells: words[cells[0].strip().casefold()])[1]


def read_scores(text: str) -> Mapping[str, Fraction]:
    """Columns ``id`` or ``external_id``, and ``score``. Raises InvalidRequest."""
    return _read(text, ("score",), lambda cells: _number(cells[0]))[1]


def _number(text: str) -> Fraction:
    number = Decimal(text.strip())
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError
    return Fraction(number)


def _read(
    text: str, wanted: Sequence[str], value_of: Callable[[Sequence[str]], Value]
) -> tuple[str, dict[str, Value]]:
    """Which column names people, and a value for each of them."""
    lines = _lines(text)
    header = [name.strip().casefold() for name in next(lines, (0, []))[1]]
    by = next((name for name in (ID, EXTERNAL_ID) if name in header), None)
    if by is None or any(name not in header for name in wanted):
        columns = ", ".join(wanted)
        raise InvalidRequest(f"The CSV needs a header with id or external_id, and {columns}.")
    places = [header.index(name) for name in wanted]
    found: dict[str, Value] = {}
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise InvalidRequest(f"Line {number} has not as many cells as the header.")
        name = cells[header.index(by)].strip()
        if not name:
            raise InvalidRequest(f"Line {number} does not say who it is about.")
        if name in found:
            raise InvalidRequest(f"Line {number} is about somebody who had a line before.")
        try:
            found[name] = value_of([cells[place] for place in places])
        except (KeyError, ValueError, InvalidOperation) as error:
            raise InvalidRequest(
                f"Line {number}: {' and '.join(wanted)} cannot be read."
            ) from error
    return by, found


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cells with the number of their line. Raises InvalidRequest."""
    first = text.split("\n", 1)[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(rows, 1):
            if number > MOST_LINES:
                raise InvalidRequest(f"The CSV has more than {MOST_LINES} lines.")
            yield number, cells
    except csv.Error as error:
        raise InvalidRequest("The CSV cannot be read.") from error
