"""How well a resume shows one skill: by what relation, where, how often, how long ago."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.scoring.job_plan import Option, SkillAsked
from resume_processor.scoring.months import Stretch, in_words, months_in
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.statements import Place, Unit
from resume_processor.skills.taxonomy import Relation
from resume_processor.skills.taxonomy_file import load_taxonomy

#: How much a place says about a skill, of 1000. Dated work is what can be checked.
PLACE_QUALITY = {
    Place.WORK: FULL,
    Place.PROJECT: 850,
    Place.CREDENTIAL: 500,
    Place.SUMMARY: 450,
    Place.LIST: 450,
}
#: Work without dates shows that, but not when.
UNDATED_WORK = 850
#: Places where more statements say more; a list that repeats itself says nothing new.
SHOWING = frozenset({Place.WORK, Place.PROJECT})
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
#: What one, two … different statements in work and projects say, of 1000.
DEPTH = (600, 800, 900, FULL)
#: (months since it was last used, what is left of 1000), from recent to long ago.
RECENCY = ((36, FULL), (72, 900), (120, 800))
LONG_AGO = 700
#: So many months of dated work with it are as good as many statements.
LONG_USE = 36
WHERE = {
    Place.WORK: "shown in work",
    Place.PROJECT: "shown in a project",
    Place.CREDENTIAL: "in education or a certificate",
    Place.SUMMARY: "said in the summary",
    Place.LIST: "listed, not shown in work",
}
_MOST_POINTERS = 5


@dataclass(frozen=True, slots=True)
class SkillEvidence:
    """The best evidence for a skill. ``by`` is the skill that stands in for it, if another one."""

    relation: Relation
    by: str | None
    place: Place
    quality: int
    months: int  #: of dated work that shows it
    pointers: tuple[str, ...]

    @property
    def words(self) -> str:
        """Where and for how long."""
        time = f" for {in_words(self.months)}" if self.months else ""
        return f"{WHERE[self.place]}{time}"


def evidence_of(asked: SkillAsked, profile: Profile) -> SkillEvidence | None:
    """The best evidence for any of the options, or None where there is none."""
    found = [one for option in asked.options for one in _evidence(option, profile)]
    return max(found, key=lambda one: (one.quality, -RANK[one.relation], one.months), default=None)


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
    best = max(units, key=lambda unit: _place_quality(unit, profile))
    stretches = [stretch for unit in units if (stretch := _stretch_of(unit, profile)) is not None]
    months = months_in(stretches)
    last = max((stretch.last for stretch in stretches), default=None)
    quality = RELATION_QUALITY[relation]
    for factor in (
        _place_quality(best, profile),
        depth(units, months),
        recency(last, profile.as_of),
    ):
        quality = quality * factor // FULL
    ranked = sorted(units, key=lambda unit: -_place_quality(unit, profile))
    pointers = tuple(unit.pointer for unit in ranked[:_MOST_POINTERS])
    return SkillEvidence(relation, by, best.place, quality, months, pointers)


def _stretch_of(unit: Unit, profile: Profile) -> Stretch | None:
    return profile.work[unit.entry].stretch if unit.entry >= 0 else None


def _place_quality(unit: Unit, profile: Profile) -> int:
    if unit.place is Place.WORK and _stretch_of(unit, profile) is None:
        return UNDATED_WORK
    return PLACE_QUALITY[unit.place]


def depth(units: Sequence[Unit], months: int) -> int:
    """0 to 1000 for how many different statements show a skill, or how long it was used."""
    statements = len({unit.stems for unit in units if unit.place in SHOWING})
    if not statements:
        return FULL
    by_time = FULL * min(months, LONG_USE) // LONG_USE
    return max(DEPTH[min(statements, len(DEPTH)) - 1], by_time)


def recency(last: int | None, as_of: int | None) -> int:
    """What is left of 1000 for something last done in month ``last``."""
    if last is None or as_of is None:
        return FULL
    return next((left for months, left in RECENCY if as_of - last <= months), LONG_AGO)
