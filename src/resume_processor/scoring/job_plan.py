"""A job as the criteria use it: skills resolved, words stemmed. Made once, used for all resumes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from resume_processor.scoring.score import JobRequirements, SkillRequirement
from resume_processor.scoring.statements import spaced
from resume_processor.scoring.title_match import JOB_NOUNS, trade_of
from resume_processor.skills.stems import stems_of
from resume_processor.skills.taxonomy import SHOWS, ConceptKind, Relation
from resume_processor.skills.taxonomy_file import load_taxonomy

#: Several titles may stand in one: "Team Lead / Technical Lead".
_ALTERNATIVES = re.compile(r"\s+/\s*|/\s+|\s*(?:\||;|,|\bor\b)\s*")

#: How one works (team player) is asked for everywhere and shown by nobody's words.
SKILL_WEIGHT, ATTITUDE_WEIGHT = 3, 1


@dataclass(frozen=True, slots=True)
class Option:
    """A skill that meets a requirement. ``concept`` is None where the taxonomy does not know it."""

    name: str
    concept: int | None
    phrase: str  #: stems with spaces around each
    stems: tuple[str, ...]
    words: tuple[str, ...]  #: the stems, with spaces around each


@dataclass(frozen=True, slots=True)
class SkillAsked:
    """A skill asked for, with the options that meet it and its weight inside the criterion."""

    asked: SkillRequirement
    name: str  #: ``Django or FastAPI``
    options: tuple[Option, ...]
    weight: int

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from other requirements, whatever words are used."""
        return tuple(
            option.phrase if option.concept is None else option.concept for option in self.options
        )


class Told(NamedTuple):
    """What a skill of a resume says about those that a job asks for."""

    near: tuple[tuple[int, Relation], ...]  #: concepts asked for that it says anything about
    shows_required: bool  #: one that the job cannot do without, and not only one near to it


@dataclass(frozen=True, slots=True)
class JobPlan:
    """The job and what was prepared from it."""

    job: JobRequirements
    skills: tuple[SkillAsked, ...]
    trades: tuple[tuple[str, ...], ...]  #: of the titles, any of which is meant
    sources: tuple[str, ...]  #: stems of the words that the requirements were read from
    told: dict[int, Told] = field(default_factory=dict, compare=False)  #: filled as asked

    def told_by(self, skill: int) -> Told:
        """Looked up once for however many resumes have the skill; numbers of the taxonomy only."""
        told = self.told.get(skill)
        if told is None:
            told = self.told[skill] = _told(skill, self.skills)
        return told


@lru_cache(maxsize=256)
def plan_of(job: JobRequirements) -> JobPlan:
    """Prepare a job."""
    skills = _without_doubles([_asked(one) for one in job.skills])
    return JobPlan(job, skills, _trades(job.title or ""), _sources(job))


def _told(skill: int, asked: Iterable[SkillAsked]) -> Told:
    near: dict[int, Relation] = {}
    shows_required = False
    for one in asked:
        for option in one.options:
            relation = None if option.concept is None else _relation(skill, option.concept)
            if relation is not None and option.concept is not None:
                near[option.concept] = relation
                shows_required = shows_required or (one.asked.required and relation in SHOWS)
    return Told(tuple(near.items()), shows_required)


def _relation(skill: int, asked: int) -> Relation | None:
    taxonomy = load_taxonomy()
    return taxonomy.speaks_for(skill).get(asked) or taxonomy.related(skill, asked)


def _sources(job: JobRequirements) -> tuple[str, ...]:
    lists = (job.skills, job.fields_of_study, job.languages, job.certificates)
    said = [one.source for asked in lists for one in asked]
    return tuple(dict.fromkeys(map(spaced, [*said, job.experience_source, job.degree_source])))


def _without_doubles(skills: list[SkillAsked]) -> tuple[SkillAsked, ...]:
    """SEO and "search engine optimisation" are asked for once; the stricter one stays."""
    kept: dict[tuple[object, ...], SkillAsked] = {}
    for one in sorted(skills, key=lambda one: (not one.asked.required, -(one.asked.months or 0))):
        kept.setdefault(one.key, one)
    return tuple(one for one in skills if kept[one.key] is one)


def _asked(asked: SkillRequirement) -> SkillAsked:
    options = tuple(_option(name) for name in (asked.name, *asked.alternatives))
    name = " or ".join(option.name for option in options)
    return SkillAsked(asked, name, options, max(_weight(option.concept) for option in options))


def _option(name: str) -> Option:
    stems = tuple(dict.fromkeys(stems_of(name)))
    words = tuple(f" {stem} " for stem in stems)
    return Option(name, load_taxonomy().number_of(name), spaced(name), stems, words)


def _weight(concept: int | None) -> int:
    kind = None if concept is None else load_taxonomy().concept(concept).kind
    return ATTITUDE_WEIGHT if kind is ConceptKind.ATTITUDE else SKILL_WEIGHT


def _trades(title: str) -> tuple[tuple[str, ...], ...]:
    trades = (trade for part in _ALTERNATIVES.split(title) for trade in _slashed(part))
    return tuple(dict.fromkeys(trade for trade in trades if trade))


def _slashed(title: str) -> list[tuple[str, ...]]:
    """The trades of a title with a slash inside, each with the words that it shares.

    "Service/Maintenance Engineer" asks for a service engineer as well, "Sales Executive/Officer"
    for no other officer.
    """
    trades = [trade_of(part) for part in title.split("/")]
    if len(trades) != 2 or not all(trades):
        return trades
    first, second = trades
    if second[-1] not in JOB_NOUNS:
        return trades
    if first[-1] not in JOB_NOUNS:
        return [(*first, second[-1]), second]
    return [first, tuple(dict.fromkeys((*first[:-1], *second)))] if len(second) == 1 else trades
