"""Jobs, their scores and rankings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, delete, insert, or_, select

from resume_processor.errors import NotFound
from resume_processor.storage import cursors, transitions
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.outcomes import lock_jobs, write_scores
from resume_processor.storage.sql.resumes import newest_first, page
from resume_processor.storage.sql.statements import (
    SqlPart,
    delete_work,
    insert_work,
    lock_owned,
    lock_work,
    write_work,
)
from resume_processor.storage.storable import require_storable_job
from resume_processor.workflow.stored_values import (
    JobRecord,
    Listing,
    RankedResume,
    ScoreRecord,
    WorkKind,
)


class SqlJobs(SqlPart):
    """``JobStore``."""

    def add_job(self, job: JobRecord) -> JobRecord:
        """See ``JobStore``."""
        require_storable_job(job)
        with self._database.write() as connection:
            lock_jobs(connection, job.tenant)
            connection.execute(insert(tables.jobs), rows.from_job(job))
            insert_work(connection, transitions.scoring_work(job.id, job.tenant, job.created_at))
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
        jobs = tables.jobs
        query = select(jobs).where(jobs.c.tenant == tenant)
        if only_open:
            query = query.where(jobs.c.open)
        with self._database.read() as connection:
            found = connection.execute(newest_first(query, jobs, limit, cursor)).all()
        return page([rows.to_job(row) for row in found], limit)

    def delete_job(self, job_id: str, *, tenant: str) -> None:
        """See ``JobStore``."""
        jobs = tables.jobs
        with self._database.write() as connection:
            lock_work(connection, WorkKind.SCORE_JOB, job_id)
            deleted = connection.execute(
                delete(jobs).where(jobs.c.id == job_id, jobs.c.tenant == tenant)
            )
            if not deleted.rowcount:
                raise NotFound("There is no such job.")
            delete_work(connection, WorkKind.SCORE_JOB, job_id)

    def save_scores(
        self,
        scores: Sequence[ScoreRecord],
        *,
        job_id: str,
        owner: str,
        progress: str | None,
        now: datetime,  # noqa: ARG002 - the scores carry their times
    ) -> bool:
        """See ``JobStore``."""
        with self._database.write() as connection:
            work = lock_owned(connection, WorkKind.SCORE_JOB, job_id, owner)
            if work is None:
                return False
            since = _results_since(connection, [score.resume_id for score in scores])
            present = [score for score in scores if score.resume_id in since]
            current = [score for score in present if score.created_at >= since[score.resume_id]]
            write_scores(connection, [replace(score, job_id=job_id) for score in current])
            again = work.again or len(current) < len(present)
            write_work(connection, replace(work, progress=progress, again=again))
            return True

    def ranking(
        self, job_id: str, *, limit: int, cursor: str | None = None
    ) -> Listing[RankedResume]:
        """See ``JobStore``."""
        scores = tables.scores
        query = (
            select(
                *rows.RECORD,
                tables.resumes.c.candidate_name,
                scores.c.total,
                scores.c.ledger,
                scores.c.version,
                scores.c.created_at.label("scored_at"),
            )
            .join(tables.resumes, tables.resumes.c.id == scores.c.resume_id)
            .where(scores.c.job_id == job_id)
            .order_by(scores.c.total.desc(), scores.c.resume_id)
            .limit(limit + 1)
        )
        if cursor is not None:
            total, resume_id = cursors.decode(cursor)
            behind = and_(scores.c.total == total, scores.c.resume_id > resume_id)
            query = query.where(scores.c.total <= total, or_(scores.c.total < total, behind))
        with self._database.read() as connection:
            found = connection.execute(query).all()
        ranked = tuple(
            RankedResume(
                resume=rows.to_record(row),
                score=ScoreRecord(
                    job_id, row.id, row.total, row.ledger, row.version, row.scored_at
                ),
                name=row.candidate_name,
            )
            for row in found[:limit]
        )
        last = ranked[-1].score if len(found) > limit else None
        return Listing(ranked, None if last is None else cursors.encode(last.total, last.resume_id))

    def get_score(self, job_id: str, resume_id: str) -> ScoreRecord:
        """See ``JobStore``."""
        scores = tables.scores
        query = select(scores).where(scores.c.job_id == job_id, scores.c.resume_id == resume_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such score.")
        return ScoreRecord(
            row.job_id, row.resume_id, row.total, row.ledger, row.version, row.created_at
        )


def _results_since(connection: Connection, resume_ids: Sequence[str]) -> dict[str, datetime]:
    """Since when each of these has its present result, which stays until the transaction ends."""
    results = tables.results
    query = (
        select(results.c.resume_id, results.c.updated_at)
        .where(results.c.resume_id.in_(sorted(resume_ids)))
        .order_by(results.c.resume_id)
        .with_for_update(read=True)
    )
    return {row.resume_id: row.updated_at for row in connection.execute(query)}
