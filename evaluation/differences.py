"""Two runs over the same corpus: which values were gained, lost, or are still wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evaluation.compare import fold
from evaluation.judge import Judged, Missed, Verdict


class Change(StrEnum):
    """Of one value, from the earlier run to this one."""

    LOSS = "loss"
    GAIN = "gain"
    STILL = "still"


class Now(StrEnum):
    """What the value is in this run."""

    MISSED = "missed"  #: the gold record has it, the run has not
    WRONG = "wrong"  #: the run has it, the gold record has not
    FOUND = "found"
    GONE = "gone"  #: was wrong, and is not there any more


@dataclass(frozen=True, slots=True)
class Difference:
    """One value worth a look; ``pointer`` is empty where this run has no such value."""

    field: str
    change: Change
    now: Now
    value: str
    pointer: str = ""


def differences(now: Verdict, before: Verdict | None) -> list[Difference]:
    """All errors of this run, and what the earlier run (where there is one) had otherwise."""
    found = [*_missed(now, before), *_wrong(now, before)]
    if before is not None:
        found += [*_found(now, before), *_gone(now, before)]
    order = list(Change)
    return sorted(found, key=lambda one: (order.index(one.change), one.field))


def _missed(now: Verdict, before: Verdict | None) -> Iterator[Difference]:
    known = None if before is None else _keys(before.missed)
    for one in now.missed:
        yield Difference(one.field, _since(known, one), Now.MISSED, str(one.value))


def _wrong(now: Verdict, before: Verdict | None) -> Iterator[Difference]:
    known = None if before is None else _keys(_errors(before))
    for one in _errors(now):
        yield Difference(one.field, _since(known, one), Now.WRONG, str(one.value), one.pointer)


def _found(now: Verdict, before: Verdict) -> Iterator[Difference]:
    """What was missed before; shown by the value of this run that is right and was not there."""
    missed = _keys(now.missed)
    rights = _keys(one for one in before.judged if one.right)
    new = [one for one in now.judged if one.right and not _taken(rights, one)]
    for one in before.missed:
        if _taken(missed, one):
            continue
        at = next((n for n, right in enumerate(new) if right.field == one.field), None)
        pointer = "" if at is None else new.pop(at).pointer
        yield Difference(one.field, Change.GAIN, Now.FOUND, str(one.value), pointer)


def _gone(now: Verdict, before: Verdict) -> Iterator[Difference]:
    wrong = _keys(_errors(now))
    for one in _errors(before):
        if not _taken(wrong, one):
            yield Difference(one.field, Change.GAIN, Now.GONE, str(one.value))


def _errors(verdict: Verdict) -> list[Judged]:
    return [one for one in verdict.judged if not one.right]


def _keys(values: Iterable[Judged | Missed]) -> Counter[tuple[str, str]]:
    return Counter(_key(one) for one in values)


def _key(one: Judged | Missed) -> tuple[str, str]:
    return one.field, fold(one.value)


def _taken(known: Counter[tuple[str, str]], one: Judged | Missed) -> bool:
    """Whether the value is among the known ones, each of which counts once."""
    if not known[_key(one)]:
        return False
    known[_key(one)] -= 1
    return True


def _since(known: Counter[tuple[str, str]] | None, one: Judged | Missed) -> Change:
    """An error that the earlier run had as well is still there; without one, all errors are."""
    return Change.STILL if known is None or _taken(known, one) else Change.LOSS


def tally(found: Sequence[Difference]) -> dict[str, Counter[Change]]:
    """How many values of each field were lost, gained, or are still wrong."""
    counts: dict[str, Counter[Change]] = {}
    for one in found:
        counts.setdefault(one.field, Counter())[one.change] += 1
    return dict(sorted(counts.items()))
