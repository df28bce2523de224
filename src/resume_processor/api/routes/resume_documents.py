"""What a resume can be downloaded as: JSON Resume, a table, the file itself, everything."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse

from resume_processor.api.csv_text import csv_line
from resume_processor.api.dependencies import ResumeId, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.schemas.resumes import RESULT_EXAMPLE
from resume_processor.bootstrap import Services
from resume_processor.errors import Conflict, NotFound
from resume_processor.resume.blind import blind_of, blind_result, is_hidden
from resume_processor.resume.corrections import corrected_result
from resume_processor.resume.record import ResumeRecord
from resume_processor.resume.values import COLUMNS, ReadValue, as_table, hidden_from, values_of
from resume_processor.workflow.audit_port import Action, Happening, Seen
from resume_processor.workflow.export_resume import write_export
from resume_processor.workflow.file_names import ascii_name
from resume_processor.workflow.viewings import note_viewing

#: Bytes that are read and sent at a time.
CHUNK = 64 * 1024

#: An export up to this many bytes is put together in memory.
IN_MEMORY = 8 * 1024 * 1024

BLIND = "Without name, contact, photograph, civil status and school."

router = APIRouter(prefix="/v1/resumes/{resume_id}", tags=["resumes"])


@router.get(
    "/json-resume",
    response_model=None,
    summary="The JSON Resume document",
    responses={
        HTTPStatus.OK: {
            "description": "A JSON Resume 1.0 document.",
            "content": {
                "application/json": {
                    "schema": {"type": "object"},
                    "example": RESULT_EXAMPLE["resume"],
                }
            },
        },
        **problems(404, 409, 422),
    },
)
def get_json_resume(
    *,
    services: Wired,
    tenant: Tenant,
    resume_id: ResumeId,
    corrected: Annotated[
        bool, Query(description="With what people corrected in the place of what was read.")
    ] = False,
    blind: Annotated[bool, Query(description=BLIND)] = False,
) -> Response:
    """The bare document, valid against the JSON Resume 1.0 schema; `409` while there is none."""
    record = services.storage.get_resume(resume_id, tenant=tenant)
    result = parsed_result(services, record)
    if corrected:
        said = services.storage.list_corrections(record.id, tenant=tenant)
        result = {**result, **corrected_result(result, said)}
    note_viewing(record.id, Seen.RECORD, tenant, services, blind=blind)
    return JSONResponse((blind_result(result) if blind else result)["resume"])


@router.get(
    "/values.csv",
    response_class=Response,
    summary="Every value as a table",
    responses={
        HTTPStatus.OK: {
            "description": "A line for each value.",
            "content": {
                "text/csv": {
                    "schema": {"type": "string"},
                    "example": f"{','.join(COLUMNS)}\r\n/basics/name,Ada Example,ADA EXAMPLE,1,"
                    "0.98,fields.name,,,,,\r\n",
                }
            },
        },
        **problems(404, 409, 422),
    },
)
def get_values(
    *,
    services: Wired,
    tenant: Tenant,
    resume_id: ResumeId,
    blind: Annotated[bool, Query(description=BLIND)] = False,
) -> Response:
    """With its words, page, confidence, doubts, and what a person said about it."""
    record = services.storage.get_resume(resume_id, tenant=tenant)
    result = parsed_result(services, record)
    said = services.storage.list_corrections(record.id, tenant=tenant)
    values: Iterator[ReadValue] = values_of(result, said)
    if blind:
        hide = blind_of(result)
        values = (hidden_from(one, hide) for one in values if not is_hidden(one.pointer))
    note_viewing(record.id, Seen.RECORD, tenant, services, blind=blind)
    lines = [csv_line(COLUMNS), *map(csv_line, as_table(values))]
    return Response(
        "".join(lines),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="values-{record.id}.csv"'},
    )


@router.get(
    "/original",
    response_class=StreamingResponse,
    summary="The file as it was uploaded",
    responses={
        HTTPStatus.OK: {
            "description": "The file, always as an attachment.",
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        },
        **problems(404, 422),
    },
)
def get_original(services: Wired, tenant: Tenant, resume_id: ResumeId) -> StreamingResponse:
    """Byte for byte. It is untrusted, so it is never shown by the browser as a page."""
    record = services.storage.get_resume(resume_id, tenant=tenant)
    if not services.blobs.exists(record.blob_key):
        raise NotFound("The file of this resume is not there any more.")
    note_viewing(record.id, Seen.FILE, tenant, services)
    return StreamingResponse(
        chunks(services, record.blob_key),
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": attachment(record.file_name),
            "Content-Length": str(record.size),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


@router.get(
    "/export",
    response_class=StreamingResponse,
    summary="All that is kept about it",
    responses={
        HTTPStatus.OK: {
            "description": "A zip file, as an attachment.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        },
        **problems(404, 422),
    },
)
def get_export(services: Wired, tenant: Tenant, resume_id: ResumeId) -> StreamingResponse:
    """For the person whom it is about, in whatever state it is.

    Original, JSON Resume, evidence, corrections, scores with their ledgers, decisions, history, and
    the audit log's entries about it; what is not there yet is missing.
    """
    record = services.storage.get_resume(resume_id, tenant=tenant)
    told = Happening(Action.RESUME_EXPORTED, record.id, None, {"as": "everything"})
    services.storage.note(told, tenant=tenant, now=services.clock.now())
    return StreamingResponse(
        pieces_of(export_of(services, record)),
        media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="export-{record.id}.zip"',
            "Cache-Control": "private, no-store",
        },
    )


def export_of(services: Services, record: ResumeRecord) -> IO[bytes]:
    """The zip file from its start; on disk without a name, where it is large."""
    file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed by who reads it to its end
        max_size=IN_MEMORY, dir=str(services.settings.data_dir)
    )
    try:
        write_export(record, file, services)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """To its end, and then it is gone."""
    with file:
        while piece := file.read(CHUNK):
            yield piece


def parsed_result(services: Services, record: ResumeRecord) -> dict[str, Any]:
    """The result of a resume. Raises Conflict while, or where, there is none."""
    result = services.storage.get_result(record.id)
    if result is not None:
        return result
    if record.failure is not None:
        raise Conflict(f"It has no result: {record.failure.message}")
    raise Conflict(f"There is no result: the resume is {record.status}.")


def chunks(services: Services, key: str) -> Iterator[bytes]:
    """The bytes of a blob, piece by piece."""
    with services.blobs.open(key) as source:
        while piece := source.read(CHUNK):
            yield piece


def attachment(name: str) -> str:
    """A Content-Disposition that saves under this name (RFC 6266) and never shows."""
    return f"attachment; filename=\"{ascii_name(name)}\"; filename*=UTF-8''{quote(name, safe='')}"
