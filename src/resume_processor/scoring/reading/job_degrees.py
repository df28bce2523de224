"""The degree that a statement asks for: its level and the fields of study."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: From low to high; where a statement names several (BA/BS or MS), the lowest is enough.
_LEVELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "secondary",
        (r"high school", r"secondary school", r"\bged\b", r"\ba-levels?\b", r"\babitur\b",
         r"baccalauréat", r"\b10\+2\b", r"\b12th\b"),
    ),
    (
        "vocational",
        (r"vocational", r"\biti\b", r"trade certificate", r"\bausbildung\b", r"\bdiploma\b",
         r"\bbts\b", r"formation professionnelle", r"formación profesional"),
    ),
    ("associate", (r"associate['’]?s?['’]? degree", r"\bassociate of\b", r"associate['’]s\b")),
    (
        "bachelor",
        (r"\bbachelor", r"\bb\.?a\.?\s*/\s*b\.?s\.?",
        r"\bb\.?s\.?(?:c\.?)?(?=[\s/,]*(?:degree|in\b|or\b|/|$|,))",
         r"\bb\.?a\.?(?=\s*(?:degree|in\b|or\b|/))", r"\bb\.?\s?tech\b", r"\bb\.e\.",
         r"\bb\.?com\b",
         r"undergraduate degree", r"(?:university|college) degree", r"(?:4|four)[- ]year degree",
         r"\blicence\b", r"\bgrado\b", r"\bbba\b", r"\bbca\b", r"\bb\.?eng\b", r"\bany graduate\b",
         r"(?<!post )(?<!post-)\bgraduate (?:in|of|with a)\b", r"\bgraduation in\b",
         r"\bhochschulabschluss\b",
         r"\bstudium\b"),
    ),
    (
        "master",
        (r"(?<!scrum )\bmaster['’]?s?['’]?(?=[\s,/.]*(?:degree|of\b|in\b|or\b|and\b|ph|pref|re|$))",
         r"\bm\.?s\.?(?:c\.?)?(?=[\s/,]*(?:degree|in\b|or\b|/|$|,|ph))", r"\bmba\b", r"\bmfa\b",
         r"\bm\.?a\.?(?=\s*(?:degree|in\b|or\b|/))", r"\bm\.?\s?tech\b", r"\bmca\b", r"\bm\.?com\b",
         r"\bm\.?eng\b", r"post[- ]?graduat", r"advanced degree", r"(?<!under)graduate degree"),
    ),
    (
        "doctorate",
        (r"\bph\.?\s?d\b", r"doctorate", r"\bdoctoral\b", r"\bdoctor of\b", r"\bm\.d\.",
        r"\bpromotion in\b"),
    ),
)  # fmt: skip
_LEVEL = tuple((name, re.compile("|".join(said), re.IGNORECASE)) for name, said in _LEVELS)
_DEGREE = (
    r"(?:degree|diploma|bachelor\S*|master\S*|ph\.?d\.?|doctorate|mba|ba/bs|bs|ba|b\.?tech|ms|msc|bsc"
    r"|m\.s\.|b\.s\.|graduate|graduation|equivalent)"
)
_STOP = (
    r"(?=\s*,?\s*(?:or|and)\s+(?:an?\s+)?(?:equivalent|related|similar|relevant|other|comparable"
    r"|commensurate|work)\b|\s*,?\s*(?:an?\s+)?(?:related|equivalent|similar|relevant)\b|\s+with\b"
    r"|\s+from\b|\s+and\s+\d|\s+(?:is\s+)?(?:required|preferred|mandatory)\b|[.;()\n]|$)"
)
#: Behind a degree: "in Computer Science, Mathematics or a related field".
_FIELDS = re.compile(
    rf"{_DEGREE}\s*\)?\s*(?:in|of)\s+(?P<fields>[^.;()\n]+?){_STOP}", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*(?:,|/|\band/or\b|\bor\b|;)\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|and|either)\b\s*", re.IGNORECASE)
_NO_FIELD = re.compile(
    r"\b(?:degree|field|related|relevant|equivalent|discipline|subject|technical|quantitative|area"
    r"|similar|experience|years?|any|university|preferred|master\w*|phd|mba|program)\b",
    re.IGNORECASE,
)
_OR_EXPERIENCE = re.compile(
    r"\bor (?:\w+ ){0,3}(?:equivalent )?(?:\w+ ){0,2}experience\b", re.IGNORECASE
)
_LONGEST_FIELD = 5


@dataclass(frozen=True, slots=True)
class DegreeAsked:
    """The lowest level that is enough, and the fields, any of which is enough.

    ``spans`` are where the fields stand; ``or_experience``: experience may stand in for the degree.
    """

    level: str
    fields: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    or_experience: bool


def degree_in(text: str) -> DegreeAsked | None:
    """The degree asked for, or None."""
    level = next((name for name, pattern in _LEVEL if pattern.search(text)), None)
    if level is None:
        return None
    found = list(_FIELDS.finditer(text))
    fields = [name for match in found for name in _names(match["fields"])]
    return DegreeAsked(
        level,
        tuple(dict.fromkeys(fields)),
        tuple(match.span("fields") for match in found),
        _OR_EXPERIENCE.search(text) is not None,
    )


def _names(listed: str) -> list[str]:
    """Fields of study without "or a related field"."""
    parts = [_ARTICLE.sub("", part.strip()) for part in _SEPARATOR.split(listed)]
    return [
        part
        for part in parts
        if part and len(part.split()) <= _LONGEST_FIELD and not _NO_FIELD.search(part)
    ]
