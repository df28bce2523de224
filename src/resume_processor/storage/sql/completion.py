"""When a batch is complete: noticed by the transaction that makes the last of its resumes final.

The row of the batch is locked last of all, and only then its resumes are counted: of two
transactions that both end one of the last resumes, the second one sees what the first one did.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from resume_processor.resume.record import ResumeStatus
from resume_processor.storage import events_told
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.database import notify
from resume_processor.storage.sql.outbox import tell
from resume_processor.workflow.stored_values import Batch

_UNFINISHED = [status.value for status in ResumeStatus if not status.final]
_OF_BATCH = tables.batches.c.id == bindparam("batch")

# Built once: building a statement costs as much as running it.
_LOCK = select(tables.batches).where(_OF_BATCH).with_for_update(key_share=True)
_UPDATE = update(tables.batches).where(_OF_BATCH)
_COUNT = (
    select(func.count())
    .select_from(tables.resumes)
    .where(tables.resumes.c.batch_id == bindparam("batch"))
)
_ONE_LEFT = (
    select(tables.resumes.c.id)
    .where(
        tables.resumes.c.batch_id == bindparam("batch"), tables.resumes.c.status.in_(_UNFINISHED)
    )
    .limit(1)
)


def lock_batch(connection: Connection, batch_id: str) -> Batch | None:
    """The batch, which nobody else changes until this transaction ends."""
    row = connection.execute(_LOCK, {"batch": batch_id}).one_or_none()
    return None if row is None else rows.to_batch(row)


def write_batch(connection: Connection, batch: Batch) -> Batch:
    """A changed batch; who follows it is told."""
    connection.execute(_UPDATE, {**rows.changing_batch_columns(batch), "batch": batch.id})
    notify(connection)
    return batch


def count_resumes_of(connection: Connection, batch_id: str) -> int:
    """How many resumes are there of a batch."""
    return int(connection.execute(_COUNT, {"batch": batch_id}).scalar_one())


def complete_batch(connection: Connection, batch_id: str | None, now: datetime) -> None:
    """Note it where the resume that just became final, or went away, was the last one."""
    batch = None if batch_id is None else lock_batch(connection, batch_id)
    if batch is None or batch.size is None or batch.completed_at is not None:
        return
    if connection.execute(_ONE_LEFT, {"batch": batch.id}).one_or_none() is None:
        complete = write_batch(connection, replace(batch, completed_at=now))
        tell(connection, events_told.of_batch(complete), batch.tenant, now)
