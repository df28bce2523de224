"""What scoring may know about a resume, prepared once, so that a job is scored in microseconds.

Nothing personal gets in: no name, address, e-mail, photo, birth date, gender, nationality, marital
status and no school. The criteria see the profile only, so they cannot use what is not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resume_processor.resume.parsed_resume import ParsedResume
from resume_processor.scoring.months import Stretch, month_of, stretch_of
from resume_processor.scoring.statements import Place, Unit, entries_of, spaced, units_of
from resume_processor.scoring.stuffing import without_repeats
from resume_processor.scoring.title_match import trade_of
from resume_processor.skills.taxonomy_file import load_taxonomy


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
    warnings: tuple[str, ...]
    skills: Mapping[int, tuple[int, ...]]  #: concept → numbers of units that name it


#: Grows when the profile of the same resume changes.
PROFILE_VERSION = "1"


def profile_version() -> str:
    """Of the profile's making and of the taxonomy: another one means that it must be made again."""
    return f"{PROFILE_VERSION}/{load_taxonomy().version}"


def profile_of(parsed: ParsedResume, as_of: str | None = None) -> Profile:
    """The profile of a parsed resume.

    ``as_of`` (``YYYY-MM``) is when open jobs are taken to last to; None: the date that its facts
    were counted to, or else the latest date that the resume itself names. No clock is read.
    """
    resume = parsed.resume
    until = as_of or parsed.facts.as_of
    latest = month_of(until) if until else _latest_month(resume)
    work = tuple(_work(resume, latest, parsed.facts.ongoing))
    dated = {number for number, entry in enumerate(work) if entry.stretch is not None}
    units, warnings = without_repeats(units_of(resume), dated)
    return Profile(
        version=profile_version(),
        as_of=latest,
        label=(resume.get("basics") or {}).get("label") or "",
        units=units,
        work=work,
        schooling=tuple(_schooling(resume)),
        languages=tuple(_languages(resume)),
        highest_degree=parsed.facts.highest_degree,
        document_language=parsed.facts.language,
        warnings=warnings,
        skills=skills_in(units),
    )


def skills_in(units: Iterable[Unit]) -> dict[int, tuple[int, ...]]:
    """Which units name a skill."""
    found: dict[int, list[int]] = {}
    for number, unit in enumerate(units):
        for skill in unit.skills:
            found.setdefault(skill, []).append(number)
    return {skill: tuple(found[skill]) for skill in sorted(found)}


def _latest_month(resume: Mapping[str, Any]) -> int | None:
    """The latest date of dated entries."""
    months = [
        month_of(entry.get(name))
        for section in ("work", "education", "projects", "volunteer", "certificates")
        for _, entry in entries_of(resume, section)
        for name in ("startDate", "endDate", "date")
    ]
    return max((month for month in months if month is not None), default=None)


def _work(
    resume: Mapping[str, Any], as_of: int | None, ongoing: Sequence[str] | None
) -> Iterator[WorkEntry]:
    for pointer, entry in entries_of(resume, "work"):
        title = entry.get("position") or ""
        start, end = entry.get("startDate"), entry.get("endDate")
        if ongoing is not None and pointer not in ongoing:
            # An end left unsaid is not the present: no more than its start is shown.
            end = end or start
        stretch = stretch_of(start, end, as_of)
        yield WorkEntry(pointer, title, trade_of(title), stretch)


def _schooling(resume: Mapping[str, Any]) -> Iterator[Schooling]:
    for pointer, entry in entries_of(resume, "education"):
        words = " ".join(entry.get(name) or "" for name in ("studyType", "area"))
        yield Schooling(pointer, spaced(words), month_of(entry.get("endDate")))


def _languages(resume: Mapping[str, Any]) -> Iterator[Spoken]:
    for pointer, entry in entries_of(resume, "languages"):
        yield Spoken(pointer, entry.get("language") or "", entry.get("fluency") or "")


def is_dated_work(unit: Unit, profile: Profile) -> bool:
    """Whether a statement stands in a job with dates: the evidence that can be checked."""
    return unit.place is Place.WORK and profile.work[unit.entry].stretch is not None
