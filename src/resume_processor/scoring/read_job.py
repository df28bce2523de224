"""Reading what a job asks for out of an advertisement."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from resume_processor.scoring.reading.job_certificates import certificates_in
from resume_processor.scoring.reading.job_degrees import degree_in
from resume_processor.scoring.reading.job_headings import About
from resume_processor.scoring.reading.job_languages import languages_in
from resume_processor.scoring.reading.job_lines import Statement, statements_of
from resume_processor.scoring.reading.job_seniority import seniority_in
from resume_processor.scoring.reading.job_skills import skills_in
from resume_processor.scoring.reading.job_title import occupation_of, title_in
from resume_processor.scoring.reading.job_years import times_in
from resume_processor.scoring.score import DEGREE_LEVELS, JobRequirements, Requirement


def read_job(text: str) -> JobRequirements:
    """What a job asks for, each requirement with the words it was read from.

    Statements below "preferred" headings or with such words are nice to have, all others that ask
    for something are a must. The duties are asked for skills only where nothing else names any.
    Nothing is made up: an empty text asks for nothing.
    """
    title = title_in(text)
    asking = [one for one in statements_of(text) if one.about is not About.OTHER and not one.first]
    months, experience_required, experience_source = _experience(asking)
    level, degree_required, degree_source = _degree(asking)
    degree = degree_in(degree_source)
    seniority, seniority_source = seniority_in(title, asking)
    return JobRequirements(
        title=title,
        skills=skills_in(asking),
        months_of_experience=months,
        experience_required=experience_required,
        experience_source=experience_source,
        degree_level=level,
        degree_required=degree_required,
        degree_source=degree_source,
        fields_of_study=_fields(asking),
        languages=_named(asking, languages_in),
        certificates=_named(asking, certificates_in),
        seniority=seniority,
        occupation=None if title is None else occupation_of(title),
        seniority_source=seniority_source,
        degree_or_experience=degree is not None and degree.or_experience,
    )


def _experience(asking: Sequence[Statement]) -> tuple[int | None, bool, str]:
    """The longest time that is a must; else the longest that is preferred."""
    for musts in (True, False):
        found = [
            (time.months, one.text)
            for one in asking
            if (one.about is not About.PREFERRED) is musts
            for time in times_in(one.text)
        ]
        if found:
            longest, source = max(found, key=lambda one: one[0])
            return longest, musts, source
    return None, True, ""


def _degree(asking: Sequence[Statement]) -> tuple[str | None, bool, str]:
    """The lowest degree that is a must; else the lowest that is preferred."""
    for musts in (True, False):
        found = [
            (DEGREE_LEVELS.index(degree.level), one.text)
            for one in asking
            if one.about is not About.DUTIES and (one.about is not About.PREFERRED) is musts
            if (degree := degree_in(one.text)) is not None
        ]
        if found:
            level, source = min(found, key=lambda one: one[0])
            return DEGREE_LEVELS[level], musts, source
    return None, True, ""


def _fields(asking: Sequence[Statement]) -> tuple[Requirement, ...]:
    found: dict[str, Requirement] = {}
    for one in asking:
        degree = None if one.about is About.DUTIES else degree_in(one.text)
        for name in degree.fields if degree else ():
            must = one.about is not About.PREFERRED
            found.setdefault(name.lower(), Requirement(name, required=must, source=one.text))
    return tuple(found.values())


def _named(
    asking: Sequence[Statement], find: Callable[[str], tuple[str, ...]]
) -> tuple[Requirement, ...]:
    """What a finder finds, once each; a must where any statement makes it one."""
    found: dict[str, Requirement] = {}
    for one in asking:
        if one.about is About.DUTIES:
            continue
        for name in find(one.text):
            must = one.about is not About.PREFERRED
            known = found.get(name)
            if known is None or (must and not known.required):
                found[name] = Requirement(name, required=must, source=one.text)
    return tuple(found.values())
