"""What the labels inside an entry's head name: "Company:", "Designation:", "Duration:"."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from resume_processor.parsing.labels import names


class HeadRole(StrEnum):
    """The parts of a head."""

    ORGANISATION = "organisation"
    TITLE = "title"
    DATES = "dates"
    LOCATION = "location"


_WORDS: tuple[tuple[HeadRole, tuple[str, ...]], ...] = (
    (
        HeadRole.TITLE,
        (
            "designation",
            "position",
            "job title",
            "title",
            "post(?: held)?",
            "desi?gi?nation",
            "worked as",
            "working as",
            "poste",
            "fonction",
            "cargo",
            "puesto",
            "stanowisko",
        ),
    ),
    (
        HeadRole.DATES,
        (
            "duration",
            "period",
            "tenure",
            "dates?",
            "from",
            "since",
            "durée",
            "période",
            "zeitraum",
            "dauer",
            "periodo",
            "período",
            "duración",
            "okres",
            "year",
            "work period",
        ),
    ),
    (
        HeadRole.ORGANISATION,
        (
            "company(?: name)?",
            "organi[sz]ation",
            "employer",
            "name of (?:the )?(?:company|organi[sz]ation|employer)",
            "firm",
            "entreprise",
            "société",
            "firma",
            "unternehmen",
            "arbeitgeber",
            "empresa",
            "pracodawca",
        ),
    ),
    (
        HeadRole.LOCATION,
        ("location", "place", "city", "lieu", "ort", "ubicación", "lugar", "local"),
    ),
)
#: Longer labels are sentences.
_MOST_WORDS = 5


@lru_cache(maxsize=4096)
def role_of_label(label: str) -> HeadRole | None:
    """The part of the head that the label names; None for every other label."""
    if len(label.split()) > _MOST_WORDS:
        return None
    for role, words in _WORDS:
        if names(label, words):
            return role
    return None
