"""Criterion "education": the level of the highest degree, and its field. Never the school."""

from __future__ import annotations

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.months import in_words, months_in
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.score import DEGREE_LEVELS, Finding, Requirement
from resume_processor.scoring.statements import spaced

#: What one level below still says.
ONE_BELOW = 400
#: So many months of work stand in for a degree, where the job allows for it.
INSTEAD_OF_DEGREE = 48


def education(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """A line for the level and one for the field, as far as the job asks for them."""
    lines = []
    if plan.job.degree_level in DEGREE_LEVELS:
        lines.append(_level(plan, profile))
    if plan.job.fields_of_study:
        lines.append(_field(plan.job.fields_of_study, profile))
    return tuple(lines)


def _level(plan: JobPlan, profile: Profile) -> Assessment:
    asked, source = plan.job.degree_level or "", plan.job.degree_source
    pointers = tuple(one.pointer for one in profile.schooling)
    by_work = _experience_instead(plan, profile)
    if by_work is not None:
        return by_work
    finding, quality, because = _compared(asked, profile.highest_degree)
    must = plan.job.degree_required
    return Assessment(asked, finding, quality, because, pointers, source, must=must)


def _compared(asked: str, held: str | None) -> tuple[Finding, int, str]:
    if held not in DEGREE_LEVELS:
        return Finding.UNKNOWN, 0, "the resume names no degree"
    short = DEGREE_LEVELS.index(asked) - DEGREE_LEVELS.index(held)
    because = f"highest degree: {held}"
    if short <= 0:
        return Finding.MET, FULL, because
    if short == 1:
        return Finding.PARTLY, ONE_BELOW, because
    return Finding.MISSING, 0, because


def _experience_instead(plan: JobPlan, profile: Profile) -> Assessment | None:
    """Years of work in place of a degree, where the job says "or equivalent experience"."""
    held = profile.highest_degree
    asked = plan.job.degree_level or ""
    has_it = held in DEGREE_LEVELS and DEGREE_LEVELS.index(held) >= DEGREE_LEVELS.index(asked)
    months = months_in(one.stretch for one in profile.work if one.stretch is not None)
    if has_it or not plan.job.degree_or_experience or months < INSTEAD_OF_DEGREE:
        return None
    because = f"{in_words(months)} of work in place of it"
    pointers = tuple(one.pointer for one in profile.work if one.stretch is not None)
    source, must = plan.job.degree_source, plan.job.degree_required
    return Assessment(asked, Finding.IMPLIED, FULL, because, pointers, source, must=must)


def _field(fields: tuple[Requirement, ...], profile: Profile) -> Assessment:
    """One of several fields is enough; where one of them is a must, all of them are its options."""
    names = ", ".join(one.name for one in fields)
    finding, quality, because, pointers = _studied(fields, profile)
    must = any(one.required for one in fields)
    return Assessment(names, finding, quality, because, pointers, fields[0].source, must=must)


def _studied(
    fields: tuple[Requirement, ...], profile: Profile
) -> tuple[Finding, int, str, tuple[str, ...]]:
    if not profile.schooling:
        return Finding.UNKNOWN, 0, "the resume names no studies", ()
    for field in fields:
        phrase = spaced(field.name)
        for one in profile.schooling:
            if phrase in one.stems:
                return Finding.MET, FULL, f"studied {field.name}", (one.pointer,)
    return Finding.MISSING, 0, "another field of study", ()
