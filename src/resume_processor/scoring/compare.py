"""Two ledgers of one resume for one job: what moved between them, and why.

Scores move when the rules, the profile's making or the taxonomy changed (the version says which),
or when the resume was read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from resume_processor.scoring.score import CriterionKind, LedgerLine, Score

#: What the parts of a version stand for, in order.
VERSION_PARTS = ("scoring rules", "profile", "taxonomy")


@dataclass(frozen=True, slots=True)
class Move:
    """One requirement whose points are others than before; None: it is not in that ledger."""

    kind: CriterionKind
    requirement: str
    before: LedgerLine | None
    after: LedgerLine | None

    @property
    def points(self) -> int:
        """Gained; lost where negative."""
        return _points(self.after) - _points(self.before)

    @property
    def why(self) -> str:
        """In words."""
        before, after = self.before, self.after
        if before is None or after is None:
            return "no longer asked for" if after is None else "was not asked for"
        if (before.finding, before.because) != (after.finding, after.because):
            return f"was {_stands(before)}; now {_stands(after)}"
        if before.max_points != after.max_points:
            return f"counts {after.max_points} points instead of {before.max_points}"
        return "counts otherwise for the same evidence"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The points of the moves add up to the difference of the totals, exactly."""

    before: int
    after: int
    upgrades: tuple[str, ...]  #: parts of the version that changed: "taxonomy 1 → 2"
    moves: tuple[Move, ...]  #: the largest first
    new_warnings: tuple[str, ...]
    gone_warnings: tuple[str, ...]


def compare(before: Score, after: Score) -> Comparison:
    """What moved from one ledger to the other."""
    moves = [move for move in _paired(before, after) if move.points]
    return Comparison(
        before=before.total,
        after=after.total,
        upgrades=tuple(_upgrades(before.version, after.version)),
        moves=tuple(sorted(moves, key=lambda move: -abs(move.points))),
        new_warnings=tuple(one for one in after.warnings if one not in before.warnings),
        gone_warnings=tuple(one for one in before.warnings if one not in after.warnings),
    )


def in_words(comparison: Comparison) -> list[str]:
    """As lines of text: the totals, what was upgraded, each move and why."""
    total = comparison.after - comparison.before
    lines = [f"{comparison.before} → {comparison.after} ({total:+d})"]
    lines += [f"upgraded: {one}" for one in comparison.upgrades]
    for move in comparison.moves:
        kind = move.kind.value.replace("_", " ")
        lines.append(f"{move.points:+d} {kind}: {move.requirement}: {move.why}")
    lines += [f"new warning: {one}" for one in comparison.new_warnings]
    lines += [f"no longer warned of: {one}" for one in comparison.gone_warnings]
    return lines


def _points(line: LedgerLine | None) -> int:
    return 0 if line is None else line.points


def _stands(line: LedgerLine) -> str:
    return f"{line.finding.value} ({line.because})"


def _paired(before: Score, after: Score) -> Iterator[Move]:
    """Lines of the same requirement, in the order of the later ledger, then what is gone."""
    earlier, later = _by_requirement(before), _by_requirement(after)
    for key in [*later, *(key for key in earlier if key not in later)]:
        for old, new in zip_longest(earlier.get(key, ()), later.get(key, ())):
            yield Move(*key, old, new)


def _by_requirement(score: Score) -> dict[tuple[CriterionKind, str], Sequence[LedgerLine]]:
    found: dict[tuple[CriterionKind, str], list[LedgerLine]] = {}
    for criterion in score.criteria:
        for line in criterion.lines:
            found.setdefault((criterion.kind, line.requirement), []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


def _upgrades(before: str, after: str) -> Iterator[str]:
    parts = len(VERSION_PARTS) - 1
    old, new = before.split("/", parts), after.split("/", parts)
    if len(old) != len(new) or len(new) != len(VERSION_PARTS):
        if before != after:
            yield f"version {before} → {after}"
        return
    for name, one, other in zip(VERSION_PARTS, old, new, strict=True):
        if one != other:
            yield f"{name} {one} → {other}"
