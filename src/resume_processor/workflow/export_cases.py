"""Corrected resumes as evaluation cases: a document and what a person said is true about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from resume_processor.resume.corrections import WHOLE, Correction, corrected_result, is_stale
from resume_processor.resume.gold_record import gold_record
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.correct_resume import result_or_conflict
from resume_processor.workflow.parts import Parts

#: Resumes asked for at once.
_PAGE = 200


@dataclass(frozen=True, slots=True)
class CorrectedCase:
    """``gold`` is the record with its corrections; ``whole`` says whether a person checked it all.

    Where not, values that nobody looked at stand in it as the machine read them.
    """

    record: ResumeRecord
    gold: dict[str, Any]
    corrections: Sequence[Correction]
    whole: bool


def corrected_case(resume_id: str, tenant: str, parts: Parts) -> CorrectedCase:
    """One resume as a case. Raises NotFound, and Conflict where it has no result."""
    record = parts.storage.get_resume(resume_id, tenant=tenant)
    result = result_or_conflict(record.id, parts)
    corrections = [
        one
        for one in parts.storage.list_corrections(record.id, tenant=tenant)
        if not is_stale(one, result)
    ]
    right = corrected_result(result, corrections)
    ongoing = result["facts"].get("ongoing") or ()
    return CorrectedCase(
        record=record,
        gold=gold_record(right["resume"], right["personal"], ongoing),
        corrections=corrections,
        whole=any(one.pointer == WHOLE for one in corrections),
    )


def corrected_cases(tenant: str, parts: Parts, *, partial: bool = False) -> Iterator[CorrectedCase]:
    """Every resume that a person checked as a whole; with ``partial`` every corrected one."""
    after: str | None = None
    while ids := parts.storage.corrected_resumes(tenant=tenant, limit=_PAGE, after=after):
        for resume_id in ids:
            if parts.storage.get_result(resume_id) is None:
                continue
            case = corrected_case(resume_id, tenant, parts)
            if case.whole or (partial and case.corrections):
                yield case
        after = ids[-1]
