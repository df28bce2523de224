"""Rankings and ledgers, looked up."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, or_, select

from resume_processor.errors import NotFound
from resume_processor.storage import cursors
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.statements import SqlPart
from resume_processor.workflow.scoring_port import EVERYBODY
from resume_processor.workflow.stored_values import (
    EarlierScore,
    Listing,
    RankedResume,
    RankingFilter,
    ScoreRecord,
)

_SCORES = tables.scores


class SqlRankings(SqlPart):
    """The half of ``JobStore`` that shows what scoring came to."""

    def ranking(
        self,
        job_id: str,
        *,
        limit: int,
        cursor: str | None = None,
        only: RankingFilter = EVERYBODY,
    ) -> Listing[RankedResume]:
        """See ``JobStore``."""
        query = (
            select(*rows.RECORD, *rows.SCORE)
            .join(tables.resumes, tables.resumes.c.id == _SCORES.c.resume_id)
            .where(_SCORES.c.job_id == job_id)
            .order_by(_SCORES.c.total.desc(), _SCORES.c.resume_id)
            .limit(limit + 1)
        )
        if cursor is not None:
            total, resume_id = cursors.decode(cursor)
            behind = and_(_SCORES.c.total == total, _SCORES.c.resume_id > resume_id)
            query = query.where(_SCORES.c.total <= total, or_(_SCORES.c.total < total, behind))
        with self._database.read() as connection:
            found = connection.execute(_filtered(query, only)).all()
        ranked = tuple(
            RankedResume(rows.to_record(row), rows.to_score(row)) for row in found[:limit]
        )
        last = ranked[-1].score if len(found) > limit else None
        return Listing(ranked, None if last is None else cursors.encode(last.total, last.resume_id))

    def get_score(self, job_id: str, resume_id: str) -> ScoreRecord:
        """See ``JobStore``."""
        return rows.to_score(self._one(select(*rows.SCORE), job_id, resume_id))

    def earlier_score(self, job_id: str, resume_id: str) -> EarlierScore | None:
        """See ``JobStore``."""
        columns = (_SCORES.c.earlier_total, _SCORES.c.earlier_body, _SCORES.c.earlier_version)
        row = self._one(select(*columns), job_id, resume_id)
        if row.earlier_total is None:
            return None
        return EarlierScore(row.earlier_total, row.earlier_body, row.earlier_version)

    def _one(self, query: Select[Any], job_id: str, resume_id: str) -> Any:
        """Raises NotFound."""
        query = query.where(_SCORES.c.job_id == job_id, _SCORES.c.resume_id == resume_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such score.")
        return row


def _filtered(query: Select[Any], only: RankingFilter) -> Select[Any]:
    """Conditions on columns of the ranking's index and nothing else."""
    if only.musts_met:
        query = query.where(_SCORES.c.musts_met)
    if only.min_months is not None:
        query = query.where(_SCORES.c.months >= only.min_months)
    if only.language is not None:
        query = query.where(_SCORES.c.languages.contains(f",{only.language},", autoescape=True))
    if only.moved:
        query = query.where(_SCORES.c.earlier_total != _SCORES.c.total)
    return query
