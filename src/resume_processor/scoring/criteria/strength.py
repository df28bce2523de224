"""How strongly statements of a resume show something: where, how often, how long, how long ago.

Each different statement leaves a part of the doubt, and so do months of dated work: nothing counts
twice, a list counts once, and there is always less to gain from saying it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

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


class Statement(NamedTuple):
    """A statement as evidence."""

    unit: Unit
    stretch: Stretch | None  #: when the job was held that it belongs to
    says: int  #: what it takes from the doubt


def statement_of(unit: Unit, profile: Profile) -> Statement:
    """What one statement says, and of which time."""
    stretch = profile.work[unit.entry].stretch if unit.entry >= 0 else None
    undated = stretch is None and unit.place is Place.WORK
    return Statement(unit, stretch, UNDATED_WORK if undated else SAYS[unit.place])


def strength(statements: Sequence[Statement], months: int) -> int:
    """0 to 1000 for statements that show a thing and the months of dated work that they cover."""
    doubt = FULL - LONG_USE_SAYS * min(months, LONG_USE) // LONG_USE
    for says in _different(statements):
        doubt = doubt * (FULL - says) // FULL
    shown = FULL - doubt
    return FULL if shown >= BEYOND_DOUBT else shown


def _different(statements: Sequence[Statement]) -> Iterable[int]:
    """What each different statement says; the strongest where the same is said twice."""
    if len(statements) == 1:
        return (statements[0].says,)
    found: dict[tuple[object, ...], int] = {}
    for one in statements:
        key = _key(one.unit)
        found[key] = max(found.get(key, 0), one.says)
    return found.values()


def _key(unit: Unit) -> tuple[object, ...]:
    if unit.place not in SHOWING:
        return (unit.place,)
    if unit.stems.count(" ") - 1 < SENTENCE:
        return (unit.place, unit.entry)
    return (unit.place, unit.stems)


def recency(last: int | None, as_of: int | None) -> int:
    """What is left of 1000 for something last done in month ``last``."""
    if last is None or as_of is None:
        return FULL
    return next((left for months, left in RECENCY if as_of - last <= months), LONG_AGO)
