"""Named reasons why a person should look at a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from resume_processor.layout.lines import Document
from resume_processor.parsing.confidence import field_at
from resume_processor.parsing.months import first_month, month_after
from resume_processor.parsing.unlikely import LEAST
from resume_processor.resume.evidence import Evidence
from resume_processor.resume.parsed_resume import Doubt

#: Months that two jobs may share before it is worth a remark.
_OVERLAP_MONTHS = 3
#: Under this confidence, a value that a decision hangs on is named; under ``LEAST``, where list
#: items are left out, a person has to look.
_AS_LIKELY_WRONG = 0.5
#: Fields that a decision hangs on.
_DECISIVE = frozenset(
    {
        "name",
        "email",
        "phone",
        "work.name",
        "work.position",
        "work.startDate",
        "work.endDate",
        "education.institution",
        "education.studyType",
        "education.endDate",
    }
)
#: Fields by which a person is reached.
_REACHES = frozenset({"name", "email", "phone"})
#: Warnings of the readers that a person has to judge.
_SERIOUS_WARNINGS = frozenset({"hidden_text"})


def doubts_of(
    resume: Mapping[str, Any],
    evidence: Mapping[str, Evidence],
    document: Document,
    counted_until: str | None,
) -> tuple[Doubt, ...]:
    """All doubts; ``evidence`` by JSON Pointer, its confidences calibrated.

    ``counted_until`` is the document's latest date, where an ongoing job was counted up to it.
    """
    return (
        *_of_reading(document),
        *_of_basics(resume.get("basics", {})),
        *_of_content(resume),
        *_of_dates(resume),
        *_overlaps(resume.get("work", [])),
        *_of_confidence(evidence),
        *_of_counting(counted_until),
    )


def _of_reading(document: Document) -> Iterator[Doubt]:
    for warning in document.warnings:
        yield Doubt(
            warning.code,
            warning.message,
            page=warning.page,
            blocking=warning.code in _SERIOUS_WARNINGS,
        )


def _of_basics(basics: Mapping[str, Any]) -> Iterator[Doubt]:
    if "name" not in basics:
        yield Doubt("no_name", "No name of the candidate was found.", "/basics", blocking=True)
    if "email" not in basics and "phone" not in basics:
        yield Doubt(
            "no_contact",
            "Neither an e-mail address nor a phone was found.",
            "/basics",
            blocking=True,
        )


def _of_content(resume: Mapping[str, Any]) -> Iterator[Doubt]:
    if "work" not in resume and "education" not in resume:
        yield Doubt("no_entries", "Neither work nor education was found.", blocking=True)


def _of_dates(resume: Mapping[str, Any]) -> Iterator[Doubt]:
    for section in ("work", "education", "volunteer", "projects"):
        for index, entry in enumerate(resume.get(section, [])):
            start, end = entry.get("startDate"), entry.get("endDate")
            if start and end and month_after(end) < first_month(start):
                yield Doubt(
                    "date_order",
                    "The end lies before the start.",
                    f"/{section}/{index}/endDate",
                    blocking=True,
                )


def _overlaps(work: list[Mapping[str, Any]]) -> Iterator[Doubt]:
    dated = [
        (index, first_month(entry["startDate"]), month_after(entry["endDate"]))
        for index, entry in enumerate(work)
        if entry.get("startDate") and entry.get("endDate")
    ]
    for (_, a0, a1), (index, b0, b1) in combinations(dated, 2):
        if min(a1, b1) - max(a0, b0) >= _OVERLAP_MONTHS:
            yield Doubt(
                "overlapping_work", "Two jobs share some months.", f"/work/{index}/startDate"
            )


def _of_confidence(evidence: Mapping[str, Evidence]) -> Iterator[Doubt]:
    """Values that a decision hangs on and that are as likely wrong as right, or worse."""
    for pointer, one in evidence.items():
        field = field_at(pointer)
        if one.confidence < _AS_LIKELY_WRONG and field in _DECISIVE:
            blocking = one.confidence < LEAST or field in _REACHES
            message = f"Values like this one are right in {one.confidence:.0%} of the cases."
            yield Doubt("unsure", message, pointer, blocking=blocking)


def _of_counting(until: str | None) -> Iterator[Doubt]:
    if until is not None:
        yield Doubt(
            "counted_until",
            f"An ongoing job is counted until {until}, the latest date in the document.",
        )
