"""What people said about values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from resume_processor.errors import NotFound
from resume_processor.resume.corrections import Correction
from resume_processor.storage import audited
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.database import upsert
from resume_processor.storage.sql.statements import SqlPart, lock_resume_of
from resume_processor.storage.storable import require_storable_correction


class SqlCorrections(SqlPart):
    """``CorrectionStore``."""

    def put_correction(self, correction: Correction, *, tenant: str) -> None:
        """See ``CorrectionStore``."""
        require_storable_correction(correction)
        values = {
            "tenant": tenant,
            "said": {"read": correction.read, "value": correction.value},
            "reviewer": correction.reviewer,
            "at": correction.at,
        }
        key = {"resume_id": correction.resume_id, "pointer": correction.pointer}
        with self._database.write() as connection:
            lock_resume_of(connection, correction.resume_id, tenant)
            statement = upsert(connection.dialect.name, tables.corrections)
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=list(key),
                    set_={name: statement.excluded[name] for name in values},
                ),
                {**key, **values},
            )
            told = [audited.of_correction(correction)]
            note_down(connection, self.actor, tenant, correction.at, told)

    def list_corrections(self, resume_id: str, *, tenant: str) -> Sequence[Correction]:
        """See ``CorrectionStore``."""
        table = tables.corrections
        query = select(table).where(table.c.resume_id == resume_id, table.c.tenant == tenant)
        with self._database.read() as connection:
            found = connection.execute(query).all()
        corrections = [
            Correction(
                row.resume_id,
                row.pointer,
                row.said["read"],
                row.said["value"],
                row.reviewer,
                row.at,
            )
            for row in found
        ]
        return sorted(corrections, key=lambda one: one.pointer)

    def remove_correction(
        self, resume_id: str, pointer: str, *, tenant: str, now: datetime
    ) -> None:
        """See ``CorrectionStore``."""
        table = tables.corrections
        with self._database.write() as connection:
            removed = connection.execute(
                delete(table).where(
                    table.c.resume_id == resume_id,
                    table.c.pointer == pointer,
                    table.c.tenant == tenant,
                )
            )
            if not removed.rowcount:
                raise NotFound("There is no such correction.")
            told = [audited.of_correction_removed(resume_id, pointer)]
            note_down(connection, self.actor, tenant, now, told)

    def corrected_resumes(
        self, *, tenant: str, limit: int, after: str | None = None
    ) -> Sequence[str]:
        """See ``CorrectionStore``."""
        table = tables.corrections
        query = select(table.c.resume_id).distinct().where(table.c.tenant == tenant)
        if after is not None:
            query = query.where(table.c.resume_id > after)
        with self._database.read() as connection:
            return (
                connection.execute(query.order_by(table.c.resume_id).limit(limit)).scalars().all()
            )
