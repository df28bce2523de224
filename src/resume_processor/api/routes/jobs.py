"""Jobs: positions to fill."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from resume_processor.api.dependencies import Cursor, JobId, PageSize, Parts, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.job_bodies import DOCUMENTED_BODY, read_job_body
from resume_processor.api.schemas.jobs import (
    Job,
    JobPage,
    JobWithScoring,
    RetentionBody,
    job_of,
    job_with_scoring,
)
from resume_processor.workflow.receive_job import NewJob, receive_job

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    summary="Post a job",
    openapi_extra=DOCUMENTED_BODY,
    responses={
        HTTPStatus.CREATED: {
            "description": "Stored; all resumes are scored against it in the background.",
            "headers": {
                "Location": {"description": "The job.", "schema": {"type": "string"}},
            },
        },
        **problems(400, 413, 415, 422),
    },
)
async def post_job(
    parts: Parts, services: Wired, tenant: Tenant, request: Request, response: Response
) -> Job:
    """Read what a job asks for from its text or file, or take it as it is said.

    Look at `requirements` in the answer: it is what resumes are scored against.
    """
    body = await read_job_body(request, parts.text_of_file)
    new_job = NewJob(
        text=body.text,
        tenant=tenant,
        title=body.title,
        requirements=body.requirements.as_value() if body.requirements else None,
        retention_days=body.retention_days,
    )
    job = await run_in_threadpool(receive_job, new_job, services)
    response.headers["Location"] = f"{request.scope.get('root_path', '')}/v1/jobs/{job.id}"
    return job_of(job)


@router.get("", summary="List jobs", responses=problems(422))
def list_jobs(services: Wired, tenant: Tenant, limit: PageSize, cursor: Cursor = None) -> JobPage:
    """Newest first."""
    page = services.storage.list_jobs(tenant=tenant, limit=limit, cursor=cursor)
    return JobPage(items=tuple(map(job_of, page.rows)), next_cursor=page.cursor)


@router.get("/{job_id}", summary="A job and its requirements", responses=problems(404, 422))
def get_job(services: Wired, tenant: Tenant, job_id: JobId) -> JobWithScoring:
    """The text and what was read from it, and how far the scoring of the resumes is."""
    job = services.storage.get_job(job_id, tenant=tenant)
    return job_with_scoring(job, services.storage.scoring_progress(job.id))


@router.post(
    "/{job_id}/rescore",
    status_code=HTTPStatus.ACCEPTED,
    summary="Score again what an earlier version scored",
    responses=problems(404, 422),
)
def rescore_job(services: Wired, tenant: Tenant, job_id: JobId) -> JobWithScoring:
    """After an upgrade: in the background, every resume whose score is of another version.

    The score before stays beside the new one: `earlier_total` in the ranking, and
    `scores/{resume_id}/changes` says what moved and why.
    """
    services.storage.score_again(job_id, tenant=tenant, now=services.clock.now())
    services.wake()
    return get_job(services, tenant, job_id)


@router.put(
    "/{job_id}/retention",
    summary="How long its applicants' resumes are kept",
    responses=problems(404, 422),
)
def put_retention(services: Wired, tenant: Tenant, job_id: JobId, body: RetentionBody) -> Job:
    """Resumes that were sent for this job are deleted so many days after they were received.

    Without a number the settings decide. What is overdue by it is deleted within an hour.
    """
    services.storage.set_retention(
        job_id, body.retention_days, tenant=tenant, now=services.clock.now()
    )
    return job_of(services.storage.get_job(job_id, tenant=tenant))


@router.delete(
    "/{job_id}",
    status_code=HTTPStatus.NO_CONTENT,
    summary="Delete a job",
    responses=problems(404, 422),
)
def delete_job(services: Wired, tenant: Tenant, job_id: JobId) -> None:
    """Remove the job and its scores; the resumes stay, for as long as the settings say."""
    services.storage.delete_job(job_id, tenant=tenant, now=services.clock.now())
