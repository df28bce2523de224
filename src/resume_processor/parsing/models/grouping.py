"""Which values make an entry: the best way to cut a section's values into entries.

The word models say how probable it is that a value opens an entry, one value at a time. Whole
entries say more: each has an employer, a title and a period, none of them twice; what belongs
together stands close together; and one document opens all its entries with the same kind of value.
All ways to cut are weighed against each other, and the best one is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, log

from resume_processor.parsing.models.decode import Value
from resume_processor.parsing.models.labels import SECTION_OF
from resume_processor.parsing.section_kind import SectionKind

#: What every entry of a section should have; an entry may open with any of them.
CORE: Mapping[SectionKind, tuple[str, ...]] = {
    SectionKind.WORK: ("work.name", "work.position", "work.date"),
    SectionKind.EDUCATION: (
        "education.institution",
        "education.studyType",
        "education.date",
    ),
}
#: No entry has more values.
MOST_VALUES = 8
#: Probabilities to open an entry are taken to be no surer than this leaves.
DOUBT = 0.03
#: Costs and gains, in the unit of log probabilities. Between a third and twice of each, overall F1
#: moved by at most 0.002 on dev, whole jobs by at most 0.05 (a lower cost of what is missing).
MISSING, REPEATED, ANOTHER_DATE, LINE_BETWEEN, SAME_OPENER = 2.0, 3.0, 0.3, 0.3, 0.7
#: Lines between two values that are counted at most.
MOST_LINES = 8


@dataclass(slots=True)
class Entry:
    """The values of one entry, by field."""

    values: dict[str, list[Value]] = field(default_factory=dict)

    def add(self, value: Value) -> None:
        """Take in one more value."""
        self.values.setdefault(value.field, []).append(value)

    def all(self, name: str) -> Sequence[Value]:
        """The values of a field, in reading order."""
        return self.values.get(name, ())

    def best(self, name: str) -> Value | None:
        """The surest value of a field."""
        return max(self.all(name), key=lambda value: value.confidence, default=None)


def grouped(values: Sequence[Value], section: SectionKind, lines: Sequence[int]) -> list[Entry]:
    """The entries of a section, in reading order; ``lines``: the line of each token."""
    own = sorted((v for v in values if SECTION_OF[v.field] is section), key=lambda v: v.first)
    core = CORE.get(section)
    if core is None:
        return _one_by_one(own)
    costs = _Costs(own, core, lines)
    cuts = max((_best_cuts(costs, opener) for opener in core), key=lambda found: found[0])[1]
    return [_entry(own[start:stop]) for start, stop in cuts]


def _one_by_one(values: Sequence[Value]) -> list[Entry]:
    """An entry begins where a value opens one, and before what an entry has already."""
    entries: list[Entry] = []
    for value in values:
        if not entries or _begins(entries[-1], value):
            entries.append(Entry())
        entries[-1].add(value)
    return entries


def _begins(entry: Entry, value: Value) -> bool:
    if value.opens >= 0.5:
        return True
    return value.field in entry.values and not value.field.endswith(".date")


def _entry(values: Sequence[Value]) -> Entry:
    entry = Entry()
    for value in values:
        entry.add(value)
    return entry


class _Costs:
    """What it brings to take values ``start`` to ``stop - 1`` as one entry."""

    def __init__(self, values: Sequence[Value], core: Sequence[str], lines: Sequence[int]) -> None:
        self.count = len(values)
        self._fields = [value.field for value in values]
        self._core = core
        opens = [min(max(value.opens, DOUBT), 1.0 - DOUBT) for value in values]
        self._opens = [log(p) for p in opens]
        self._goes_on = [log(1.0 - p) for p in opens]
        self._near = [0.0] * len(values)
        for at in range(1, len(values)):
            between = lines[values[at].first] - lines[values[at - 1].last] - 1
            self._near[at] = -LINE_BETWEEN * min(max(between, 0), MOST_LINES)

    def gain(self, start: int, stop: int, opener: str) -> float:
        """In log probabilities; ``opener`` is what entries of the document open with."""
        score = self._opens[start] + (SAME_OPENER if self._fields[start] == opener else 0.0)
        had = {self._fields[start]}
        for at in range(start + 1, stop):
            score += self._goes_on[at] + self._near[at]
            name = self._fields[at]
            if name in had:
                score -= ANOTHER_DATE if name.endswith(".date") else REPEATED
            had.add(name)
        return score - MISSING * sum(name not in had for name in self._core)


def _best_cuts(costs: _Costs, opener: str) -> tuple[float, list[tuple[int, int]]]:
    """The best score and its entries (start, stop), over all ways to cut."""
    best = [0.0] + [-inf] * costs.count
    began = [0] * (costs.count + 1)
    for stop in range(1, costs.count + 1):
        for start in range(max(0, stop - MOST_VALUES), stop):
            score = best[start] + costs.gain(start, stop, opener)
            if score > best[stop]:
                best[stop], began[stop] = score, start
    cuts: list[tuple[int, int]] = []
    stop = costs.count
    while stop > 0:
        cuts.append((began[stop], stop))
        stop = began[stop]
    return best[costs.count], cuts[::-1]
