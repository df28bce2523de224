"""How strongly statements of a resume show something: where, how often, how long, how long ago.

Each different statement leaves a part of the doubt, and so do months of dated work: nothing counts
twice, a list counts once, and there is always less to gain from saying it again.
"""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.scoring.months import Stretch
from resume_processor.scoring.points import FULL
from resume_processor.scoring.profile import Profile
from resume_processor.scoring.statements import Place, Unit

#: What one statement takes from the doubt, of 1000. Dated work can be checked, so it says most.
SAYS = {
    Place.WORK: 200,
    Place.PROJECT: 170,
    Place.CREDENTIAL: 160,
    Place.SUMMARY: 160,
    Place.LIST: 160,
}
#: A statement of work without dates.
UNDATED_WORK = 170
#: Places where another statement says more. All lists together say as much as one.
SHOWING = frozenset({Place.WORK, Place.PROJECT})
#: A value of fewer words is a keyword; all of them in one job are one statement.
SENTENCE = 3
#: So many months of dated work take LONG_USE_SAYS from the doubt, fewer in proportion.
LONG_USE, LONG_USE_SAYS = 60, 800
#: (months since it was last used, what is left of 1000), from recent to long ago.
RECENCY = ((36, FULL), (72, 900), (120, 800))
LONG_AGO = 700
#: From here on nothing is asked for any more.
BEYOND_DOUBT = 950


def strength(units: Sequence[Unit], months: int, profile: Profile) -> int:
    """0 to 1000 for statements that show a thing and the months of dated work that they cover."""
    doubt = FULL - LONG_USE_SAYS * min(months, LONG_USE) // LONG_USE
    for says in _different(units, profile).values():
        doubt = doubt * (FULL - says) // FULL
    shown = FULL - doubt
    return FULL if shown >= BEYOND_DOUBT else shown


def _different(units: Sequence[Unit], profile: Profile) -> dict[tuple[object, ...], int]:
    """What each different statement says; the strongest where the same is said twice."""
    found: dict[tuple[object, ...], int] = {}
    for unit in units:
        key = _key(unit)
        found[key] = max(found.get(key, 0), says(unit, profile))
    return found


def _key(unit: Unit) -> tuple[object, ...]:
    if unit.place not in SHOWING:
        return (unit.place,)
    if unit.stems.count(" ") - 1 < SENTENCE:
        return (unit.place, unit.entry)
    return (unit.place, unit.stems)


def says(unit: Unit, profile: Profile) -> int:
    """What one statement takes from the doubt."""
    if unit.place is Place.WORK and stretch_of_unit(unit, profile) is None:
        return UNDATED_WORK
    return SAYS[unit.place]


def stretch_of_unit(unit: Unit, profile: Profile) -> Stretch | None:
    """When the job was held that a statement belongs to."""
    return profile.work[unit.entry].stretch if unit.entry >= 0 else None


def recency(last: int | None, as_of: int | None) -> int:
    """What is left of 1000 for something last done in month ``last``."""
    if last is None or as_of is None:
        return FULL
    return next((left for months, left in RECENCY if as_of - last <= months), LONG_AGO)
