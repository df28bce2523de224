"""Bodies about batches: the receipt, and how far one has come."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, Field

from resume_processor.api.schemas.base import Body
from resume_processor.api.schemas.resumes import EXAMPLE_JOB, FailureReason
from resume_processor.resume.record import Priority, ResumeStatus
from resume_processor.workflow.ports import Batch, BatchProgress

EXAMPLE_BATCH = "0198c0de-2222-7b52-9d0e-3f5a6b7c8d9e"

BATCH_RECEIPT_EXAMPLE: dict[str, Any] = {
    "id": EXAMPLE_BATCH,
    "status": "RECEIVED",
    "expected": 120,
}

BATCH_EXAMPLE: dict[str, Any] = {
    "id": EXAMPLE_BATCH,
    "status": "PROCESSING",
    "expected": 120,
    "received": 120,
    "finished": 90,
    "progress": 0.75,
    "counts": {
        "RECEIVED": 28,
        "PROCESSING": 2,
        "DONE": 84,
        "NEEDS_REVIEW": 4,
        "FAILED": 2,
        "CANCELLED": 0,
    },
    "priority": "bulk",
    "job_id": EXAMPLE_JOB,
    "created_at": "2026-03-01T09:00:00Z",
    "completed_at": None,
    "error": None,
}


class BatchStatus(StrEnum):
    """Where a batch is as a whole."""

    RECEIVED = "RECEIVED"
    UNPACKING = "UNPACKING"
    PROCESSING = "PROCESSING"
    COMPLETE = "COMPLETE"
    FAILED = "FAILED"


class BatchReceipt(Body):
    """What a batch is answered with: it is stored durably, the work waits."""

    model_config = ConfigDict(json_schema_extra={"examples": [BATCH_RECEIPT_EXAMPLE]})

    id: str = Field(description="The batch's id; ask `/v1/batches/{id}` for how far it is.")
    status: BatchStatus = Field(description="`RECEIVED`.")
    expected: int = Field(description="Files in it; each one becomes a resume.")


class BatchReport(Body):
    """One batch: how many of its resumes are in which state."""

    model_config = ConfigDict(json_schema_extra={"examples": [BATCH_EXAMPLE]})

    id: str
    status: BatchStatus = Field(
        description="`UNPACKING` while files are still taken out; `COMPLETE` once all resumes are "
        "final, whatever became of each; `FAILED` where the batch could not be taken apart to its "
        "end (`error` says why; what came out of it is finished)."
    )
    expected: int | None = Field(description="Files in it.")
    received: int = Field(description="Resumes that came out of it so far and were not deleted.")
    finished: int = Field(description="Those of them that are final.")
    progress: float = Field(description="From 0 to 1.", ge=0, le=1)
    counts: dict[ResumeStatus, int] = Field(description="Resumes by status.")
    priority: Priority
    job_id: str | None
    created_at: datetime
    completed_at: datetime | None = Field(description="When the last resume became final.")
    error: FailureReason | None


class BatchPage(Body):
    """A page of a listing of batches, newest first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [BATCH_EXAMPLE], "next_cursor": None}]}
    )

    items: tuple[BatchReport, ...]
    next_cursor: str | None


def batch_receipt_of(batch: Batch) -> BatchReceipt:
    """The answer to an upload, also to one that is sent again."""
    return BatchReceipt(id=batch.id, status=BatchStatus.RECEIVED, expected=batch.expected or 0)


def batch_report_of(progress: BatchProgress) -> BatchReport:
    """The public view of a batch; tenant and blob key stay inside."""
    batch = progress.batch
    received = sum(progress.counts.values())
    finished = sum(count for status, count in progress.counts.items() if status.final)
    return BatchReport(
        id=batch.id,
        status=_status(progress, received),
        expected=batch.expected,
        received=received,
        finished=finished,
        progress=_share(progress, finished, received),
        counts={status: progress.counts.get(status, 0) for status in ResumeStatus},
        priority=batch.priority,
        job_id=batch.job_id,
        created_at=batch.created_at,
        completed_at=batch.completed_at,
        error=batch.failure
        and FailureReason(code=batch.failure.code, message=batch.failure.message),
    )


def _status(progress: BatchProgress, received: int) -> BatchStatus:
    if progress.complete:
        return BatchStatus.FAILED if progress.batch.failure else BatchStatus.COMPLETE
    if progress.batch.size is not None:
        return BatchStatus.PROCESSING
    return BatchStatus.UNPACKING if received else BatchStatus.RECEIVED


def _share(progress: BatchProgress, finished: int, received: int) -> float:
    if progress.complete:
        return 1.0
    whole = received if progress.batch.size is not None else progress.batch.expected or received
    # three places, rounded down: 1 is complete and nothing else
    return min(finished * 1000 // whole / 1000, 0.999) if whole else 0.0
