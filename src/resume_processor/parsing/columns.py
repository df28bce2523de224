"""What the columns of a table of degrees hold, by their titles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from resume_processor.parsing.rows import Column, Row

_TWO_DIGITS = re.compile(r"\d{2}")


class ColumnRole(StrEnum):
    """What a column of a table of degrees may hold."""

    DEGREE = "degree"
    AREA = "area"
    SCHOOL = "school"
    BOARD = "board"
    DATE = "date"
    SCORE = "score"
    NUMBER = "number"


#: The first one that is found in a title decides.
_TITLES: dict[ColumnRole, str] = {
    ColumnRole.NUMBER: r"^(?:s\.?\s?no|sr\.?\s?no|sl\.?\s?no|no|#)\.?$",
    ColumnRole.SCORE: (
        r"percent|marks?\b|%|cgpa|gpa|score|result|grade|class|division|aggregate|note\b|nota\b"
    ),
    ColumnRole.DATE: (
        r"year|passing|passed|duration|period|date|session|batch|jahr|ann[ée]e|año|ano\b|zeitraum"
    ),
    ColumnRole.BOARD: r"^(?:(?!institut|college|school).)*(?:board|university|affiliat)",
    ColumnRole.SCHOOL: (r"institut|college|school|university|board|schule|école|escuela|centro"),
    ColumnRole.AREA: (r"speciali[sz]|stream|branch|discipline|subject|major|field|fachrichtung"),
    ColumnRole.DEGREE: (
        r"qualification|degree|course|exam|education|standard|program|diploma|abschluss|"
        r"dipl[oô]me|t[ií]tulo|curso|class"
    ),
}
_PATTERNS = {role: re.compile(title, re.IGNORECASE) for role, title in _TITLES.items()}
#: A title of a column has at most so many words.
_TITLE_WORDS = 5


@lru_cache(maxsize=1024)
def role_of(title: str) -> ColumnRole | None:
    """What a column with this title holds."""
    text = " ".join(title.split())
    if not text or len(text.split()) > _TITLE_WORDS or _TWO_DIGITS.search(text):
        return None
    return next((role for role, pattern in _PATTERNS.items() if pattern.search(text)), None)


def is_title_row(row: Row) -> bool:
    """Whether the row names the columns: three titles or more, and nothing else."""
    roles = [role_of(column.passage.text) for column in row.columns]
    return len(roles) >= 3 and sum(role is not None for role in roles) >= len(roles) - 1


def roles_in(row: Row, titles: Row | None) -> Sequence[ColumnRole | None]:
    """The roles of a row's columns: by their own headers, else by the row of titles above."""
    return [_role_of_column(column, titles) for column in row.columns]


def _role_of_column(column: Column, titles: Row | None) -> ColumnRole | None:
    if column.header is not None:
        return role_of(column.header)
    if titles is None:
        return None
    named: Mapping[float, str] = {c.left: c.passage.text for c in titles.columns}
    nearest = min(named, key=lambda left: abs(left - column.left))
    return role_of(named[nearest])
