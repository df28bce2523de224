"""A job as the criteria use it: skills resolved, words stemmed. Made once, used for all resumes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.scoring.profile import spaced
from resume_processor.scoring.score import JobRequirements, SkillRequirement
from resume_processor.skills.stems import stems_of
from resume_processor.skills.taxonomy_file import load_taxonomy

#: Several titles may stand in one: "Team Lead / Technical Lead".
_ALTERNATIVES = re.compile(r"\s*(?:/|\||;|,|\bor\b)\s*")


@dataclass(frozen=True, slots=True)
class SkillAsked:
    """A skill asked for; ``concept`` is None where the taxonomy does not know it: words count then."""

    asked: SkillRequirement
    concept: int | None
    phrase: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobPlan:
    """The job and what was prepared from it."""

    job: JobRequirements
    skills: tuple[SkillAsked, ...]
    titles: tuple[tuple[str, tuple[str, ...]], ...]  #: as written, stems


@lru_cache(maxsize=256)
def plan_of(job: JobRequirements) -> JobPlan:
    """Prepare a job."""
    return JobPlan(job, tuple(_asked(one) for one in job.skills), _titles(job.title or ""))


def _asked(asked: SkillRequirement) -> SkillAsked:
    return SkillAsked(
        asked,
        load_taxonomy().number_of(asked.name),
        spaced(asked.name),
        tuple(dict.fromkeys(stems_of(asked.name))),
    )


def _titles(title: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    parts = [part for part in _ALTERNATIVES.split(title) if part]
    return tuple((part, stems_of(part)) for part in parts if stems_of(part))
