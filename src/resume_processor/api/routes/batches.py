"""Batches: many resumes at once, and how far they are."""

from __future__ import annotations

import tempfile
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import contextmanager_in_threadpool
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from resume_processor.api.batch_bodies import DOCUMENTED_BODY, SpooledBatch, spool_batch
from resume_processor.api.dependencies import (
    ID_PATTERN,
    TEXT_PATTERN,
    BatchId,
    Cursor,
    PageSize,
    Tenant,
    Wired,
)
from resume_processor.api.documented import RECEIPT_HEADERS, REPLAY_HEADER, problems
from resume_processor.api.schemas.batches import (
    BatchPage,
    BatchReceipt,
    BatchReport,
    batch_receipt_of,
    batch_report_of,
)
from resume_processor.resume.record import Priority
from resume_processor.workflow.hold_key import key_held
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.receive_batch import BatchUpload, receive_batch

#: Seconds after which asking how far it is is worth while.
ASK_AGAIN_SECONDS = 2

router = APIRouter(prefix="/v1/batches", tags=["batches"])


class BatchOptions(BaseModel):
    """What may stand in the form beside the files, or in the address."""

    job_id: str | None = Field(None, pattern=ID_PATTERN)
    priority: Priority = Priority.BULK


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    summary="Upload many resumes",
    openapi_extra=DOCUMENTED_BODY,
    responses={
        HTTPStatus.ACCEPTED: {
            "description": "Stored durably; the work waits. Nothing was unpacked yet.",
            "headers": {**RECEIPT_HEADERS, **REPLAY_HEADER},
        },
        **problems(
            *(400, 404, 409, 413, 415, 422), s409="in_flight", s422="corrupt", s503="backlog_full"
        ),
    },
)
async def submit_batch(
    *,
    services: Wired,
    tenant: Tenant,
    request: Request,
    response: Response,
    job_id: Annotated[
        str | None, Query(pattern=ID_PATTERN, description="A job to score them against first.")
    ] = None,
    priority: Annotated[
        Priority, Query(description="`bulk` gives way to what people wait for.")
    ] = Priority.BULK,
    idempotency_key: Annotated[
        str | None,
        Header(
            max_length=255,
            pattern=TEXT_PATTERN,
            description="The same key with the same files is one batch and has the same answer; "
            "with others it is `422`, and `409` while the first request is still coming in.",
        ),
    ] = None,
) -> BatchReceipt:
    """Send a form with many files, or one zip file (in a form, or as the body itself).

    Each file becomes a resume of its own. One that is no good (damaged, too large, behind a
    password, with a name that leads out of the archive) becomes a `FAILED` resume with its reason,
    and the others go on. Ask the `Location` for how far it is, or listen to its `/events`.
    """
    holding = key_held(idempotency_key, tenant, new_id(services.clock.now()), services)
    async with contextmanager_in_threadpool(holding) as renew:
        with tempfile.TemporaryFile(dir=services.settings.data_dir) as file:
            spooled = await spool_batch(request, file, services.settings, renew)
            options = options_of(spooled, job_id, priority)
            upload = BatchUpload(
                archive=spooled.archive,
                tenant=tenant,
                job_id=options.job_id,
                priority=options.priority,
                idempotency_key=idempotency_key,
            )
            receipt = await run_in_threadpool(receive_batch, upload, services)
    batch = receipt.batch
    response.headers["Location"] = f"{request.scope.get('root_path', '')}/v1/batches/{batch.id}"
    response.headers["Retry-After"] = str(ASK_AGAIN_SECONDS)
    if not receipt.is_new:
        response.headers["Idempotency-Replayed"] = "true"
    return batch_receipt_of(batch)


@router.get("", summary="List batches", responses=problems(422))
def list_batches(
    services: Wired, tenant: Tenant, limit: PageSize, cursor: Cursor = None
) -> BatchPage:
    """Newest first."""
    page = services.storage.list_batches(tenant=tenant, limit=limit, cursor=cursor)
    return BatchPage(items=tuple(map(batch_report_of, page.rows)), next_cursor=page.cursor)


@router.get("/{batch_id}", summary="How far a batch is", responses=problems(404, 422))
def get_batch(services: Wired, tenant: Tenant, batch_id: BatchId) -> BatchReport:
    """Counts by state. Its resumes are at `/v1/resumes?batch_id=`."""
    return batch_report_of(services.storage.get_batch(batch_id, tenant=tenant))


def options_of(spooled: SpooledBatch, job_id: str | None, priority: Priority) -> BatchOptions:
    """The form's fields, else the address's. Raises RequestValidationError."""
    asked = {"job_id": job_id, "priority": priority, **spooled.fields}
    try:
        return BatchOptions.model_validate(asked)
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(found) from None
