"""A record as a page shows it: sections of entries of values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from resume_processor.resume.values import ReadValue

#: Sections in the order in which people look for them, with their titles.
SECTIONS = {
    "basics": "Person and contact",
    "work": "Work",
    "education": "Education",
    "skills": "Skills",
    "languages": "Languages",
    "certificates": "Certificates",
    "projects": "Projects",
    "publications": "Publications",
    "awards": "Awards",
    "volunteer": "Volunteering",
    "interests": "Interests",
    "references": "References",
    "personal": "Civil status (never scored)",
}

#: Names of keys that need other words than their own.
LABELS = {
    "studyType": "Degree",
    "area": "Field",
    "startDate": "Start",
    "endDate": "End",
    "releaseDate": "Published",
    "countryCode": "Country",
    "postalCode": "Postcode",
    "maritalStatus": "Marital status",
    "birthDate": "Born",
    "label": "Headline",
    "url": "Web address",
    "email": "E-mail",
    "organization": "Organisation",
}
_LABELS_IN = {("work", "name"): "Employer", ("education", "institution"): "School"}

#: From this confidence on a value is most likely right, and from that on it may be.
SURE, LIKELY = 0.9, 0.7

#: Values that stand side by side instead of one a line.
_CHIPS = re.compile(r"^/(skills|interests)/\d+/(name|keywords/\d+)$|/keywords/\d+$")


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value with its label; ``level`` is how sure it is, in one word."""

    value: ReadValue
    label: str
    level: str
    chip: bool

    @property
    def pointer(self) -> str:
        """Where it stands in the record."""
        return self.value.pointer


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its entries, each a list of values."""

    name: str
    title: str
    entries: Sequence[Sequence[ShownValue]]

    @property
    def chips(self) -> bool:
        """Whether all of it is short and stands side by side."""
        return all(value.chip for entry in self.entries for value in entry)


def shown(value: ReadValue) -> ShownValue:
    """A value as it is shown."""
    return ShownValue(
        value, label_of(value.pointer), level_of(value), bool(_CHIPS.search(value.pointer))
    )


def sections_of(values: Iterable[ReadValue]) -> list[Section]:
    """The sections that hold anything, each entry's values together."""
    by_section: dict[str, list[ReadValue]] = {}
    for value in values:
        by_section.setdefault(value.pointer.split("/")[1], []).append(value)
    known = [name for name in SECTIONS if name in by_section]
    others = [name for name in by_section if name not in SECTIONS]
    return [
        Section(name, SECTIONS.get(name, name.capitalize()), _entries(by_section[name]))
        for name in (*known, *others)
    ]


def _entries(values: list[ReadValue]) -> list[list[ShownValue]]:
    in_order = sorted(values, key=_entry)
    return [[shown(value) for value in entry] for _, entry in groupby(in_order, key=_entry)]


def _entry(value: ReadValue) -> int:
    """The number of the entry in its section; 0 in sections that are one entry."""
    steps = value.pointer.split("/")
    return int(steps[2]) if len(steps) > 2 and steps[2].isdigit() else 0


def label_of(pointer: str) -> str:
    """What a value is called."""
    steps = pointer.split("/")[1:]
    keys = [step for step in steps if not step.isdigit()]
    last = keys[-1]
    special = _LABELS_IN.get((keys[0], last)) or LABELS.get(last)
    if special:
        return special
    if steps[-1].isdigit():
        return last.removesuffix("s").capitalize()
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last).capitalize()


def level_of(value: ReadValue) -> str:
    """How sure a value is: ``said`` by a person, ``sure``, ``likely``, ``doubtful``."""
    if value.correction is not None:
        return "said"
    if value.confidence is None or value.confidence < LIKELY:
        return "doubtful"
    return "sure" if value.confidence >= SURE and not value.doubts else "likely"


#: What people add most often where it was missed: pointer, or its beginning for one more entry.
ADDABLE = (
    ("/basics/name", "Name"),
    ("/basics/label", "Headline"),
    ("/basics/email", "E-mail"),
    ("/basics/phone", "Phone"),
    ("/basics/location/city", "City"),
    ("/skills/+/name", "One more skill"),
    ("/languages/+/language", "One more language"),
    ("/certificates/+/name", "One more certificate"),
    ("/work/+/name", "One more employer"),
    ("/education/+/institution", "One more school"),
)


def addable(values: Sequence[ReadValue]) -> list[tuple[str, str]]:
    """(pointer, label) of what a person may add to this record."""
    there = {value.pointer for value in values}
    counts: dict[str, int] = {}
    for value in values:
        steps = value.pointer.split("/")
        counts[steps[1]] = max(counts.get(steps[1], 0), _entry(value) + 1)
    offered = [
        (pointer.replace("+", str(counts.get(pointer.split("/")[1], 0))), label)
        for pointer, label in ADDABLE
    ]
    return [(pointer, label) for pointer, label in offered if pointer not in there]
