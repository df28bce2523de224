"""Where the candidate lives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resume_processor.parsing.fields.locations import find_location
from resume_processor.parsing.labels import labelled, names
from resume_processor.parsing.passage import Passage, passage_of
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import Found, LabelledLine, LocationDraft

_ADDRESS = (
    "address",
    "adresse",
    "dirección",
    "direccion",
    "endereço",
    "location",
    "residence",
    "adres",
    "current location",
    "wohnort",
)
_FOREIGN_LABELS = re.compile(
    r"place of birth|birth ?place|nationality|passport|visa|father|place$", re.IGNORECASE
)
_POSTAL = re.compile(
    r"(?<!\d)(?:pin(?:\s*code)?\W{0,3}|zip\W{0,3}|-\s*)?(?P<code>\d{6}|\d{3} \d{3}|\d{5})(?!\d)",
    re.IGNORECASE,
)


def find_home(lines: Sequence[LabelledLine]) -> LocationDraft:
    """The first place behind a label "Address", else the first one of the header."""
    header = [line for line in lines if line.kind is SectionKind.HEADER]
    for group in (header, [line for line in lines if line.kind is SectionKind.PERSONAL]):
        home = _labelled_home(group)
        if home is not None:
            return home
        if group is header:
            home = _first_home(header)
            if home is not None:
                return home
    return LocationDraft()


def _labelled_home(lines: Sequence[LabelledLine]) -> LocationDraft | None:
    """The place in a line labelled as the address, or in the four lines after it."""
    for index, line in enumerate(lines):
        label = labelled(passage_of(line))
        if label and names(label.label, _ADDRESS) and not _FOREIGN_LABELS.search(label.label):
            for near in lines[index : index + 5]:
                home = _home(passage_of(near))
                if home is not None:
                    return home
    return None


def _first_home(lines: Sequence[LabelledLine]) -> LocationDraft | None:
    for line in lines:
        label = labelled(passage_of(line))
        if label and _FOREIGN_LABELS.search(label.label):
            continue
        home = _home(passage_of(line))
        if home is not None:
            return home
    return None


def _home(passage: Passage) -> LocationDraft | None:
    place = find_location(passage.text)
    if place is None or (
        place.city is None and place.region is None and place.country_code is None
    ):
        return None
    part = passage.cut(place.start, place.end)

    def value(text: str | None) -> Found | None:
        return part.valued(text, "location.lexicon", 0.75) if text else None

    postal = _POSTAL.search(passage.text)
    return LocationDraft(
        city=value(place.city),
        region=value(place.region),
        country_code=value(place.country_code),
        postal_code=passage.found("location.postal", 0.8, span=postal.span("code"))
        if postal
        else None,
    )
