"""Criterion "languages": languages that the job asks for."""

from __future__ import annotations

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.score import Finding, Requirement
from resume_processor.skills.tokens import form_of

#: The resume is written in it, but does not speak of it.
WRITTEN_IN_IT = 700
#: Names of languages by the code of the document's language.
NAMES = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "pt": "portuguese",
    "it": "italian", "nl": "dutch", "pl": "polish", "zh": "chinese",
}  # fmt: skip


def languages(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """A line for each language."""
    return tuple(_assess(one, profile) for one in plan.job.languages)


def _assess(asked: Requirement, profile: Profile) -> Assessment:
    name = form_of(asked.name)
    for one in profile.languages:
        if form_of(one.language) == name:
            because = f"speaks it{f': {one.fluency}' if one.fluency else ''}"
            return Assessment(asked.name, Finding.MET, FULL, because, (one.pointer,), asked.source)
    if NAMES.get(profile.document_language or "") == name:
        because = "the resume is written in it"
        return Assessment(asked.name, Finding.PARTLY, WRITTEN_IN_IT, because, (), asked.source)
    finding = Finding.MISSING if profile.languages else Finding.UNKNOWN
    because = "not among the languages" if profile.languages else "the resume names no languages"
    return Assessment(asked.name, finding, 0, because, (), asked.source)
