"""The degree that a statement asks for: its level and the fields of study."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: From low to high; where a statement names several (BA/BS or MS), the lowest is enough.
_LEVELS = (
    ("secondary", r"high school|secondary school|ged\b|a-levels?|abitur|baccalauréat|10\+2|12th"),
    ("vocational", r"vocational|apprenticeship|iti\b|trade certificate|ausbildung|diploma|b\.?t\.?s\b"),
    ("associate", r"associate(?:'|’)?s?(?:'|’)? degree|associate of"),
    ("bachelor", r"bachelor(?:'|’)?s?|b\.?a\.?\s*/\s*b\.?s\.?|b\.?s\.?c?\.?\b(?=[\s/,]*(?:degree|in\b|or\b|/|$|,))|b\.?a\.?\b(?=\s*(?:degree|in\b|or\b|/))|b\.?\s?tech\b|b\.e\.?|b\.?com\b|undergraduate degree"
     r"|(?:university|college) degree|4[- ]year degree|four[- ]year degree|licence\b|grado\b|bba\b|bca\b|b\.?eng\b|(?<!under)(?<!post)graduate (?:in|of|with)|any graduate|graduation"),
    ("master", r"master(?:'|’)?s?(?:'|’)?(?= degree| of\b|['’]?s?\b(?=.*\b(?:degree|in|or)\b)| in\b|,|/|\.|$)|m\.?s\.?c?\.?\b(?=[\s/,]*(?:degree|in\b|or\b|/|$|,|ph))|mba\b|m\.?a\.?\b(?=\s*(?:degree|in\b|or\b|/))|m\.?\s?tech\b|mca\b|m\.?com\b|m\.?eng\b|post[- ]?graduate|advanced degree|graduate degree"),
    ("doctorate", r"ph\.?\s?d\.?|doctorate|doctoral|doctor of|m\.d\.|\bmd\b degree|j\.?d\.? degree"),
)  # fmt: skip
_LEVEL = tuple((name, re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)) for name, words in _LEVELS)
#: Behind a degree: "in Computer Science, Mathematics or a related field".
_FIELDS = re.compile(
    r"(?:degree|diploma|bachelor\S*|master\S*|ph\.?d\.?|doctorate|mba|ba/bs|bs|ba|b\.?tech|ms|msc|bsc|m\.s\.|b\.s\.|equivalent|graduate)\s*\)?\s*(?:in|of)\s+"
    r"(?P<fields>[^.;()\n]+?)(?=\s+(?:or|and)\s+(?:an?\s+)?(?:equivalent|related|similar|relevant|other|comparable|commensurate|work)\b|\s*,?\s*(?:or\s+)?(?:an?\s+)?(?:related|equivalent|similar|relevant)\b|\s+with\b|\s+from\b|\s+and\s+\d|\s+(?:is\s+)?(?:required|preferred|mandatory)\b|[.;()\n]|$)",
    re.IGNORECASE,
)  # fmt: skip
_SEPARATOR = re.compile(r"\s*(?:,|/|\bor\b|\band/or\b|;)\s*", re.IGNORECASE)
_NO_FIELD = re.compile(
    r"\b(?:degree|field|related|relevant|equivalent|discipline|subject|technical|quantitative|area|similar|experience|any|university|preferred|master\w*|phd|mba)\b",
    re.IGNORECASE,
)
_LONGEST_FIELD = 5


@dataclass(frozen=True, slots=True)
class DegreeAsked:
    """The lowest level that is enough, and the fields, any of which is enough."""

    level: str
    fields: tuple[str, ...]


def degree_in(text: str) -> DegreeAsked | None:
    """The degree asked for, or None."""
    level = next((name for name, pattern in _LEVEL if pattern.search(text)), None)
    return None if level is None else DegreeAsked(level, fields_in(text))


def fields_in(text: str) -> tuple[str, ...]:
    """Fields of study behind a degree, without "or a related field"."""
    found = []
    for match in _FIELDS.finditer(text):
        for part in _SEPARATOR.split(match["fields"]):
            name = re.sub(r"^(?:an?|the|and)\s+", "", part.strip(), flags=re.IGNORECASE)
            if name and len(name.split()) <= _LONGEST_FIELD and not _NO_FIELD.search(name):
                found.append(name)
    return tuple(dict.fromkeys(found))
