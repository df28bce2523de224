"""The values of a resume that count as statements about what somebody can do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from resume_processor.skills.find_skills import find_skills
from resume_processor.skills.stems import stems_of

_WORDS = re.compile(r"\w+")


class Place(StrEnum):
    """Where in the resume something was said; what is shown in dated work counts most."""

    WORK = "work"
    PROJECT = "project"
    CREDENTIAL = "credential"  #: education, certificates, awards, publications
    SUMMARY = "summary"
    LIST = "list"  #: only named in a list of skills


class Unit(NamedTuple):
    """One value of the resume: its stems with spaces around each, and the skills named in it.

    ``most`` is how often the skill that is named most is named.
    """

    pointer: str
    place: Place
    entry: int  #: number of the work entry, or -1
    stems: str
    skills: tuple[int, ...]
    most: int = 1


#: Values that count as text, by section: the place they stand for. No name, no school, no address.
_TEXTS: tuple[tuple[str, Place, tuple[str, ...]], ...] = (
    ("work", Place.WORK, ("position", "name", "summary", "highlights")),
    ("volunteer", Place.PROJECT, ("position", "summary", "highlights")),
    ("projects", Place.PROJECT, ("name", "description", "highlights", "keywords", "roles")),
    ("education", Place.CREDENTIAL, ("area", "studyType", "courses")),
    ("certificates", Place.CREDENTIAL, ("name",)),
    ("awards", Place.CREDENTIAL, ("title", "summary")),
    ("publications", Place.CREDENTIAL, ("name", "summary")),
    ("skills", Place.LIST, ("name", "keywords")),
    ("interests", Place.LIST, ("name", "keywords")),
)


def entries_of(resume: Mapping[str, Any], section: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The entries of a section with their JSON Pointers."""
    for number, entry in enumerate(resume.get(section) or ()):
        yield f"/{section}/{number}", entry


def units_of(resume: Mapping[str, Any]) -> tuple[Unit, ...]:
    """All statements in the order of the sections above, the candidate's own name cut out."""
    return tuple(_units(resume, _masked(resume)))


def _masked(resume: Mapping[str, Any]) -> re.Pattern[str] | None:
    """The whole name of the candidate: a Jasmine Swift must not be taken to know Swift."""
    words = _WORDS.findall((resume.get("basics") or {}).get("name") or "")
    return re.compile(r"\b" + r"\W+".join(words) + r"\b", re.IGNORECASE) if words[1:] else None


def _units(resume: Mapping[str, Any], name: re.Pattern[str] | None) -> Iterator[Unit]:
    for pointer, text, place, entry in _values(resume):
        yield _unit(pointer, name.sub(" ", text) if name else text, place, entry)


def _values(resume: Mapping[str, Any]) -> Iterator[tuple[str, str, Place, int]]:
    basics = resume.get("basics") or {}
    for key in ("label", "summary"):
        if basics.get(key):
            yield f"/basics/{key}", basics[key], Place.SUMMARY, -1
    for section, place, keys in _TEXTS:
        for number, (pointer, entry) in enumerate(entries_of(resume, section)):
            at = number if place is Place.WORK else -1
            for where, text in _texts(pointer, entry, keys):
                yield where, text, place, at


def _texts(
    pointer: str, entry: Mapping[str, Any], keys: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for key in keys:
        value = entry.get(key)
        if isinstance(value, str) and value:
            yield f"{pointer}/{key}", value
        elif isinstance(value, list):
            yield from ((f"{pointer}/{key}/{n}", text) for n, text in enumerate(value) if text)


def _unit(pointer: str, text: str, place: Place, entry: int) -> Unit:
    # an employer's name is text for a job that names it, but it is no skill (Spring Ltd)
    is_employer = place is Place.WORK and pointer.endswith("/name")
    found = Counter() if is_employer else Counter(span.number for span in find_skills(text))
    most = max(found.values(), default=0)
    return Unit(pointer, place, entry, spaced(text), tuple(sorted(found)), most)


def said_in(units: Iterable[Unit]) -> str:
    """All statements in one text: what one of them holds is in it.

    No phrase reaches from one into the next: between two of them stand two spaces.
    """
    return "".join([unit.stems for unit in units])


@lru_cache(maxsize=4096)
def spaced(text: str) -> str:
    """Stems with a space around each: ``" team manag "``; a phrase is found with ``in``."""
    return f" {' '.join(stems_of(text))} "
