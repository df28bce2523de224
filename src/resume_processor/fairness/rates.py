"""Rates and impact ratios as New York City's Local Law 144 rules define them (6 RCNY § 5-300 f.).

- selection rate: those of a category who moved forward ÷ all of the category who applied;
- scoring rate: those of a category with a score above the median of the whole sample ÷ all of the
  category that were scored;
- impact ratio: the rate of a category ÷ that of the category with the highest rate.

All of them separately for sex, for race and ethnicity, and for the two crossed. Numbers are exact
fractions until they are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from resume_processor.fairness.categories import RACES, SEXES

#: Below this impact ratio selection is evidence of adverse impact (29 CFR § 1607.4 D).
FOUR_FIFTHS = Fraction(4, 5)

#: Smaller categories may be left out of the impact ratios (6 RCNY § 5-301 d).
SMALL = Fraction(2, 100)


@dataclass(frozen=True, slots=True)
class Individual:
    """One person of the sample: what was declared, and what became of the application.

    ``sex`` and ``race`` are None where they are unknown, ``score`` where there is none;
    ``decided`` tells whether anybody decided, ``selected`` whether the person moved forward.
    """

    sex: str | None = None
    race: str | None = None
    score: Fraction | None = None
    decided: bool = False
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A line of a table; ``ratio`` is None where it is left out, or nobody's rate is above 0."""

    name: str
    applicants: int
    chosen: int  #: moved forward, or scored above the median
    ratio: Fraction | None
    left_out: bool = False

    @property
    def rate(self) -> Fraction:
        """Share of the category; there is no empty category."""
        return Fraction(self.chosen, self.applicants)

    @property
    def below_four_fifths(self) -> bool:
        """Whether the four-fifths rule takes it for evidence of adverse impact."""
        return self.ratio is not None and self.ratio < FOUR_FIFTHS


@dataclass(frozen=True, slots=True)
class Table:
    """The categories of one kind; ``unknown`` individuals fall into none of them."""

    categories: tuple[Category, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Tables:
    """One kind of rate: over how many people, and separately by sex, race and both."""

    applicants: int
    chosen: int
    sex: Table
    race: Table
    both: Table


def selection(people: Iterable[Individual], *, leave_out_small: bool = False) -> Tables:
    """Selection rates over everybody: who was not decided about did not move forward."""
    return _tables([(one, one.selected) for one in people], leave_out_small=leave_out_small)


def scoring(
    people: Iterable[Individual], *, leave_out_small: bool = False
) -> tuple[Tables, Fraction | None]:
    """Scoring rates over those who have a score, and their median (None where nobody has)."""
    scored = [one for one in people if one.score is not None]
    middle = median_of([one.score for one in scored if one.score is not None])
    above = [
        (one, one.score is not None and middle is not None and one.score > middle) for one in scored
    ]
    return _tables(above, leave_out_small=leave_out_small), middle


def median_of(scores: Sequence[Fraction]) -> Fraction | None:
    """Of the whole sample, the unknown included; the mean of the middle two where they are even."""
    return median(scores) if scores else None


def _tables(people: Sequence[tuple[Individual, bool]], *, leave_out_small: bool) -> Tables:
    def by(name: Callable[[Individual], tuple[str, ...]]) -> Table:
        return table([(name(one), chosen) for one, chosen in people], leave_out_small)

    return Tables(
        applicants=len(people),
        chosen=sum(chosen for _, chosen in people),
        sex=by(lambda one: _known(one.sex)),
        race=by(lambda one: _known(one.race)),
        both=by(lambda one: _known(one.race, one.sex)),
    )


def _known(*parts: str | None) -> tuple[str, ...]:
    """Names of a category; empty where any part of it is unknown."""
    known = tuple(part for part in parts if part is not None)
    return known if len(known) == len(parts) else ()


def table(people: Sequence[tuple[tuple[str, ...], bool]], leave_out_small: bool) -> Table:  # noqa: FBT001 - private to the two above
    """Counted by name; an empty name is the unknown category."""
    counts: dict[tuple[str, ...], tuple[int, int]] = {}
    for name, chosen in people:
        applicants, so_far = counts.get(name, (0, 0))
        counts[name] = (applicants + 1, so_far + chosen)
    unknown, _ = counts.pop((), (0, 0))
    total = sum(applicants for applicants, _ in counts.values())
    small = {
        name
        for name, (applicants, _) in counts.items()
        if leave_out_small and applicants < SMALL * total
    }
    best = max(
        (Fraction(chosen, count) for name, (count, chosen) in counts.items() if name not in small),
        default=Fraction(0),
    )
    categories = [
        Category(
            name=", ".join(name),
            applicants=count,
            chosen=chosen,
            ratio=None if name in small or not best else Fraction(chosen, count) / best,
            left_out=name in small,
        )
        for name, (count, chosen) in sorted(counts.items(), key=lambda item: _order(item[0]))
    ]
    return Table(tuple(categories), unknown)


def _order(name: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """As the rules name them, then others by name."""
    known = [*RACES, *SEXES]
    return tuple((known.index(one) if one in known else len(known), one) for one in name)
