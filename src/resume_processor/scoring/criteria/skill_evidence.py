"""How well a resume shows one skill: by what relation, where, for how long, how long ago."""

from __future__ import annotations

from dataclasses import dataclass

from resume_processor.scoring.job_plan import SkillAsked
from resume_processor.scoring.months import in_words, months_in
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Place, Profile, Unit
from resume_processor.skills.taxonomy import Relation
from resume_processor.skills.taxonomy_file import load_taxonomy

#: How much a place says about a skill, of 1000. Dated work is what can be checked.
PLACE_QUALITY = {
    Place.WORK: FULL,
    Place.PROJECT: 850,
    Place.CREDENTIAL: 700,
    Place.SUMMARY: 600,
    Place.LIST: 600,
}
#: Work without dates shows that, but not when.
UNDATED_WORK = 850
#: How much a relation says, of 1000.
RELATION_QUALITY = {
    Relation.SAME: FULL,
    Relation.IMPLIES: 950,
    Relation.BROADER: 900,
    Relation.NARROWER: 400,
    Relation.RELATED: 300,
}
#: (months since it was last used, what is left of 1000), from recent to long ago.
RECENCY = ((36, FULL), (72, 900), (120, 800))
LONG_AGO = 700
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
    """The best evidence, or None where there is none."""
    if asked.concept is None:
        return _by_words(asked, profile)
    found = [
        _weighed(relation, None if skill == asked.concept else skill, units, profile)
        for skill, units in profile.skills.items()
        if (relation := _relation(skill, asked.concept)) is not None
    ]
    return max(found, key=lambda one: (one.quality, one.months), default=None)


def _relation(skill: int, asked: int) -> Relation | None:
    taxonomy = load_taxonomy()
    return taxonomy.speaks_for(skill).get(asked) or taxonomy.related(skill, asked)


def _by_words(asked: SkillAsked, profile: Profile) -> SkillEvidence | None:
    """A requirement that is no skill of the taxonomy: its words in one value, in order or not."""
    if not asked.stems:
        return None
    exact = tuple(n for n, unit in enumerate(profile.units) if asked.phrase in unit.stems)
    if exact:
        return _weighed(Relation.SAME, None, exact, profile)
    words = [f" {stem} " for stem in asked.stems]
    near = tuple(
        n for n, unit in enumerate(profile.units) if all(word in unit.stems for word in words)
    )
    return _weighed(Relation.RELATED, None, near, profile) if near else None


def _weighed(
    relation: Relation, by: int | None, units: tuple[int, ...], profile: Profile
) -> SkillEvidence:
    where = [profile.units[n] for n in units]
    best = max(where, key=lambda unit: _place_quality(unit, profile))
    stretches = [
        stretch
        for unit in where
        if unit.entry >= 0 and (stretch := profile.work[unit.entry].stretch) is not None
    ]
    last = max((stretch.last for stretch in stretches), default=None)
    quality = _place_quality(best, profile) * RELATION_QUALITY[relation] // FULL
    return SkillEvidence(
        relation,
        None if by is None else load_taxonomy().names[by],
        best.place,
        quality * recency(last, profile.as_of) // FULL,
        months_in(stretches),
        tuple(unit.pointer for unit in sorted(where, key=_strength, reverse=True))[:_MOST_POINTERS],
    )


def _strength(unit: Unit) -> int:
    return PLACE_QUALITY[unit.place]


def _place_quality(unit: Unit, profile: Profile) -> int:
    if unit.place is Place.WORK and profile.work[unit.entry].stretch is None:
        return UNDATED_WORK
    return PLACE_QUALITY[unit.place]


def recency(last: int | None, as_of: int | None) -> int:
    """What is left of 1000 for something last done in month ``last``."""
    if last is None or as_of is None:
        return FULL
    return next((left for months, left in RECENCY if as_of - last <= months), LONG_AGO)
