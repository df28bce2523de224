"""What people say about values that were read: kept apart, and laid over the record on request."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

from resume_processor.errors import InvalidRequest

#: A value that can be corrected: no object, no list. None: there is none.
Scalar = str | int | float | bool | None

#: The pointer of the record as a whole: who says so has looked at all of it.
WHOLE = ""


class Verdict(StrEnum):
    """What a person said."""

    CONFIRMED = "confirmed"  #: it is right
    CORRECTED = "corrected"  #: it is something else
    ADDED = "added"  #: it stands in the document and was not read
    REMOVED = "removed"  #: it does not stand in the document
    CHECKED = "checked"  #: of the whole record: with the corrections it is right and complete


@dataclass(frozen=True, slots=True)
class Correction:
    """One person's word on one value.

    ``read`` is what the machine had there when the person looked (None: nothing), ``value`` what is
    right (None: nothing). ``pointer`` is a JSON Pointer as in the evidence, or ``WHOLE``.
    """

    resume_id: str
    pointer: str
    read: Scalar
    value: Scalar
    reviewer: str
    at: datetime

    @property
    def verdict(self) -> Verdict:
        """What it comes to."""
        if self.pointer == WHOLE:
            return Verdict.CHECKED
        if self.value is None:
            return Verdict.REMOVED
        if self.read is None:
            return Verdict.ADDED
        return Verdict.CONFIRMED if self.value == self.read else Verdict.CORRECTED


def is_stale(correction: Correction, result: Mapping[str, Any]) -> bool:
    """Whether the resume was read again since, and something else stands there now."""
    if correction.pointer == WHOLE:
        return False
    return bool(value_at(result, correction.pointer) != correction.read)


def corrected_result(
    result: Mapping[str, Any], corrections: Iterable[Correction]
) -> dict[str, Any]:
    """``resume`` and ``personal`` of a ParsedResume as JSON with the corrections that still fit.

    Raises InvalidRequest where one cannot be laid over the record.
    """
    record = copy.deepcopy({key: result.get(key, {}) for key in ("resume", "personal")})
    fitting = [one for one in corrections if one.pointer != WHOLE and not is_stale(one, result)]
    for correction in sorted(fitting, key=lambda one: _order(one.pointer)):
        if correction.value is not None and correction.value != correction.read:
            _put(record, steps_of(correction.pointer), correction.value)
    # from the end of each list to its beginning, so that no removal moves what comes after it
    for correction in sorted(fitting, key=lambda one: _order(one.pointer), reverse=True):
        if correction.value is None:
            _remove(record, steps_of(correction.pointer))
    return {key: _without_empty(value) for key, value in record.items()}


def value_at(result: Mapping[str, Any], pointer: str) -> Any:
    """What stands at the pointer, None where nothing does."""
    value: Any = {key: result.get(key, {}) for key in ("resume", "personal")}
    for step in steps_of(pointer):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def steps_of(pointer: str) -> list[str]:
    """The steps of an evidence pointer from above ``resume`` and ``personal`` on.

    Raises InvalidRequest where it is no JSON Pointer.
    """
    if not pointer.startswith("/"):
        raise InvalidRequest("A value is named by a JSON Pointer, such as /basics/name.")
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")]
    return steps if steps[0] == "personal" else ["resume", *steps]


def _order(pointer: str) -> list[tuple[int, int, str]]:
    """Numbers by size, names by letters."""
    return [(1, int(s), "") if s.isdigit() else (0, 0, s) for s in steps_of(pointer)]


def _remove(record: dict[str, Any], steps: list[str]) -> None:
    holder: Any = record
    for step in steps[:-1]:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    if isinstance(holder, list):
        del holder[int(steps[-1])]
    else:
        holder.pop(steps[-1], None)


def _without_empty(value: Any) -> Any:
    """Without entries that nothing is left of."""
    if isinstance(value, dict):
        inner = {key: _without_empty(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in ({}, [])}
    if isinstance(value, list):
        return [one for one in map(_without_empty, value) if one not in ({}, [])]
    return value


def _put(record: dict[str, Any], steps: list[str], value: Scalar) -> None:
    holder: Any = record
    for step, following in pairwise(steps):
        empty: Any = [] if following.isdigit() else {}
        holder = _step_into(holder, step, empty)
    if isinstance(holder, list):
        place = _place(steps[-1], len(holder))
        holder[place : place + 1] = [value]
    elif isinstance(holder, dict):
        holder[steps[-1]] = value
    else:
        raise _nowhere()


def _step_into(holder: Any, step: str, empty: Any) -> Any:
    if isinstance(holder, list):
        place = _place(step, len(holder))
        if place == len(holder):
            holder.append(empty)
        return holder[place]
    if isinstance(holder, dict):
        return holder.setdefault(step, empty)
    raise _nowhere()


def _place(step: str, length: int) -> int:
    """A place in a list: one that is there, or the next one behind its end."""
    if not step.isdigit() or int(step) > length:
        raise _nowhere()
    return int(step)


def _nowhere() -> InvalidRequest:
    return InvalidRequest("There is no place for a value at this JSON Pointer.")
