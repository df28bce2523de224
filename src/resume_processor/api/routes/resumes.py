"""Resumes: upload, list, look up, reprocess, cancel, delete."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Header, Query, Request, Response, UploadFile
from starlette.concurrency import run_in_threadpool

from resume_processor.api.dependencies import (
    ID_PATTERN,
    TEXT_PATTERN,
    Cursor,
    PageSize,
    Parts,
    ResumeId,
    Tenant,
    Wired,
)
from resume_processor.api.documented import RECEIPT_HEADERS, REPLAY_HEADER, problems
from resume_processor.api.revisions import etag_of, revision_in
from resume_processor.api.schemas.resumes import (
    ResumeDetail,
    ResumePage,
    ResumeReceipt,
    detail_of,
    receipt_of,
    summary_of,
)
from resume_processor.api.watch import wait_for
from resume_processor.bootstrap import Services
from resume_processor.resume.record import Priority, ResumeRecord, ResumeStatus
from resume_processor.workflow.audit_port import Seen
from resume_processor.workflow.delete_resume import delete_resume
from resume_processor.workflow.file_names import display_name
from resume_processor.workflow.receive_resume import Upload, receive_resume
from resume_processor.workflow.viewings import note_viewing

#: Seconds after which asking for the result is worth while.
ASK_AGAIN_SECONDS = 1

router = APIRouter(prefix="/v1/resumes", tags=["resumes"])

ETAG_HEADER = {"ETag": {"description": "The record's revision.", "schema": {"type": "string"}}}


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    summary="Upload a resume",
    responses={
        HTTPStatus.ACCEPTED: {
            "description": "Stored durably; the work waits. Nothing of it was parsed yet.",
            "headers": {**RECEIPT_HEADERS, **REPLAY_HEADER},
        },
        **problems(
            *(400, 404, 409, 413, 422), s409="in_flight", s422="empty_file", s503="backlog_full"
        ),
    },
)
def submit_resume(
    *,
    services: Wired,
    tenant: Tenant,
    request: Request,
    response: Response,
    file: Annotated[UploadFile, File(description="PDF, DOCX, ODT, RTF, HTML, text, picture …")],
    job_id: Annotated[
        str | None, Form(pattern=ID_PATTERN, description="A job to score it against first.")
    ] = None,
    external_id: Annotated[
        str | None,
        Form(max_length=200, pattern=TEXT_PATTERN, description="Your own name for it."),
    ] = None,
    priority: Annotated[
        Priority, Form(description="`bulk` gives way to what people wait for.")
    ] = Priority.INTERACTIVE,
    idempotency_key: Annotated[
        str | None,
        Header(
            max_length=255,
            pattern=TEXT_PATTERN,
            description="The same key with the same body is one resume and has the same answer, "
            "however often it is sent; with another body it is `422`, and `409` while the first "
            "request is still being worked on.",
        ),
    ] = None,
) -> ResumeReceipt:
    """Store a file and answer at once; workers read, parse and score it in the background.

    `202` means that file and record are on disk: it will be processed whatever dies meanwhile, and
    it does not depend on the queue being there. Ask the `Location` for the result, `?wait=` for it,
    or listen to `/v1/resumes/{id}/events`.
    """
    upload = Upload(
        file_name=display_name(file.filename),
        source=file.file,
        tenant=tenant,
        job_id=job_id,
        external_id=external_id,
        priority=priority,
        idempotency_key=idempotency_key,
    )
    receipt = receive_resume(upload, services)
    announce(response, request, receipt.record)
    if not receipt.is_new:
        response.headers["Idempotency-Replayed"] = "true"
    # what was answered the first time, also where it is further by now
    return receipt_of(replace(receipt.record, status=ResumeStatus.RECEIVED))


@router.get("", summary="List resumes", responses=problems(422))
def list_resumes(
    *,
    services: Wired,
    tenant: Tenant,
    limit: PageSize,
    cursor: Cursor = None,
    status: Annotated[ResumeStatus | None, Query(description="Only those of this status.")] = None,
    q: Annotated[
        str | None,
        Query(
            max_length=200,
            pattern=TEXT_PATTERN,
            description="Looks in file name, external id, and the candidate's name and skills.",
        ),
    ] = None,
    external_id: Annotated[
        str | None,
        Query(max_length=200, pattern=TEXT_PATTERN, description="Only those of exactly this name."),
    ] = None,
    batch_id: Annotated[
        str | None, Query(pattern=ID_PATTERN, description="Only those of this batch.")
    ] = None,
) -> ResumePage:
    """Newest first."""
    page = services.storage.list_resumes(
        tenant=tenant,
        limit=limit,
        cursor=cursor,
        status=status,
        text=q or None,
        batch_id=batch_id,
        external_id=external_id,
    )
    return ResumePage(items=tuple(map(summary_of, page.rows)), next_cursor=page.cursor)


@router.get(
    "/{resume_id}",
    response_model=ResumeDetail,
    summary="Status and result of a resume",
    responses={
        HTTPStatus.OK: {"headers": ETAG_HEADER},
        HTTPStatus.NOT_MODIFIED: {"description": "Still the revision that `If-None-Match` names."},
        **problems(404, 422),
    },
)
async def get_resume(
    *,
    parts: Parts,
    services: Wired,
    tenant: Tenant,
    resume_id: ResumeId,
    wait: Annotated[
        float,
        Query(
            ge=0,
            le=3600,
            description="Answer only when it is final (with `If-None-Match`: when it changed), at "
            "the latest after these seconds; the service has a limit of its own below that.",
            examples=[10],
        ),
    ] = 0,
    if_none_match: Annotated[
        str | None, Header(description="The `ETag` of the answer that you have.")
    ] = None,
) -> Response:
    """The record, and the result as soon as there is one."""
    seen = revision_in(if_none_match)
    record = await wait_for(
        resume_id,
        lambda: services.storage.get_resume(resume_id, tenant=tenant),
        parts.changes,
        seconds=min(wait, services.settings.max_wait_seconds),
        seen=seen,
    )
    headers = {"ETag": etag_of(record), "Cache-Control": "private, no-cache"}
    if seen == record.revision:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    body = await run_in_threadpool(detail_as_json, services, record)
    return Response(body, media_type="application/json", headers=headers)


@router.post(
    "/{resume_id}/reprocess",
    status_code=HTTPStatus.ACCEPTED,
    summary="Process a resume again",
    responses={
        HTTPStatus.ACCEPTED: {"headers": RECEIPT_HEADERS},
        **problems(404, 409, 422),
    },
)
def reprocess_resume(
    services: Wired, tenant: Tenant, request: Request, response: Response, resume_id: ResumeId
) -> ResumeReceipt:
    """Queue a final resume once more, with fresh attempts; what was found before is replaced."""
    record = services.storage.reprocess_resume(resume_id, tenant=tenant, now=services.clock.now())
    services.wake()
    announce(response, request, record)
    return receipt_of(record)


@router.post("/{resume_id}/cancel", summary="Cancel a resume", responses=problems(404, 409, 422))
def cancel_resume(services: Wired, tenant: Tenant, resume_id: ResumeId) -> ResumeReceipt:
    """Take a resume off the queue, or stop what a worker has begun from being written."""
    return receipt_of(
        services.storage.cancel_resume(resume_id, tenant=tenant, now=services.clock.now())
    )


@router.delete(
    "/{resume_id}",
    status_code=HTTPStatus.NO_CONTENT,
    summary="Delete a resume",
    responses=problems(404, 422),
)
def remove_resume(services: Wired, tenant: Tenant, resume_id: ResumeId) -> None:
    """Remove file, record, result and scores, in whatever state it is."""
    delete_resume(resume_id, tenant, services)


def announce(response: Response, request: Request, record: ResumeRecord) -> None:
    """Say where and when to ask."""
    response.headers["Location"] = f"{request.scope.get('root_path', '')}/v1/resumes/{record.id}"
    response.headers["Retry-After"] = str(ASK_AGAIN_SECONDS)


def detail_as_json(services: Services, record: ResumeRecord) -> bytes:
    """The whole answer about a record, as bytes."""
    result = services.storage.get_result(record.id)
    if result is not None:  # else there is only its state, and who waits asks for that often
        note_viewing(record.id, Seen.RECORD, record.tenant, services)
    return detail_of(record, result).model_dump_json().encode()
