"""Jobs: stored, read, listed, deleted, scored again."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, delete, insert, select

from resume_processor.errors import NotFound
from resume_processor.storage import audited, transitions
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.outcomes import lock_jobs, score_once_more
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.sql.resumes import newest_first, page
from resume_processor.storage.sql.scoring_parts import delete_scoring
from resume_processor.storage.sql.statements import SqlPart, insert_work
from resume_processor.storage.storable import require_storable_job
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.stored_values import JobRecord, Listing

_ALL = select(tables.jobs).where(tables.jobs.c.tenant == bindparam("its_tenant"))
_OPEN = _ALL.where(tables.jobs.c.open)


@cache
def _first_page(limit: int) -> Prepared:
    """Of the open jobs, which every resume is scored against."""
    return Prepared(newest_first(_OPEN, tables.jobs, limit, None))


class SqlJobs(SqlPart):
    """The half of ``JobStore`` that is about the jobs themselves."""

    def add_job(self, job: JobRecord) -> JobRecord:
        """See ``JobStore``."""
        require_storable_job(job)
        with self._database.write() as connection:
            lock_jobs(connection, job.tenant)
            connection.execute(insert(tables.jobs), rows.from_job(job))
            insert_work(connection, transitions.scoring_work(job.id, job.tenant, job.created_at))
            told = [audited.of_job(job)]
            note_down(connection, self.actor, job.tenant, job.created_at, told)
        return job

    def get_job(self, job_id: str, *, tenant: str | None = None) -> JobRecord:
        """See ``JobStore``."""
        with self._database.read() as connection:
            row = connection.execute(
                select(tables.jobs).where(tables.jobs.c.id == job_id)
            ).one_or_none()
        if row is None or tenant not in (None, row.tenant):
            raise NotFound("There is no such job.")
        return rows.to_job(row)

    def list_jobs(
        self, *, tenant: str, limit: int, cursor: str | None = None, only_open: bool = False
    ) -> Listing[JobRecord]:
        """See ``JobStore``."""
        asked = {"its_tenant": tenant}
        with self._database.read() as connection:
            if only_open and cursor is None:
                found = _first_page(limit).all(connection, asked)
            else:
                query = newest_first(_OPEN if only_open else _ALL, tables.jobs, limit, cursor)
                found = connection.execute(query, asked).all()
        return page([rows.to_job(row) for row in found], limit)

    def delete_job(self, job_id: str, *, tenant: str, now: datetime) -> None:
        """See ``JobStore``."""
        jobs = tables.jobs
        with self._database.write() as connection:
            delete_scoring(connection, job_id)  # what a worker locks first is locked first here
            deleted = connection.execute(
                delete(jobs).where(jobs.c.id == job_id, jobs.c.tenant == tenant)
            )
            if not deleted.rowcount:
                raise NotFound("There is no such job.")
            told = [Happening(Action.JOB_DELETED, job_id)]
            note_down(connection, self.actor, tenant, now, told)

    def score_again(self, job_id: str, *, tenant: str, now: datetime) -> None:
        """See ``JobStore``."""
        jobs = tables.jobs
        there = select(jobs.c.id).where(jobs.c.id == job_id, jobs.c.tenant == tenant)
        with self._database.write() as connection:
            if connection.execute(there).one_or_none() is None:
                raise NotFound("There is no such job.")
            score_once_more(connection, job_id, tenant, now)
            told = [Happening(Action.JOB_RESCORED, job_id)]
            note_down(connection, self.actor, tenant, now, told)
