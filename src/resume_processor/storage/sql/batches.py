"""Resumes that came together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from resume_processor.errors import IdempotencyMismatch, NotFound
from resume_processor.resume.record import Failure, ResumeStatus
from resume_processor.storage import audited, cursors, transitions
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.completion import complete_batch, lock_batch, write_batch
from resume_processor.storage.sql.database import insert_new
from resume_processor.storage.sql.figures import add_up
from resume_processor.storage.sql.holds import end_hold
from resume_processor.storage.sql.resumes import insert_resume, newest_first
from resume_processor.storage.sql.statements import (
    SqlPart,
    delete_work,
    insert_work,
    lock_owned,
    write_work,
)
from resume_processor.storage.storable import require_storable_resume
from resume_processor.workflow import figures
from resume_processor.workflow.stored_values import (
    Batch,
    BatchProgress,
    Listing,
    NewResume,
    WorkKind,
)


class SqlBatches(SqlPart):
    """``BatchStore``."""

    def add_batch(
        self, batch: Batch, *, idempotency: tuple[str, str] | None = None
    ) -> tuple[Batch, bool]:
        """See ``BatchStore``."""
        key, digest = idempotency or (None, None)
        values = {**rows.from_batch(batch), "idempotency_key": key, "request_digest": digest}
        with self._database.write() as connection:
            if key is not None:
                end_hold(connection, batch.tenant, key)
                named = ("tenant", "idempotency_key")
                if not insert_new(connection, tables.batches, values, key=named):
                    return _earlier(connection, batch.tenant, key, digest), False
            else:
                connection.execute(insert(tables.batches), values)
            if batch.blob_key is not None:
                insert_work(connection, transitions.unpacking_work(batch))
            told = [audited.of_batch(batch)]
            note_down(connection, self.actor, batch.tenant, batch.created_at, told)
        return batch, True

    def add_members(
        self,
        members: Sequence[NewResume],
        *,
        batch_id: str,
        owner: str,
        progress: str,
        now: datetime,
    ) -> bool:
        """See ``BatchStore``."""
        for new in members:
            require_storable_resume(new)
        with self._database.write() as connection:
            work = lock_owned(connection, WorkKind.UNPACK_BATCH, batch_id, owner)
            if work is None:
                return False
            inserted = [
                insert_resume(connection, replace(new, batch_id=batch_id)) for new in members
            ]
            stored = [record for record in inserted if record is not None]
            write_work(connection, transitions.got_on(work, progress))
            told = audited.of_all_received(stored)
            note_down(connection, self.actor, work.tenant, now, told)
            ended = [figures.of_outcome(one) for one in stored if one.status.final]
            add_up(connection, batch_id, *ended)
            return True

    def finish_batch(
        self, batch_id: str, *, owner: str, size: int, failure: Failure | None, now: datetime
    ) -> bool:
        """See ``BatchStore``."""
        with self._database.write() as connection:
            if lock_owned(connection, WorkKind.UNPACK_BATCH, batch_id, owner) is None:
                return False
            delete_work(connection, WorkKind.UNPACK_BATCH, batch_id)
            batch = lock_batch(connection, batch_id)
            assert batch is not None  # batches are never deleted
            write_batch(connection, transitions.unpacked(batch, size, failure))
            complete_batch(connection, batch_id, now)
            return True

    def get_batch(self, batch_id: str, *, tenant: str | None = None) -> BatchProgress:
        """See ``BatchStore``."""
        query = select(tables.batches).where(tables.batches.c.id == batch_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
            if row is None or tenant not in (None, row.tenant):
                raise NotFound("There is no such batch.")
            return _progress(connection, [rows.to_batch(row)])[0]

    def list_batches(
        self, *, tenant: str, limit: int, cursor: str | None = None
    ) -> Listing[BatchProgress]:
        """See ``BatchStore``."""
        batches = tables.batches
        query = select(batches).where(batches.c.tenant == tenant)
        with self._database.read() as connection:
            found = connection.execute(newest_first(query, batches, limit, cursor)).all()
            shown = _progress(connection, [rows.to_batch(row) for row in found[:limit]])
        last = shown[-1].batch if len(found) > limit else None
        return Listing(
            tuple(shown), None if last is None else cursors.encode_time(last.created_at, last.id)
        )


def _earlier(connection: Connection, tenant: str, key: str, digest: str | None) -> Batch:
    """What came before under the same idempotency key. Raises IdempotencyMismatch."""
    batches = tables.batches
    query = select(batches).where(batches.c.tenant == tenant, batches.c.idempotency_key == key)
    row = connection.execute(query).one()
    if row.request_digest != digest:
        raise IdempotencyMismatch
    return rows.to_batch(row)


def _progress(connection: Connection, batches: Sequence[Batch]) -> list[BatchProgress]:
    resumes = tables.resumes
    query = (
        select(resumes.c.batch_id, resumes.c.status, func.count())
        .where(resumes.c.batch_id.in_([batch.id for batch in batches]))
        .group_by(resumes.c.batch_id, resumes.c.status)
    )
    counts: defaultdict[str, dict[ResumeStatus, int]] = defaultdict(dict)
    for batch_id, status, count in connection.execute(query):
        counts[batch_id][ResumeStatus(status)] = count
    return [BatchProgress(batch, counts[batch.id]) for batch in batches]
