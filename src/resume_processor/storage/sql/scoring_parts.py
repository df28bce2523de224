"""The scoring of a job as one piece of work or as several."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, or_, select

from resume_processor.storage import transitions
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.figures import add_up
from resume_processor.storage.sql.statements import (
    SqlPart,
    delete_work,
    insert_work,
    lock_owned,
    write_work,
)
from resume_processor.workflow import figures
from resume_processor.workflow.stored_values import WorkKind, WorkState

_WORK = tables.work


def scoring_of(job_id: str) -> list[ColumnElement[bool]]:
    """All work items of the scoring of a job."""
    return [
        _WORK.c.kind == WorkKind.SCORE_JOB.value,
        or_(_WORK.c.subject_id == job_id, _part_of(job_id)),
    ]


def _part_of(job_id: str) -> ColumnElement[bool]:
    return _WORK.c.subject_id.startswith(f"{job_id}.", autoescape=True)


def delete_scoring(connection: Connection, job_id: str) -> None:
    """The end of all of them."""
    found = select(_WORK.c.subject_id).where(*scoring_of(job_id)).order_by(_WORK.c.subject_id)
    for subject_id in connection.execute(found.with_for_update()).scalars().all():
        delete_work(connection, WorkKind.SCORE_JOB, subject_id)


class SqlScoringParts(SqlPart):
    """The third of ``JobStore`` that lets several workers score one job."""

    def split_scoring(self, job_id: str, parts: int, *, owner: str, now: datetime) -> bool:
        """See ``JobStore``."""
        with self._database.write(light=True) as connection:
            work = lock_owned(connection, WorkKind.SCORE_JOB, job_id, owner)
            if work is None:
                return False
            connection.execute(delete(_WORK).where(*scoring_of(job_id)[:1], _part_of(job_id)))
            for item in transitions.scoring_parts(work, parts, now):
                insert_work(connection, item)
            if work.again:
                write_work(connection, transitions.restarted(work, now))
            else:
                delete_work(connection, WorkKind.SCORE_JOB, job_id)
            add_up(connection, job_id, figures.of_end(work, now))
            return True

    def is_scored_in_parts(self, job_id: str) -> bool:
        """See ``JobStore``."""
        alive = _WORK.c.state != WorkState.DEAD.value
        query = select(_WORK.c.subject_id).where(*scoring_of(job_id)[:1], _part_of(job_id), alive)
        with self._database.read() as connection:
            return connection.execute(query.limit(1)).one_or_none() is not None
