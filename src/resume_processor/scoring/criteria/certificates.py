"""Criterion "certificates": certificates that the job asks for."""

from __future__ import annotations

from functools import lru_cache

from resume_processor.scoring.assessment import Assessment
from resume_processor.scoring.job_plan import JobPlan
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.score import Finding, Requirement
from resume_processor.scoring.statements import Place, Unit, said_in, spaced

#: Named somewhere else than among the certificates.
NAMED_ELSEWHERE = 600


def certificates(plan: JobPlan, profile: Profile) -> tuple[Assessment, ...]:
    """A line for each certificate."""
    if not plan.job.certificates:
        return ()
    text = said_in(profile.units)
    return tuple(_assess(one, text, profile) for one in plan.job.certificates)


def _assess(asked: Requirement, text: str, profile: Profile) -> Assessment:
    words = _words_of(asked.name)
    holding: list[Unit] = []
    if words and all(word in text for word in words):  # else no value holds all of them
        holding = [unit for unit in profile.units if all(word in unit.stems for word in words)]
    held = [unit for unit in holding if unit.pointer.startswith("/certificates/")]
    named = [unit for unit in holding if unit.place is not Place.LIST]
    if held:
        finding, quality, because = Finding.MET, FULL, "held"
    elif named:
        finding, quality = Finding.PARTLY, NAMED_ELSEWHERE
        because = "named, but not among the certificates"
    else:
        finding, quality, because = Finding.MISSING, 0, "not found in the resume"
    pointers = tuple(unit.pointer for unit in (held or named)[:1])
    return Assessment(
        asked.name, finding, quality, because, pointers, asked.source, must=asked.required
    )


@lru_cache(maxsize=1024)
def _words_of(name: str) -> tuple[str, ...]:
    """The stems that must all stand in one value; that it is a certificate goes without saying."""
    stems = spaced(name).split()
    return tuple(f" {stem} " for stem in stems if not stem.startswith(("certif", "licen")))
