"""How well a resume shows one skill: by what relation, where, how often, how long ago."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from resume_processor.scoring.criteria.strength import (
    recency,
    statement_of,
    strength,
)
from resume_processor.scoring.job_plan import JobPlan, Option, SkillAsked
from resume_processor.scoring.months import in_words, months_in
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.statements import Place, Unit, said_in
from resume_processor.skills.taxonomy import SHOWS, Relation
from resume_processor.skills.taxonomy_file import load_taxonomy

#: How much a relation says, of 1000.
RELATION_QUALITY = {
    Relation.SAME: FULL,
    Relation.IMPLIES: 950,
    Relation.BROADER: 900,
    Relation.NARROWER: 400,
    Relation.RELATED: 300,
}
#: How much it says, of 1000, where the words of a requirement stand together in another order or
#: with a few words between them, and where they only stand in one statement.
TOGETHER, IN_ONE_STATEMENT = 700, 400
#: Words between those of a requirement that stand together.
BETWEEN = 5
RANK = {relation: rank for rank, relation in enumerate(Relation)}
WHERE = {
    Place.WORK: "shown in work",
    Place.PROJECT: "shown in a project",
    Place.CREDENTIAL: "in education or a certificate",
    Place.SUMMARY: "said in the summary",
    Place.LIST: "listed, not shown in work",
}
LINKS = {
    Relation.IMPLIES: "implies it",
    Relation.BROADER: "is a kind of it",
    Relation.NARROWER: "is more general",
    Relation.RELATED: "is related",
}
_MOST_POINTERS = 5
#: Part of the points for showing a skill at all, where the job asks for so much time with it.
SHOWN_AT_ALL = 400


@dataclass(frozen=True, slots=True)
class Showing:
    """A profile as the skills of a job look at it, gathered once for all of them."""

    profile: Profile
    near: Mapping[int, Mapping[Relation, Sequence[int]]]  #: concept asked for → skills of it
    text: str  #: of all statements: what is not in it need not be looked for in any of them


def showing(plan: JobPlan, profile: Profile) -> Showing:
    """What a profile has to say about any skill of the job."""
    near: dict[int, dict[Relation, list[int]]] = {}
    for skill in profile.skills:
        for asked, relation in plan.told_by(skill).near:
            near.setdefault(asked, {}).setdefault(relation, []).append(skill)
    return Showing(profile, near, said_in(profile.units))


class SkillEvidence(NamedTuple):
    """The best evidence for a skill. ``by`` is the skill that stands in for it, if another one."""

    relation: Relation
    by: str | None
    place: Place
    quality: int
    months: int  #: of dated work that shows it
    pointers: tuple[str, ...]
    said: str | None = None  #: how its words stand in the resume, where not as they are asked for
    also: str | None = None  #: what is near to it and shown better

    @property
    def link(self) -> str | None:
        """What speaks for the skill where it is not named itself."""
        return f"{self.by} {LINKS[self.relation]}" if self.by else self.said

    @property
    def words(self) -> str:
        """By what, where, and for how long."""
        time = f" for {in_words(self.months)}" if self.months else ""
        parts = (self.link, f"{WHERE[self.place]}{time}", self.also)
        return "; ".join(part for part in parts if part)


def evidence_of(asked: SkillAsked, shown_by: Showing) -> SkillEvidence | None:
    """The best evidence for any of the options, or None where there is none.

    The skill itself goes before what is only near to it, but never for fewer points.
    """
    wanted = asked.asked.months
    found = [
        _for_time(one, wanted) for option in asked.options for one in _evidence(option, shown_by)
    ]
    if len(found) < 2:
        return found[0] if found else None
    best = max(found, key=_worth)
    shown = max((one for one in found if one.relation in SHOWS), key=_worth, default=None)
    if shown is None or shown is best:
        return best
    return shown._replace(quality=best.quality, also=best.link)


def _for_time(one: SkillEvidence, wanted: int | None) -> SkillEvidence:
    """Less where the job asks for more time with the skill than the evidence covers."""
    if not wanted or one.months >= wanted:
        return one
    part = SHOWN_AT_ALL + (FULL - SHOWN_AT_ALL) * one.months // wanted
    return one._replace(quality=one.quality * part // FULL)


def _worth(one: SkillEvidence) -> tuple[int, int, int]:
    return one.quality, -RANK[one.relation], one.months


def _evidence(option: Option, shown_by: Showing) -> Iterator[SkillEvidence]:
    speaking = None if option.concept is None else shown_by.near.get(option.concept)
    if speaking is not None:
        yield from _by_concept(speaking, shown_by.profile)
    if option.stems:
        yield from _by_words(option, shown_by)


def _by_concept(
    speaking: Mapping[Relation, Sequence[int]], profile: Profile
) -> Iterator[SkillEvidence]:
    """What shows the skill itself, and apart from that what is only near to it."""
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


def _by_words(option: Option, shown_by: Showing) -> Iterator[SkillEvidence]:
    """The words of the requirement themselves: as a phrase, together, or all in one statement."""
    profile, text = shown_by.profile, shown_by.text
    if option.phrase in text:
        exact = [unit for unit in profile.units if option.phrase in unit.stems]
        yield _weighed(Relation.SAME, None, exact, profile)
    elif len(option.stems) > 1 and all(word in text for word in option.words):
        near = [unit for unit in profile.units if all(word in unit.stems for word in option.words)]
        together = [unit for unit in near if stand_together(option.stems, unit.stems)]
        if together:
            said = "its words stand together"
            yield _as_said(together, TOGETHER, said, profile)
        if len(near) > len(together):
            said = "all its words stand in one statement"
            yield _as_said(near, IN_ONE_STATEMENT, said, profile)


def _as_said(units: Sequence[Unit], quality: int, said: str, profile: Profile) -> SkillEvidence:
    return _weighed(Relation.RELATED, None, units, profile, quality)._replace(said=said)


def stand_together(stems: Sequence[str], text: str) -> bool:
    """Whether all stems stand in the text with at most ``BETWEEN`` other words between them."""
    last: dict[str, int] = {}
    for at, stem in enumerate(text.split()):
        if stem in stems:
            last[stem] = at
            if len(last) == len(stems) and at - min(last.values()) < len(stems) + BETWEEN:
                return True
    return False


def _weighed(
    relation: Relation,
    by: str | None,
    units: Sequence[Unit],
    profile: Profile,
    relation_quality: int | None = None,
) -> SkillEvidence:
    """``relation_quality``: where it is not the relation's own."""
    statements = [statement_of(unit, profile) for unit in units]
    stretches = [one.stretch for one in statements if one.stretch is not None]
    months = months_in(stretches)
    last = max((stretch.last for stretch in stretches), default=None)
    says = RELATION_QUALITY[relation] if relation_quality is None else relation_quality
    quality = strength(statements, months) * says // FULL
    strongest = sorted(statements, key=_says, reverse=True)
    return SkillEvidence(
        relation,
        by,
        strongest[0].unit.place,
        quality * recency(last, profile.as_of) // FULL,
        months,
        tuple(one.unit.pointer for one in strongest[:_MOST_POINTERS]),
    )


_says = attrgetter("says")
