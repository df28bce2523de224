"""Criterion "languages": languages that the job asks for."""

from __future__ import annotations

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.language_names import english_name, name_of_code
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.score import Finding, Requirement

#: The resume is written in it, but does not speak of it.
WRITTEN_IN_IT = 700


def languages(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """A line for each language."""
    return tuple(_assess(one, profile) for one in plan.job.languages)


def languages_of(profile: Profile) -> tuple[str, ...]:
    """English names in lower case: what is spoken, and what the resume is written in."""
    spoken = [english_name(one.language) for one in profile.languages]
    written = name_of_code(profile.document_language)
    return tuple(sorted({name for name in (*spoken, written) if name}))


def _assess(asked: Requirement, profile: Profile) -> Assessment:
    finding, quality, because, pointers = _found(english_name(asked.name), profile)
    return Assessment(
        asked.name, finding, quality, because, pointers, asked.source, must=asked.required
    )


def _found(name: str, profile: Profile) -> tuple[Finding, int, str, tuple[str, ...]]:
    for one in profile.languages:
        if english_name(one.language) == name:
            because = f"speaks it{f': {one.fluency}' if one.fluency else ''}"
            return Finding.MET, FULL, because, (one.pointer,)
    if name_of_code(profile.document_language) == name:
        return Finding.IMPLIED, WRITTEN_IN_IT, "the resume is written in it", ()
    if profile.languages:
        return Finding.MISSING, 0, "not among the languages", ()
    return Finding.UNKNOWN, 0, "the resume names no languages", ()
