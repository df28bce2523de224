"""Bodies about resumes: the receipt, the row of a listing, the whole record, an event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from resume_processor.api.schemas.base import Body
from resume_processor.resume.record import Priority, ResumeRecord, ResumeStatus, Stage
from resume_processor.workflow.ports import ResumeEvent

EXAMPLE_ID = "0198c0de-6c1a-7b52-9d0e-3f5a6b7c8d9e"
EXAMPLE_TASK = "c0a1f3de-58c2-5a3c-9d40-1f7d1c2b9e11"
EXAMPLE_JOB = "0198c0de-1111-7b52-9d0e-3f5a6b7c8d9e"

RECEIPT_EXAMPLE: dict[str, Any] = {"id": EXAMPLE_ID, "task_id": EXAMPLE_TASK, "status": "RECEIVED"}

SUMMARY_EXAMPLE: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "task_id": EXAMPLE_TASK,
    "status": "DONE",
    "stage": "finished",
    "final": True,
    "file_name": "ada-example.pdf",
    "candidate_name": "Ada Example",
    "media_type": "application/pdf",
    "size": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "priority": "interactive",
    "attempts": 1,
    "job_id": EXAMPLE_JOB,
    "external_id": "applicant-42",
    "batch_id": None,
    "created_at": "2026-03-01T09:00:00Z",
    "updated_at": "2026-03-01T09:00:01Z",
    "finished_at": "2026-03-01T09:00:01Z",
    "error": None,
    "pipeline_version": "parser-1/scoring-1",
    "revision": 5,
}

CHANGE_EXAMPLE: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "revision": 5,
    "at": "2026-03-01T09:00:01Z",
    "status": "DONE",
    "stage": "finished",
    "final": True,
    "attempts": 1,
    "code": None,
}

RESULT_EXAMPLE: dict[str, Any] = {
    "resume": {
        "basics": {"name": "Ada Example", "email": "ada@example.org"},
        "skills": [{"name": "Python"}],
    },
    "personal": {},
    "evidence": {
        "/basics/email": {
            "places": [{"page": 1, "box": [72.0, 96.5, 180.25, 108.5]}],
            "source": "ada@example.org",
            "rule": "fields.emails",
            "confidence": 0.99,
        }
    },
    "warnings": [],
    "facts": {"months_of_experience": 84, "language": "en"},
    "parser_version": "1",
}


class ResumeReceipt(Body):
    """What an upload is answered with: the file is stored durably, the work waits."""

    model_config = ConfigDict(json_schema_extra={"examples": [RECEIPT_EXAMPLE]})

    id: str = Field(description="The resume's id; ask `/v1/resumes/{id}` for status and result.")
    task_id: str = Field(description="Id of the Celery task that processes it.")
    status: ResumeStatus = Field(description="`RECEIVED`; ask the address for how far it is now.")


class FailureReason(Body):
    """Why processing failed."""

    code: str = Field(
        description="The kind of failure, for programs: `encrypted`, `corrupt`, "
        "`unsupported_type`, `too_large`, `no_text`, `not_a_resume`, `timed_out`, "
        "`worker_crashed`, …",
        examples=["encrypted"],
    )
    message: str = Field(
        description="The reason, for people.",
        examples=["The document is protected by a password."],
    )


class ResumeSummary(Body):
    """One resume without its result."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY_EXAMPLE]})

    id: str
    task_id: str = Field(description="Id of the Celery task that processes it.")
    status: ResumeStatus = Field(
        description="`NEEDS_REVIEW` is done with named doubts (see the result's warnings)."
    )
    stage: Stage = Field(description="Where inside the processing it is.")
    final: bool = Field(description="Whether nothing more happens by itself.")
    file_name: str = Field(description="As the client named it.")
    candidate_name: str | None = Field(
        description="As it was read; null until then, and where none was found."
    )
    media_type: str = Field(description="As found by content; the file's name counts for nothing.")
    size: int = Field(description="Bytes.")
    sha256: str = Field(description="Digest of the file, in hex.")
    priority: Priority
    attempts: int = Field(description="How often a worker took it up.")
    job_id: str | None
    external_id: str | None = Field(description="The client's own name for it.")
    batch_id: str | None
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None
    error: FailureReason | None = Field(description="Why it failed, where it did.")
    pipeline_version: str | None = Field(description="Of the parser and scoring that ran.")
    revision: int = Field(description="Grows with every change.")


class ResumeDetail(ResumeSummary):
    """One resume with its result, once there is one."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**SUMMARY_EXAMPLE, "result": RESULT_EXAMPLE}]}
    )

    result: dict[str, Any] | None = Field(
        description="`resume` (JSON Resume 1.0), `personal`, `evidence` (JSON Pointer → page, box, "
        "source text, rule, confidence), `warnings`, `facts`, `parser_version`; null while there "
        "is none."
    )


class ResumePage(Body):
    """A page of a listing of resumes, newest first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [SUMMARY_EXAMPLE], "next_cursor": None}]}
    )

    items: tuple[ResumeSummary, ...]
    next_cursor: str | None = Field(
        description="Hand it in as `?cursor=` for the next page; null on the last one."
    )


class ResumeChange(Body):
    """One change of state or stage."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHANGE_EXAMPLE]})

    id: str
    revision: int = Field(description="Numbers the changes of a resume; also the event's id.")
    at: datetime
    status: ResumeStatus
    stage: Stage
    final: bool
    attempts: int
    code: str | None = Field(description="Of the failure, or why it went back to the queue.")


def change_of(event: ResumeEvent) -> ResumeChange:
    """The public view of a change."""
    return ResumeChange(
        id=event.resume_id,
        revision=event.revision,
        at=event.at,
        status=event.status,
        stage=event.stage,
        final=event.status.final,
        attempts=event.attempts,
        code=event.code,
    )


def summary_of(record: ResumeRecord) -> ResumeSummary:
    """The public view of a record."""
    return ResumeSummary.model_validate(summary_members(record))


def detail_of(record: ResumeRecord, result: dict[str, Any] | None) -> ResumeDetail:
    """The public view of a record and its result."""
    return ResumeDetail.model_validate({**summary_members(record), "result": result})


def receipt_of(record: ResumeRecord) -> ResumeReceipt:
    """The answer to an upload."""
    return ResumeReceipt(id=record.id, task_id=record.task_id, status=record.status)


def summary_members(record: ResumeRecord) -> dict[str, Any]:
    """The members of a summary; tenant and blob key stay inside."""
    failure = record.failure
    return {
        "id": record.id,
        "task_id": record.task_id,
        "status": record.status,
        "stage": record.stage,
        "final": record.status.final,
        "file_name": record.file_name,
        "candidate_name": record.candidate_name,
        "media_type": record.media_type,
        "size": record.size,
        "sha256": record.sha256,
        "priority": record.priority,
        "attempts": record.attempts,
        "job_id": record.job_id,
        "external_id": record.external_id,
        "batch_id": record.batch_id,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "finished_at": record.finished_at,
        "error": failure and {"code": failure.code, "message": failure.message},
        "pipeline_version": record.pipeline_version,
        "revision": record.revision,
    }
