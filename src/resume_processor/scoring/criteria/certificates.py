"""Criterion "certificates": certificates that the job asks for."""

from __future__ import annotations

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.score import Finding, Requirement
from resume_processor.scoring.statements import Place, spaced

#: Named somewhere else than among the certificates.
NAMED_ELSEWHERE = 600


def certificates(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """A line for each certificate."""
    return tuple(_assess(one, profile) for one in plan.job.certificates)


def _assess(asked: Requirement, profile: Profile) -> Assessment:
    words = [
        f" {stem} "
        for stem in spaced(asked.name).split()
        if not stem.startswith(("certif", "licen"))
    ]
    holding = [u for u in profile.units if words and all(word in u.stems for word in words)]
    held = [unit for unit in holding if unit.pointer.startswith("/certificates/")]
    if held:
        pointers = (held[0].pointer,)
        return Assessment(asked.name, Finding.MET, FULL, "held", pointers, asked.source)
    named = [unit for unit in holding if unit.place is not Place.LIST]
    if named:
        because = "named, but not among the certificates"
        pointers = (named[0].pointer,)
        return Assessment(
            asked.name, Finding.PARTLY, NAMED_ELSEWHERE, because, pointers, asked.source
        )
    return Assessment(asked.name, Finding.MISSING, 0, "not found in the resume", (), asked.source)
