"""The values of a record one by one, each with what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from resume_processor.resume.blind import Blind, scalars
from resume_processor.resume.corrections import WHOLE, Correction, Scalar, is_stale

#: Columns of ``as_table``.
COLUMNS = (
    "pointer",
    "value",
    "source",
    "pages",
    "confidence",
    "rule",
    "doubts",
    "verdict",
    "corrected_value",
    "reviewer",
    "reviewed_at",
)


@dataclass(frozen=True, slots=True)
class ReadValue:
    """One value: what was read (None: nothing, a person added it), and what was said about it."""

    pointer: str
    value: Scalar
    evidence: Mapping[str, Any] | None
    doubts: tuple[str, ...] = ()
    correction: Correction | None = None

    @property
    def confidence(self) -> float | None:
        """Estimated probability (0..1) that it is right; None without evidence."""
        return None if self.evidence is None else float(self.evidence["confidence"])

    @property
    def right(self) -> Scalar:
        """What a person said, else what was read."""
        return self.value if self.correction is None else self.correction.value


def values_of(
    result: Mapping[str, Any], corrections: Iterable[Correction] = ()
) -> Iterator[ReadValue]:
    """All values of a ParsedResume as JSON, in the record's order, then those that people added.

    Corrections of values that are not there any more are left out.
    """
    said = {one.pointer: one for one in corrections if not is_stale(one, result)}
    said.pop(WHOLE, None)
    doubts: dict[str, list[str]] = {}
    for doubt in result["warnings"]:
        doubts.setdefault(doubt.get("pointer") or "", []).append(doubt["message"])
    record = {**result["resume"], "personal": result["personal"]}
    for pointer, value in scalars(record):
        evidence = result["evidence"].get(pointer)
        yield ReadValue(
            pointer, value, evidence, tuple(doubts.get(pointer, ())), said.pop(pointer, None)
        )
    for pointer, correction in said.items():
        yield ReadValue(pointer, None, None, (), correction)


def hidden_from(one: ReadValue, blind: Blind) -> ReadValue:
    """The value as blind review may see it; whether it may at all is not asked here."""
    said = one.correction
    if said is not None:
        read, value = blind.value(said.read), blind.value(said.value)
        said = replace(said, read=read, value=value)
    return ReadValue(
        one.pointer,
        blind.value(one.value),
        one.evidence and {**one.evidence, "source": blind.text(one.evidence["source"])},
        tuple(map(blind.text, one.doubts)),
        said,
    )


def as_table(values: Iterable[ReadValue]) -> Iterator[Sequence[object]]:
    """A row for each value, in the order of ``COLUMNS``."""
    for one in values:
        evidence, said = one.evidence or {}, one.correction
        yield (
            one.pointer,
            one.value,
            evidence.get("source"),
            " ".join(sorted({str(place["page"]) for place in evidence.get("places", ())})),
            one.confidence,
            evidence.get("rule"),
            " ".join(one.doubts),
            said and said.verdict.value,
            said and said.value,
            said and said.reviewer,
            said and said.at.isoformat(),
        )
