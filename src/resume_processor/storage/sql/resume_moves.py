"""Resumes: cancelled, processed again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from resume_processor.resume.record import ResumeRecord
from resume_processor.storage import transitions
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.completion import complete_batch
from resume_processor.storage.sql.figures import add_up
from resume_processor.storage.sql.statements import (
    SqlPart,
    delete_work,
    insert_work,
    lock_resume_of,
    lock_work,
    write_resume,
    write_work,
)
from resume_processor.workflow import figures
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.stored_values import WorkKind

_KIND = WorkKind.PROCESS_RESUME


class SqlResumeMoves(SqlPart):
    """The moves of ``ResumeStore`` that end or restart what a worker does."""

    def cancel_resume(self, resume_id: str, *, tenant: str, now: datetime) -> ResumeRecord:
        """See ``ResumeStore``."""
        with self._database.write() as connection:
            lock_work(connection, _KIND, resume_id)
            record = lock_resume_of(connection, resume_id, tenant)
            change = transitions.cancelled(record, now)
            delete_work(connection, _KIND, resume_id)
            cancelled = write_resume(connection, change)
            complete_batch(connection, record.batch_id, now)
            self._note(connection, record, Action.RESUME_CANCELLED, now)
            add_up(connection, resume_id, figures.of_outcome(change.record))
            return cancelled

    def reprocess_resume(self, resume_id: str, *, tenant: str, now: datetime) -> ResumeRecord:
        """See ``ResumeStore``."""
        with self._database.write() as connection:
            dead = lock_work(connection, _KIND, resume_id)
            record = lock_resume_of(connection, resume_id, tenant)
            transitions.require_final(record)
            item = transitions.new_work(_KIND, resume_id, tenant, record.priority, now)
            if dead is None:
                insert_work(connection, item)
            else:
                write_work(connection, item)
            self._note(connection, record, Action.RESUME_REPROCESSED, now)
            return write_resume(connection, transitions.fresh_start(record, now))

    def _note(
        self, connection: Connection, record: ResumeRecord, action: Action, now: datetime
    ) -> None:
        note_down(connection, self.actor, record.tenant, now, [Happening(action, record.id)])
