"""How well a resume shows one skill: by what relation, where, how often, how long ago."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from resume_processor.scoring.criteria.strength import (
    recency,
    says,
    strength,
    stretch_of_unit,
)
from resume_processor.scoring.job_plan import Option, SkillAsked
from resume_processor.scoring.months import in_words, months_in
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.statements import Place, Unit
from resume_processor.skills.taxonomy import Relation
from resume_processor.skills.taxonomy_file import load_taxonomy

#: How much a relation says, of 1000.
RELATION_QUALITY = {
    Relation.SAME: FULL,
    Relation.IMPLIES: 950,
    Relation.BROADER: 900,
    Relation.NARROWER: 400,
    Relation.RELATED: 300,
}
#: Relations that show the skill itself, the nearest first.
SHOWS = (Relation.SAME, Relation.IMPLIES, Relation.BROADER)
RANK = {relation: rank for rank, relation in enumerate(Relation)}
WHERE = {
    Place.WORK: "shown in work",
    Place.PROJECT: "shown in a project",
    Place.CREDENTIAL: "in education or a certificate",
    Place.SUMMARY: "said in the summary",
    Place.LIST: "listed, not shown in work",
}
_MOST_POINTERS = 5
#: Part of the points for showing a skill at all, where the job asks for so much time with it.
SHOWN_AT_ALL = 400


@dataclass(frozen=True, slots=True)
class SkillEvidence:
    """The best evidence for a skill. ``by`` is the skill that stands in for it, if another one."""

    relation: Relation
    by: str | None
    place: Place
    quality: int
    months: int  #: of dated work that shows it
    pointers: tuple[str, ...]
    also: str | None = None  #: a skill near to it that is shown better

    @property
    def words(self) -> str:
        """Where and for how long."""
        time = f" for {in_words(self.months)}" if self.months else ""
        also = f"; {self.also} is related" if self.also else ""
        return f"{WHERE[self.place]}{time}{also}"


def evidence_of(asked: SkillAsked, profile: Profile) -> SkillEvidence | None:
    """The best evidence for any of the options, or None where there is none.

    The skill itself goes before what is only near to it, but never for fewer points.
    """
    wanted = asked.asked.months
    found = [
        _for_time(one, wanted) for option in asked.options for one in _evidence(option, profile)
    ]
    best = max(found, key=_worth, default=None)
    shown = max((one for one in found if one.relation in SHOWS), key=_worth, default=None)
    if best is None or shown is None or shown is best:
        return best
    return replace(shown, quality=best.quality, also=best.by)


def _for_time(one: SkillEvidence, wanted: int | None) -> SkillEvidence:
    """Less where the job asks for more time with the skill than the evidence covers."""
    if not wanted or one.months >= wanted:
        return one
    part = SHOWN_AT_ALL + (FULL - SHOWN_AT_ALL) * one.months // wanted
    return replace(one, quality=one.quality * part // FULL)


def _worth(one: SkillEvidence) -> tuple[int, int, int]:
    return one.quality, -RANK[one.relation], one.months


def _evidence(option: Option, profile: Profile) -> Iterator[SkillEvidence]:
    if option.concept is not None:
        yield from _by_concept(option.concept, profile)
    yield from _by_words(option, profile)


def _by_concept(asked: int, profile: Profile) -> Iterator[SkillEvidence]:
    """What shows the skill itself, and apart from that what is only near to it."""
    speaking: dict[Relation, list[int]] = {}
    for skill in profile.skills:
        relation = _relation(skill, asked)
        if relation is not None:
            speaking.setdefault(relation, []).append(skill)
    shown = [relation for relation in SHOWS if relation in speaking]
    if shown:
        skills = [skill for relation in shown for skill in speaking[relation]]
        yield _from_skills(shown[0], speaking[shown[0]], skills, profile)
    for relation in (Relation.NARROWER, Relation.RELATED):
        if relation in speaking:
            yield _from_skills(relation, speaking[relation], speaking[relation], profile)


def _from_skills(
    relation: Relation, nearest: Sequence[int], skills: Sequence[int], profile: Profile
) -> SkillEvidence:
    """``nearest`` are the skills in that relation, ``skills`` all whose statements count."""
    units = sorted({unit for skill in skills for unit in profile.skills[skill]})
    most = max(nearest, key=lambda skill: len(profile.skills[skill]))
    by = None if relation is Relation.SAME else load_taxonomy().names[most]
    return _weighed(relation, by, [profile.units[n] for n in units], profile)


@lru_cache(maxsize=262_144)
def _relation(skill: int, asked: int) -> Relation | None:
    taxonomy = load_taxonomy()
    return taxonomy.speaks_for(skill).get(asked) or taxonomy.related(skill, asked)


def _by_words(option: Option, profile: Profile) -> Iterator[SkillEvidence]:
    """The words of the requirement themselves: as a phrase, or all of them in one value."""
    if not option.stems:
        return
    exact = [unit for unit in profile.units if option.phrase in unit.stems]
    if exact:
        yield _weighed(Relation.SAME, None, exact, profile)
    elif len(option.stems) > 1:
        words = [f" {stem} " for stem in option.stems]
        near = [unit for unit in profile.units if all(word in unit.stems for word in words)]
        if near:
            yield _weighed(Relation.RELATED, "all its words in one place", near, profile)


def _weighed(
    relation: Relation, by: str | None, units: Sequence[Unit], profile: Profile
) -> SkillEvidence:
    ranked = sorted(units, key=lambda unit: -says(unit, profile))
    stretches = [one for unit in units if (one := stretch_of_unit(unit, profile)) is not None]
    months = months_in(stretches)
    last = max((stretch.last for stretch in stretches), default=None)
    quality = strength(units, months, profile) * RELATION_QUALITY[relation] // FULL
    return SkillEvidence(
        relation,
        by,
        ranked[0].place,
        quality * recency(last, profile.as_of) // FULL,
        months,
        tuple(unit.pointer for unit in ranked[:_MOST_POINTERS]),
    )
