"""Criterion "education": the level of the highest degree, and its field. Never the school."""

from __future__ import annotations

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile, spaced
from resume_processor.scoring.score import DEGREE_LEVELS, Finding, Requirement

#: What one level below still says.
ONE_BELOW = 400


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
    if profile.highest_degree not in DEGREE_LEVELS:
        return Assessment(asked, Finding.UNKNOWN, 0, "the resume names no degree", pointers, source)
    short = DEGREE_LEVELS.index(asked) - DEGREE_LEVELS.index(profile.highest_degree)
    because = f"highest degree: {profile.highest_degree}"
    if short <= 0:
        return Assessment(asked, Finding.MET, FULL, because, pointers, source)
    if short == 1:
        return Assessment(asked, Finding.PARTLY, ONE_BELOW, because, pointers, source)
    return Assessment(asked, Finding.MISSING, 0, because, pointers, source)


def _field(fields: tuple[Requirement, ...], profile: Profile) -> Assessment:
    """One of several fields is enough."""
    names = ", ".join(one.name for one in fields)
    source = fields[0].source
    if not profile.schooling:
        return Assessment(names, Finding.UNKNOWN, 0, "the resume names no studies", (), source)
    for field in fields:
        phrase = spaced(field.name)
        for one in profile.schooling:
            if phrase in one.stems:
                because = f"studied {field.name}"
                return Assessment(names, Finding.MET, FULL, because, (one.pointer,), source)
    return Assessment(names, Finding.MISSING, 0, "another field of study", (), source)
