"""What was kept for as long as it may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select, update

from resume_processor.errors import NotFound
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.statements import SqlPart
from resume_processor.workflow.stored_values import JobRecord

_JOBS, _RESUMES = tables.jobs, tables.resumes
_KEPT_BY_JOB = exists().where(
    _JOBS.c.id == _RESUMES.c.job_id,
    _JOBS.c.tenant == _RESUMES.c.tenant,
    _JOBS.c.retention_days.is_not(None),
)

_OLDEST = (_RESUMES.c.created_at, _RESUMES.c.id)


class SqlRetention(SqlPart):
    """``RetentionStore``."""

    def jobs_with_retention(self) -> Sequence[JobRecord]:
        """See ``RetentionStore``."""
        query = select(_JOBS).where(_JOBS.c.retention_days.is_not(None)).order_by(_JOBS.c.id)
        with self._database.read() as connection:
            return tuple(rows.to_job(row) for row in connection.execute(query))

    def set_retention(self, job_id: str, days: float | None, *, tenant: str, now: datetime) -> None:
        """See ``RetentionStore``."""
        change = update(_JOBS).where(_JOBS.c.id == job_id, _JOBS.c.tenant == tenant)
        values = {"retention_days": days, "updated_at": now, "revision": _JOBS.c.revision + 1}
        with self._database.write() as connection:
            if not connection.execute(change.values(**values)).rowcount:
                raise NotFound("There is no such job.")

    def applicants_before(
        self, before: datetime, *, job_id: str, tenant: str, limit: int
    ) -> Sequence[str]:
        """See ``RetentionStore``."""
        query = select(_RESUMES.c.id).where(
            _RESUMES.c.tenant == tenant,
            _RESUMES.c.created_at < before,
            _RESUMES.c.job_id == job_id,
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query.order_by(*_OLDEST).limit(limit)).scalars())

    def resumes_before(
        self, before: datetime, *, limit: int, tenant: str | None = None, but: Sequence[str] = ()
    ) -> Sequence[tuple[str, str]]:
        """See ``RetentionStore``."""
        query = select(_RESUMES.c.id, _RESUMES.c.tenant).where(
            _RESUMES.c.created_at < before, ~_KEPT_BY_JOB
        )
        if tenant is not None:
            query = query.where(_RESUMES.c.tenant == tenant)
        if but:
            query = query.where(_RESUMES.c.tenant.not_in(but))
        with self._database.read() as connection:
            found = connection.execute(query.order_by(*_OLDEST).limit(limit))
            return tuple((row.id, row.tenant) for row in found)
