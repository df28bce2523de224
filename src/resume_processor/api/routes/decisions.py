"""What people decided about candidates. The service itself never decides."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from resume_processor.api.dependencies import (
    ID_PATTERN,
    Cursor,
    JobId,
    PageSize,
    ResumeId,
    Tenant,
    Wired,
)
from resume_processor.api.documented import problems
from resume_processor.api.schemas.decisions import (
    DecisionBody,
    DecisionPage,
    DecisionReport,
    decision_of,
)
from resume_processor.workflow.decide_resume import NewDecision, decide_resume

router = APIRouter(prefix="/v1", tags=["jobs"])


@router.post(
    "/jobs/{job_id}/decisions",
    status_code=HTTPStatus.CREATED,
    summary="Record a person's decision",
    responses=problems(404, 413, 422),
)
def record_decision(
    services: Wired, tenant: Tenant, job_id: JobId, body: DecisionBody
) -> DecisionReport:
    """That a candidate goes on to the next step, or does not, with the reason.

    For people: the service never decides by itself, and no score has a decision follow. A later
    decision on the same candidate for the same job counts instead of this one, which is kept.
    """
    new = NewDecision(job_id, body.resume_id, body.decision, body.reason, body.reviewer)
    return decision_of(decide_resume(new, tenant, services))


@router.get(
    "/jobs/{job_id}/decisions",
    summary="What was decided for a job",
    responses=problems(404, 422),
)
def list_decisions_of_job(
    *,
    services: Wired,
    tenant: Tenant,
    job_id: JobId,
    limit: PageSize,
    cursor: Cursor = None,
    resume_id: Annotated[
        str | None, Query(pattern=ID_PATTERN, description="Only on this resume.")
    ] = None,
) -> DecisionPage:
    """Newest first, history included."""
    job = services.storage.get_job(job_id, tenant=tenant)
    page = services.storage.list_decisions(
        tenant=tenant, limit=limit, cursor=cursor, job_id=job.id, resume_id=resume_id
    )
    return DecisionPage(items=tuple(map(decision_of, page.rows)), next_cursor=page.cursor)


@router.get(
    "/resumes/{resume_id}/decisions",
    tags=["resumes"],
    summary="What was decided about a resume",
    responses=problems(404, 422),
)
def list_decisions_of_resume(
    services: Wired, tenant: Tenant, resume_id: ResumeId, limit: PageSize, cursor: Cursor = None
) -> DecisionPage:
    """For whatever jobs, newest first, history included."""
    resume = services.storage.get_resume(resume_id, tenant=tenant)
    page = services.storage.list_decisions(
        tenant=tenant, limit=limit, cursor=cursor, resume_id=resume.id
    )
    return DecisionPage(items=tuple(map(decision_of, page.rows)), next_cursor=page.cursor)
