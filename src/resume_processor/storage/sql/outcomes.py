"""What processing left behind: the result, the scores, and scorings that have to run again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, case, delete, func, select

from resume_processor.storage import search_text, transitions
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.database import replace_row, upsert
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.sql.statements import (
    insert_work,
    lock_work,
    write_resume,
    write_work,
)
from resume_processor.storage.transitions import ChangedResume
from resume_processor.workflow.stored_values import Outcome, ScoreRecord, StoredProfile, WorkKind


def write_outcome(
    connection: Connection, change: ChangedResume, outcome: Outcome, now: datetime
) -> list[ScoreRecord]:
    """Final state, result and scores; jobs that came meanwhile are scored once more.

    Returns the scores that were written: those of jobs that are still there.
    """
    record = change.record
    if outcome.result is not None:
        share_jobs(connection, record.tenant)
        missed = _open_jobs(connection, record.tenant) - {s.job_id for s in outcome.scores}
        for job_id in sorted(missed):
            score_once_more(connection, job_id, record.tenant, now)
        _delete_scores(connection, record.id, missed)
    write_result(connection, change, outcome.result, outcome.profile)
    scores = _of_existing_jobs(connection, outcome.scores)
    write_scores(connection, scores)
    return scores


def write_result(
    connection: Connection,
    change: ChangedResume,
    result: dict[str, Any] | None,
    profile: StoredProfile | None = None,
) -> None:
    """A final record with its result, its profile and what a search looks in.

    Without a result there is neither a profile nor a score.
    """
    record = write_resume(
        connection,
        change,
        search_text=search_text.search_text(change.record, result),
    )
    if result is None:
        for emptied in _WITHOUT_RESULT:
            emptied.run(connection, {"resume": record.id})
        return
    of = {"tenant": record.tenant, "updated_at": record.updated_at}
    _write_part(connection, tables.results, record.id, {**of, "body": result})
    made = {"version": profile.version, "body": profile.body} if profile else _TO_BE_MADE
    _write_part(connection, tables.profiles, record.id, {**of, **made})


def _write_part(
    connection: Connection, table: Table, resume_id: str, values: dict[str, Any]
) -> None:
    replace_row(connection, table, {"resume_id": resume_id, **values}, key=("resume_id",))


_TO_BE_MADE: dict[str, Any] = {"version": "", "body": None}
_WITHOUT_RESULT = [
    Prepared(delete(table).where(table.c.resume_id == bindparam("resume")))
    for table in (tables.results, tables.profiles, tables.scores)
]
_OPEN_JOBS = Prepared(
    select(tables.jobs.c.id).where(
        tables.jobs.c.tenant == bindparam("its_tenant"), tables.jobs.c.open
    )
)


def write_scores(connection: Connection, scores: Collection[ScoreRecord]) -> None:
    """New scores, and new ones for old ones, which are kept as the earlier ones."""
    if not scores:
        return
    table, values = tables.scores, [rows.from_score(score) for score in scores]
    statement = upsert(connection.dialect.name, table)
    new = {name: statement.excluded[name] for name in values[0] if name not in _SCORE_KEY}
    moved = table.c.body != statement.excluded.body
    kept = {
        f"earlier_{name}": case((moved, table.c[name]), else_=table.c[f"earlier_{name}"])
        for name in ("total", "version", "body")
    }
    connection.execute(
        statement.on_conflict_do_update(index_elements=_SCORE_KEY, set_={**new, **kept}), values
    )


_SCORE_KEY = ("job_id", "resume_id")


def share_jobs(connection: Connection, tenant: str) -> None:
    """Until this transaction ends, no job of the tenant is added.

    So a result that is being written and a job that is being added never miss each other: either
    the transaction here sees the job, or the job's scoring sees the result. SQLite writes one
    after the other anyway.
    """
    _lock_jobs(connection, tenant, "pg_advisory_xact_lock_shared")


def lock_jobs(connection: Connection, tenant: str) -> None:
    """Wait for the results that are being written; the other side of ``share_jobs``."""
    _lock_jobs(connection, tenant, "pg_advisory_xact_lock")


def _lock_jobs(connection: Connection, tenant: str, function: str) -> None:
    if connection.dialect.name == "postgresql":
        key = func.hashtextextended(f"jobs of {tenant}", 0)
        connection.execute(select(getattr(func, function)(key)))


def _open_jobs(connection: Connection, tenant: str) -> set[str]:
    return {row.id for row in _OPEN_JOBS.all(connection, {"its_tenant": tenant})}


def score_once_more(connection: Connection, job_id: str, tenant: str, now: datetime) -> None:
    """Have the scoring of a job find what it may have missed."""
    while True:
        present = lock_work(connection, WorkKind.SCORE_JOB, job_id)
        item = transitions.scored_once_more(present, job_id, tenant, now)
        if item is None:
            return
        if present is not None:
            write_work(connection, item)
            return
        if insert_work(connection, item):
            return  # else another resume has just brought it: look what became of it


def _delete_scores(connection: Connection, resume_id: str, job_ids: Collection[str]) -> None:
    """Scores of an earlier result."""
    if job_ids:
        scores = tables.scores
        connection.execute(
            delete(scores).where(
                scores.c.resume_id == resume_id, scores.c.job_id.in_(sorted(job_ids))
            )
        )


def _of_existing_jobs(connection: Connection, scores: Collection[ScoreRecord]) -> list[ScoreRecord]:
    """Those whose job was not deleted meanwhile; the rest of the transaction keeps the jobs."""
    if not scores:
        return []
    jobs = tables.jobs
    wanted = sorted({score.job_id for score in scores})
    query = select(jobs.c.id).where(jobs.c.id.in_(wanted)).order_by(jobs.c.id)
    existing = set(connection.execute(query.with_for_update(read=True, key_share=True)).scalars())
    return [score for score in scores if score.job_id in existing]
