"""Criterion "title": whether the candidate held such a job."""

from __future__ import annotations

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.criteria.skill_evidence import recency
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.score import Finding
from resume_processor.scoring.title_match import likeness

#: From here on two titles are the same job.
SAME = 800
#: Below this a likeness is chance.
ALIKE = 400


def title(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """One line: the best match of any held title with any of the titles asked for."""
    if not plan.titles:
        return ()
    asked = plan.job.title or ""
    held = [(entry.pointer + "/position", entry.title, entry.title_stems, entry.stretch)
            for entry in profile.work if entry.title]  # fmt: skip
    if not held:
        return (Assessment(asked, Finding.UNKNOWN, 0, "the resume names no job title", (), asked),)
    found = [
        (
            max(likeness(stems, title_stems) for _, stems in plan.titles)
            * recency(stretch.last if stretch else None, profile.as_of) // FULL,
            pointer,
            name,
        )
        for pointer, name, title_stems, stretch in held
    ]  # fmt: skip
    quality, pointer, name = max(found, key=lambda one: one[0])
    if quality < ALIKE:
        return (Assessment(asked, Finding.MISSING, 0, "no such title held", (), asked),)
    finding = Finding.MET if quality >= SAME else Finding.PARTLY
    return (Assessment(asked, finding, quality, f"worked as {name}", (pointer,), asked),)
