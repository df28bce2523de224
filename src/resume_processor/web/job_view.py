"""A job as a page shows it: what was read, from which words, and how a person changes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from resume_processor.scoring.criteria.registry import CRITERIA
from resume_processor.scoring.score import DEGREE_LEVELS

#: Lists of single requirements, with what one of them is called.
LISTS = {
    "skills": "Skill",
    "languages": "Language",
    "certificates": "Certificate",
    "fields_of_study": "Field of study",
}

#: What a requirement can be turned into.
MUST, NICE, OFF = "must", "nice", "off"

MONTHS = 12
#: Most skills that are added at once.
MOST_ADDED = 50
#: Most years that a job may ask for.
MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement: its place in the form, and where in the text its words stand."""

    field: str  #: name of its form field, as ``skills-0``
    kind: str
    name: str
    need: str  #: MUST or NICE
    source: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the advertisement; ``fields`` name the requirements read from it."""

    text: str
    fields: str = ""


def asked_of(requirements: Mapping[str, Any]) -> list[Asked]:
    """The single requirements, must-haves first in each kind."""
    found = [
        Asked(
            f"{key}-{place}",
            kind,
            " or ".join([one["name"], *one.get("alternatives", ())]),
            MUST if one.get("required", True) else NICE,
            one.get("source", ""),
        )
        for key, kind in LISTS.items()
        for place, one in enumerate(requirements.get(key, ()))
    ]
    order = list(LISTS.values())
    return sorted(found, key=lambda one: (order.index(one.kind), one.need != MUST))


def weights_of(requirements: Mapping[str, Any]) -> list[tuple[str, int]]:
    """(criterion, weight) in the order of the ledger."""
    said = requirements.get("weights", {})
    return [(one.kind.value, int(said.get(one.kind.value, one.weight))) for one in CRITERIA]


def pieces_of(text: str, requirements: Mapping[str, Any]) -> list[Piece]:
    """The advertisement in order, with the words that requirements were read from apart."""
    spans: dict[tuple[int, int], list[str]] = {}
    sources = [(one.field, one.source) for one in asked_of(requirements)]
    sources += [
        ("years", requirements.get("experience_source", "")),
        ("degree", requirements.get("degree_source", "")),
    ]
    for field, source in sources:
        if span := _found(text, source):
            spans.setdefault(span, []).append(field)
    return list(_pieces(text, spans))


def _found(text: str, source: str) -> tuple[int, int] | None:
    """Where the words stand, however they are broken into lines."""
    words = [re.escape(word) for word in source.split()]
    match = re.search(r"\s+".join(words), text) if words else None
    return match.span() if match else None


def _pieces(text: str, spans: Mapping[tuple[int, int], Sequence[str]]) -> list[Piece]:
    """Stretches between all ends of spans; each names every span over it."""
    ends = sorted({0, len(text), *(end for span in spans for end in span)})
    pieces = []
    for start, end in pairwise(ends):
        over = [
            field
            for (first, last), fields in spans.items()
            if first <= start and end <= last
            for field in fields
        ]
        pieces.append(Piece(text[start:end], " ".join(over)))
    return pieces


def changed(requirements: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
    """The requirements as the form says; what it does not know of stays."""
    lists = {
        key: [
            {**one, "required": form.get(f"{key}-{place}") != NICE}
            for place, one in enumerate(requirements.get(key, ()))
            if form.get(f"{key}-{place}") != OFF
        ]
        for key in LISTS
    }
    for name in re.split(r"[,;\n]", form.get("more_skills", ""))[:MOST_ADDED]:
        if name.strip():
            lists["skills"].append({"name": name.strip()[:300], "required": True})
    level = form.get("degree_level", "")
    return {
        **requirements,
        **lists,
        "months_of_experience": _months(form.get("years", "")),
        "degree_level": level if level in DEGREE_LEVELS else None,
        "weights": {
            kind: int(form[f"weight-{kind}"])
            for kind, _ in weights_of(requirements)
            if form.get(f"weight-{kind}", "").isdigit()
        },
    }


def _months(years: str) -> int | None:
    try:
        number = float(years)
    except ValueError:
        return None
    return round(min(max(number, 0), MOST_YEARS) * MONTHS)
