"""Resumes that came together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, insert, select, update

from resume_processor.errors import NotFound
from resume_processor.resume.record import ResumeStatus
from resume_processor.storage import cursors
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.resumes import newest_first
from resume_processor.storage.sql.statements import SqlPart
from resume_processor.workflow.stored_values import Batch, BatchProgress, Listing


class SqlBatches(SqlPart):
    """``BatchStore``."""

    def add_batch(self, batch: Batch) -> Batch:
        """See ``BatchStore``."""
        values = {
            "id": batch.id,
            "tenant": batch.tenant,
            "created_at": batch.created_at,
            "size": batch.size,
        }
        with self._database.write() as connection:
            connection.execute(insert(tables.batches), values)
        return batch

    def seal_batch(self, batch_id: str, *, tenant: str, size: int) -> Batch:
        """See ``BatchStore``."""
        with self._database.write() as connection:
            batch = _batch(connection, batch_id, tenant)
            connection.execute(
                update(tables.batches).where(tables.batches.c.id == batch_id).values(size=size)
            )
        return replace(batch, size=size)

    def get_batch(self, batch_id: str, *, tenant: str) -> BatchProgress:
        """See ``BatchStore``."""
        with self._database.read() as connection:
            batch = _batch(connection, batch_id, tenant)
            return _progress(connection, [batch])[0]

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


def _batch(connection: Connection, batch_id: str, tenant: str) -> Batch:
    batches = tables.batches
    query = select(batches).where(batches.c.id == batch_id, batches.c.tenant == tenant)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("There is no such batch.")
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
