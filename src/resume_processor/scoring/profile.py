"""What scoring may know about a resume, prepared once, so that a job is scored in microseconds.

Nothing personal gets in: no name, address, e-mail, photo, birth date, gender, nationality, marital
status and no school. The criteria see the profile only, so they cannot use what is not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from resume_processor.resume.parsed_resume import ParsedResume
from resume_processor.scoring.months import Stretch, month_of, stretch_of
from resume_processor.scoring.title_match import trade_of
from resume_processor.skills.find_skills import find_skills
from resume_processor.skills.stems import stems_of
from resume_processor.skills.taxonomy_file import load_taxonomy


class Place(StrEnum):
    """Where in the resume something was said; what is shown in dated work counts most."""

    WORK = "work"
    PROJECT = "project"
    CREDENTIAL = "credential"  #: education, certificates, awards, publications
    SUMMARY = "summary"
    LIST = "list"  #: only named in a list of skills


@dataclass(frozen=True, slots=True)
class Unit:
    """One value of the resume: its stems with spaces around each, and the skills named in it."""

    pointer: str
    place: Place
    entry: int  #: number of the work entry, or -1
    stems: str
    skills: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """A job held. ``stretch`` is None where it is not dated."""

    pointer: str
    title: str
    trade: tuple[str, ...]
    stretch: Stretch | None


@dataclass(frozen=True, slots=True)
class Schooling:
    """A degree without the school."""

    pointer: str
    stems: str
    study_type: str
    finished: int | None  #: month


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language and how well, as the resume says it."""

    pointer: str
    language: str
    fluency: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that scoring knows. ``as_of`` is the month that open jobs are counted to."""

    version: str
    as_of: int | None
    label: str  #: the title over the resume
    units: tuple[Unit, ...]
    work: tuple[WorkEntry, ...]
    schooling: tuple[Schooling, ...]
    languages: tuple[Spoken, ...]
    highest_degree: str | None
    document_language: str | None
    skills: Mapping[int, tuple[int, ...]]  #: concept → numbers of units that name it


#: Grows when the profile of the same resume changes.
PROFILE_VERSION = "1"


def profile_of(parsed: ParsedResume, as_of: str | None = None) -> Profile:
    """The profile of a parsed resume.

    ``as_of`` (``YYYY-MM``) is when open jobs are taken to last to; None: the latest date that the
    resume itself names, so that the same resume scores the same for ever.
    """
    resume = parsed.resume
    latest = month_of(as_of) if as_of else _latest_month(resume)
    units = tuple(_units(resume))
    return Profile(
        version=f"{PROFILE_VERSION}/{load_taxonomy().version}",
        as_of=latest,
        label=(resume.get("basics") or {}).get("label") or "",
        units=units,
        work=tuple(_work(resume, latest)),
        schooling=tuple(_schooling(resume)),
        languages=tuple(_languages(resume)),
        highest_degree=parsed.facts.highest_degree,
        document_language=parsed.facts.language,
        skills=skills_in(units),
    )


def skills_in(units: Iterable[Unit]) -> dict[int, tuple[int, ...]]:
    """Which units name a skill."""
    found: dict[int, list[int]] = {}
    for number, unit in enumerate(units):
        for skill in unit.skills:
            found.setdefault(skill, []).append(number)
    return {skill: tuple(found[skill]) for skill in sorted(found)}


def _entries(resume: Mapping[str, Any], section: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, entry in enumerate(resume.get(section) or ()):
        yield f"/{section}/{number}", entry


def _latest_month(resume: Mapping[str, Any]) -> int | None:
    """The latest date of dated entries."""
    months = [
        month_of(entry.get(name))
        for section in ("work", "education", "projects", "volunteer", "certificates")
        for _, entry in _entries(resume, section)
        for name in ("startDate", "endDate", "date")
    ]
    return max((month for month in months if month is not None), default=None)


def _work(resume: Mapping[str, Any], as_of: int | None) -> Iterator[WorkEntry]:
    for pointer, entry in _entries(resume, "work"):
        title = entry.get("position") or ""
        stretch = stretch_of(entry.get("startDate"), entry.get("endDate"), as_of)
        yield WorkEntry(pointer, title, trade_of(title), stretch)


def _schooling(resume: Mapping[str, Any]) -> Iterator[Schooling]:
    for pointer, entry in _entries(resume, "education"):
        words = " ".join(entry.get(name) or "" for name in ("studyType", "area"))
        yield Schooling(
            pointer, spaced(words), entry.get("studyType") or "", month_of(entry.get("endDate"))
        )


def _languages(resume: Mapping[str, Any]) -> Iterator[Spoken]:
    for pointer, entry in _entries(resume, "languages"):
        yield Spoken(pointer, entry.get("language") or "", entry.get("fluency") or "")


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


def _units(resume: Mapping[str, Any]) -> Iterator[Unit]:
    basics = resume.get("basics") or {}
    for name in ("label", "summary"):
        if basics.get(name):
            yield _unit(f"/basics/{name}", basics[name], Place.SUMMARY, -1)
    for section, place, names in _TEXTS:
        for number, (pointer, entry) in enumerate(_entries(resume, section)):
            at = number if place is Place.WORK else -1
            for where, text in _texts(pointer, entry, names):
                yield _unit(where, text, place, at)


def _texts(
    pointer: str, entry: Mapping[str, Any], names: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for name in names:
        value = entry.get(name)
        if isinstance(value, str) and value:
            yield f"{pointer}/{name}", value
        elif isinstance(value, list):
            yield from ((f"{pointer}/{name}/{n}", text) for n, text in enumerate(value) if text)


def _unit(pointer: str, text: str, place: Place, entry: int) -> Unit:
    # an employer's name is text for a job that names it, but it is no skill (Spring Ltd)
    is_employer = place is Place.WORK and pointer.endswith("/name")
    skills = () if is_employer else sorted({span.number for span in find_skills(text)})
    return Unit(pointer, place, entry, spaced(text), tuple(skills))


@lru_cache(maxsize=4096)
def spaced(text: str) -> str:
    """Stems with a space before and after each: ``" team manag "``; a phrase is found with ``in``."""
    return f" {' '.join(stems_of(text))} "
