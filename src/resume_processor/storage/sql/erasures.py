"""Resumes deleted: every row about them, and what was left of the rows in the files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from resume_processor.storage.sql import tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.completion import complete_batch
from resume_processor.storage.sql.database import insert_new, notify
from resume_processor.storage.sql.holds import end_overdue_holds
from resume_processor.storage.sql.statements import (
    SqlPart,
    delete_work,
    lock_resume_of,
    lock_work,
)
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.stored_values import Erasure, WorkKind

_KIND = WorkKind.PROCESS_RESUME
_STONES = tables.tombstones


class SqlErasures(SqlPart):
    """``ErasureStore``."""

    def delete_resume(self, resume_id: str, *, tenant: str, now: datetime) -> Erasure:
        """See ``ErasureStore``."""
        with self._database.write() as connection:
            lock_work(connection, _KIND, resume_id)
            _lock_profile(connection, resume_id)
            record = lock_resume_of(connection, resume_id, tenant)
            delete_work(connection, _KIND, resume_id)
            # result, profile, history, scores, corrections and decisions go with it
            connection.execute(delete(tables.resumes).where(tables.resumes.c.id == resume_id))
            stone = {
                "resume_id": resume_id,
                "tenant": tenant,
                "deleted_at": now,
                "blob_key": record.blob_key,
            }
            insert_new(connection, _STONES, stone, key=("resume_id",))
            notify(connection, resume_id)
            complete_batch(connection, record.batch_id, now)
            end_overdue_holds(connection, now)
            told = Happening(Action.RESUME_DELETED, resume_id)
            note_down(connection, self.actor, tenant, now, [told])
            # Last: who removes a webhook holds it first, and then its deliveries.
            about = tables.deliveries.c.resume_id == resume_id
            connection.execute(delete(tables.deliveries).where(about))
        return Erasure(resume_id, tenant, record.blob_key, now)

    def unfinished_erasures(self, *, limit: int) -> Sequence[Erasure]:
        """See ``ErasureStore``."""
        query = select(_STONES).where(_STONES.c.erased_at.is_(None))
        query = query.order_by(_STONES.c.deleted_at).limit(limit)
        with self._database.read() as connection:
            return tuple(
                Erasure(row.resume_id, row.tenant, row.blob_key, row.deleted_at)
                for row in connection.execute(query)
            )

    def note_erased(self, resume_ids: Sequence[str], *, now: datetime) -> None:
        """See ``ErasureStore``."""
        done = update(_STONES).where(_STONES.c.resume_id.in_(resume_ids))
        with self._database.write() as connection:
            connection.execute(done.values(erased_at=now, blob_key=None))

    def scrub(self, *, rebuild: bool = False) -> bool:
        """See ``ErasureStore``."""
        return self._database.scrub(rebuild=rebuild)

    def which_exist(self, resume_ids: Sequence[str]) -> frozenset[str]:
        """See ``ErasureStore``."""
        query = select(tables.resumes.c.id).where(tables.resumes.c.id.in_(resume_ids))
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())


def _lock_profile(connection: Connection, resume_id: str) -> None:
    """A job's scoring holds profiles first, then the resumes that its scores name."""
    profiles = tables.profiles
    query = select(profiles.c.resume_id).where(profiles.c.resume_id == resume_id)
    connection.execute(query.with_for_update()).one_or_none()
