"""Rows of the tables as values, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import Row

from resume_processor.resume.record import Failure, Priority, ResumeRecord, ResumeStatus, Stage
from resume_processor.scoring.facets import Facets
from resume_processor.storage.sql import tables
from resume_processor.workflow.stored_values import (
    Batch,
    JobRecord,
    ResumeEvent,
    ScoreRecord,
    WorkerSign,
    WorkItem,
    WorkKind,
    WorkState,
)

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

#: The columns of a ResumeRecord.
RECORD = [
    tables.resumes.c[name]
    for name in (
        "id",
        "tenant",
        "status",
        "stage",
        "file_name",
        "media_type",
        "size",
        "sha256",
        "blob_key",
        "created_at",
        "updated_at",
        "revision",
        "attempts",
        "priority",
        "job_id",
        "external_id",
        "batch_id",
        "finished_at",
        "failure_code",
        "failure_message",
        "pipeline_version",
        "candidate_name",
    )
]


#: The columns of a ScoreRecord, under names that a ResumeRecord has not.
SCORE = [
    tables.scores.c.job_id.label("score_job_id"),
    tables.scores.c.resume_id,
    tables.scores.c.total,
    tables.scores.c.version,
    tables.scores.c.created_at.label("scored_at"),
    tables.scores.c.musts_met,
    tables.scores.c.months,
    tables.scores.c.languages,
    tables.scores.c.earlier_total,
    tables.scores.c.body,
]


def to_record(row: AnyRow) -> ResumeRecord:
    """From a row that has the columns ``RECORD`` by name."""
    return ResumeRecord(
        id=row.id,
        tenant=row.tenant,
        status=ResumeStatus(row.status),
        stage=Stage(row.stage),
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        blob_key=row.blob_key,
        created_at=row.created_at,
        updated_at=row.updated_at,
        revision=row.revision,
        attempts=row.attempts,
        priority=Priority(row.priority),
        job_id=row.job_id,
        external_id=row.external_id,
        batch_id=row.batch_id,
        finished_at=row.finished_at,
        failure=_failure(row),
        pipeline_version=row.pipeline_version,
        candidate_name=row.candidate_name,
    )


def from_record(record: ResumeRecord) -> dict[str, Any]:
    """All columns of a new record but those for searching and idempotency."""
    return {
        "id": record.id,
        "tenant": record.tenant,
        "file_name": record.file_name,
        "size": record.size,
        "sha256": record.sha256,
        "blob_key": record.blob_key,
        "created_at": record.created_at,
        "priority": record.priority.value,
        "job_id": record.job_id,
        "external_id": record.external_id,
        "batch_id": record.batch_id,
        **changing_columns(record),
    }


def changing_columns(record: ResumeRecord) -> dict[str, Any]:
    """The columns that a change of state may touch."""
    return {
        "status": record.status.value,
        "stage": record.stage.value,
        "media_type": record.media_type,
        "updated_at": record.updated_at,
        "revision": record.revision,
        "attempts": record.attempts,
        "finished_at": record.finished_at,
        **_failure_columns(record.failure),
        "pipeline_version": record.pipeline_version,
        "candidate_name": record.candidate_name,
    }


def to_work(row: AnyRow) -> WorkItem:
    """From a row of ``work``."""
    return WorkItem(
        kind=WorkKind(row.kind),
        subject_id=row.subject_id,
        state=WorkState(row.state),
        priority=Priority(row.priority),
        attempts=row.attempts,
        available_at=row.available_at,
        created_at=row.created_at,
        dispatched_at=row.dispatched_at,
        owner=row.owner,
        lease_until=row.lease_until,
        last_error=row.last_error,
        progress=row.progress,
        tenant=row.tenant,
        again=row.again,
        claimed_at=row.claimed_at,
        trace=row.trace,
    )


def from_work(item: WorkItem) -> dict[str, Any]:
    """All columns."""
    return {
        "kind": item.kind.value,
        "subject_id": item.subject_id,
        "tenant": item.tenant,
        **changing_work_columns(item),
    }


def changing_work_columns(item: WorkItem) -> dict[str, Any]:
    """All columns but those that name the work."""
    return {
        "state": item.state.value,
        "priority": item.priority.value,
        "attempts": item.attempts,
        "available_at": item.available_at,
        "created_at": item.created_at,
        "dispatched_at": item.dispatched_at,
        "owner": item.owner,
        "lease_until": item.lease_until,
        "last_error": item.last_error,
        "progress": item.progress,
        "again": item.again,
        "claimed_at": item.claimed_at,
        "trace": item.trace,
    }


def to_event(row: AnyRow) -> ResumeEvent:
    """From a row of ``events``."""
    return ResumeEvent(
        resume_id=row.resume_id,
        revision=row.revision,
        at=row.at,
        status=ResumeStatus(row.status),
        stage=Stage(row.stage),
        attempts=row.attempts,
        code=row.code,
    )


def from_event(event: ResumeEvent) -> dict[str, Any]:
    """All columns."""
    return {
        "resume_id": event.resume_id,
        "revision": event.revision,
        "at": event.at,
        "status": event.status.value,
        "stage": event.stage.value,
        "attempts": event.attempts,
        "code": event.code,
    }


def to_job(row: AnyRow) -> JobRecord:
    """From a row of ``jobs``."""
    return JobRecord(
        id=row.id,
        tenant=row.tenant,
        title=row.title,
        text=row.text,
        requirements=row.requirements,
        created_at=row.created_at,
        updated_at=row.updated_at,
        revision=row.revision,
        open=row.open,
        retention_days=row.retention_days,
    )


def from_job(job: JobRecord) -> dict[str, Any]:
    """All columns."""
    return {
        "id": job.id,
        "tenant": job.tenant,
        "title": job.title,
        "text": job.text,
        "requirements": job.requirements,
        "created_at": job.created_at,
        "updated_at": job.updated_at,
        "revision": job.revision,
        "open": job.open,
        "retention_days": job.retention_days,
    }


def from_score(score: ScoreRecord) -> dict[str, Any]:
    """All columns."""
    return {
        "job_id": score.job_id,
        "resume_id": score.resume_id,
        "total": score.total,
        "version": score.version,
        "created_at": score.created_at,
        "musts_met": score.facets.musts_met,
        "months": score.facets.months,
        "languages": joined(score.facets.languages),
        "body": score.ledger,
    }


def to_score(row: AnyRow) -> ScoreRecord:
    """From a row that has the columns ``SCORE``."""
    return ScoreRecord(
        job_id=row.score_job_id,
        resume_id=row.resume_id,
        total=row.total,
        ledger=row.body,
        version=row.version,
        created_at=row.scored_at,
        facets=Facets(
            row.musts_met, row.months, tuple(filter(None, (row.languages or "").split(",")))
        ),
        earlier_total=row.earlier_total,
    )


def joined(names: Sequence[str]) -> str:
    """Names in one text where each can be looked for: ``,english,german,``."""
    return f",{','.join(names)}," if names else ""


def to_batch(row: AnyRow) -> Batch:
    """From a row of ``batches``."""
    return Batch(
        id=row.id,
        tenant=row.tenant,
        created_at=row.created_at,
        size=row.size,
        expected=row.expected,
        blob_key=row.blob_key,
        job_id=row.job_id,
        priority=Priority(row.priority),
        failure=_failure(row),
        completed_at=row.completed_at,
    )


def from_batch(batch: Batch) -> dict[str, Any]:
    """All columns but those for idempotency."""
    return {
        "id": batch.id,
        "tenant": batch.tenant,
        "created_at": batch.created_at,
        "expected": batch.expected,
        "job_id": batch.job_id,
        "priority": batch.priority.value,
        **changing_batch_columns(batch),
    }


def changing_batch_columns(batch: Batch) -> dict[str, Any]:
    """The columns that change while a batch is worked on."""
    return {
        "size": batch.size,
        "blob_key": batch.blob_key,
        "completed_at": batch.completed_at,
        **_failure_columns(batch.failure),
    }


def _failure(row: AnyRow) -> Failure | None:
    return None if row.failure_code is None else Failure(row.failure_code, row.failure_message)


def _failure_columns(failure: Failure | None) -> dict[str, Any]:
    return {
        "failure_code": None if failure is None else failure.code,
        "failure_message": None if failure is None else failure.message,
    }


def to_sign(row: AnyRow) -> WorkerSign:
    """From a row of ``workers``."""
    return WorkerSign(
        instance=row.instance,
        children=row.children,
        memory_bytes=row.memory_bytes,
        seen_at=row.seen_at,
    )
