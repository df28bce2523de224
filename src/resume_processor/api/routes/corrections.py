"""What people say about the values of a resume, and what follows from it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query

from resume_processor.api.dependencies import ResumeId, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.schemas.corrections import (
    CorrectionBody,
    CorrectionList,
    CorrectionReport,
    correction_of,
)
from resume_processor.resume.corrections import is_stale
from resume_processor.workflow.audit_port import Seen
from resume_processor.workflow.correct_resume import Word, correct_resume, result_or_conflict
from resume_processor.workflow.export_cases import corrected_case
from resume_processor.workflow.viewings import note_viewing

router = APIRouter(prefix="/v1/resumes/{resume_id}", tags=["resumes"])

GOLD_EXAMPLE: dict[str, Any] = {
    "basics": {"name": "Ada Example", "email": ["ada@example.org"]},
    "personal": {},
    "work": [{"name": "Example Works", "position": "Engineer", "endDate": "present"}],
    "skills": ["Python"],
}


@router.get("/corrections", summary="What people said about it", responses=problems(404, 409, 422))
def list_corrections(services: Wired, tenant: Tenant, resume_id: ResumeId) -> CorrectionList:
    """The latest word on each value that somebody confirmed or corrected, by pointer."""
    record = services.storage.get_resume(resume_id, tenant=tenant)
    result = result_or_conflict(record.id, services)
    found = services.storage.list_corrections(record.id, tenant=tenant)
    note_viewing(record.id, Seen.RECORD, tenant, services)
    return CorrectionList(
        items=tuple(correction_of(one, stale=is_stale(one, result)) for one in found)
    )


@router.put(
    "/corrections", summary="Confirm or correct a value", responses=problems(404, 409, 413, 422)
)
def put_correction(
    services: Wired, tenant: Tenant, resume_id: ResumeId, body: CorrectionBody
) -> CorrectionReport:
    """The result stays as the machine made it; this is kept beside it, with who and when.

    It changes no score. A second word on the same value takes the place of the first.
    """
    word = Word(body.pointer, body.value, body.reviewer)
    return correction_of(correct_resume(resume_id, word, tenant, services), stale=False)


@router.delete(
    "/corrections",
    status_code=HTTPStatus.NO_CONTENT,
    summary="Take a correction back",
    responses=problems(404, 422),
)
def remove_correction(
    services: Wired,
    tenant: Tenant,
    resume_id: ResumeId,
    pointer: Annotated[
        str,
        Query(max_length=500, pattern=r"^(/[^\x00]*)?$", description="Of the value it is about."),
    ],
) -> None:
    """As if nobody had said anything about the value."""
    now = services.clock.now()
    services.storage.remove_correction(resume_id, pointer, tenant=tenant, now=now)


@router.get(
    "/evaluation-case",
    response_model=None,
    summary="The corrected record as a gold record",
    responses={
        HTTPStatus.OK: {
            "description": "What is true about the document, as `make evaluate` compares it.",
            "content": {
                "application/json": {"schema": {"type": "object"}, "example": GOLD_EXAMPLE}
            },
        },
        **problems(404, 409, 422),
    },
)
def get_evaluation_case(services: Wired, tenant: Tenant, resume_id: ResumeId) -> dict[str, Any]:
    """With the original file it makes a case to measure the parser on.

    Values that nobody looked at stand in it as they were read; `resume-processor export-cases`
    writes all resumes that were checked as a whole.
    """
    case = corrected_case(resume_id, tenant, services)
    note_viewing(resume_id, Seen.RECORD, tenant, services)
    return case.gold
