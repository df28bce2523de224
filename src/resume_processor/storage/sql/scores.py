"""Scores in chunks: who is to be scored, what came out, how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, select, update

from resume_processor.errors import NotFound
from resume_processor.storage import audited
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.outcomes import write_scores
from resume_processor.storage.sql.statements import SqlPart, lock_owned, write_work
from resume_processor.workflow.stored_values import (
    Candidate,
    ScoreRecord,
    ScoringProgress,
    StoredProfile,
    WorkKind,
    WorkState,
)

_UPDATE_PROFILE = (
    update(tables.profiles)
    .where(tables.profiles.c.resume_id == bindparam("resume"))
    .values(version=bindparam("made_by"), body=bindparam("made"))
)


class SqlScores(SqlPart):
    """The half of ``JobStore`` that scoring works with."""

    def candidates(
        self, job_id: str, *, version: str, tenant: str, after: str | None, limit: int
    ) -> Sequence[Candidate]:
        """See ``JobStore``."""
        profiles, scores = tables.profiles, tables.scores
        scored = exists().where(
            scores.c.job_id == job_id,
            scores.c.resume_id == profiles.c.resume_id,
            scores.c.version == version,
        )
        query = (
            select(profiles.c.resume_id, profiles.c.version, profiles.c.body)
            .where(profiles.c.tenant == tenant, ~scored)
            .order_by(profiles.c.resume_id)
            .limit(limit)
        )
        if after is not None:
            query = query.where(profiles.c.resume_id > after)
        with self._database.read() as connection:
            return tuple(
                Candidate(
                    row.resume_id,
                    None if row.body is None else StoredProfile(row.version, row.body),
                )
                for row in connection.execute(query)
            )

    def save_scores(
        self,
        scores: Sequence[ScoreRecord],
        *,
        job_id: str,
        owner: str,
        progress: str | None,
        now: datetime,
        profiles: Mapping[str, StoredProfile] | None = None,
    ) -> bool:
        """See ``JobStore``."""
        # Light: how far it got stands in the same transaction, so what a power cut undoes is
        # scored again, and the end of the work is durable with all that came before it.
        with self._database.write(light=True) as connection:
            work = lock_owned(connection, WorkKind.SCORE_JOB, job_id, owner)
            if work is None:
                return False
            ids = [score.resume_id for score in scores]
            since = _results_since(connection, ids, only_reading=not profiles)
            present = [score for score in scores if score.resume_id in since]
            current = [score for score in present if score.created_at >= since[score.resume_id]]
            scores = [replace(score, job_id=job_id) for score in current]
            write_scores(connection, scores)
            _write_profiles(connection, profiles or {}, current)
            again = work.again or len(current) < len(present)
            write_work(connection, replace(work, progress=progress, again=again))
            note_down(connection, self.actor, work.tenant, now, audited.of_scores(scores))
            return True

    def scored_for(self, resume_id: str) -> Sequence[str]:
        """See ``JobStore``."""
        scores = tables.scores
        query = select(scores.c.job_id).where(scores.c.resume_id == resume_id)
        with self._database.read() as connection:
            return tuple(sorted(connection.execute(query).scalars()))

    def scoring_progress(self, job_id: str) -> ScoringProgress:
        """See ``JobStore``."""
        jobs, scores, work = tables.jobs, tables.scores, tables.work
        profiles = tables.profiles
        scored = select(func.count()).where(scores.c.job_id == jobs.c.id).scalar_subquery()
        able = select(func.count()).where(profiles.c.tenant == jobs.c.tenant).scalar_subquery()
        state = (
            select(work.c.state)
            .where(work.c.kind == WorkKind.SCORE_JOB.value, work.c.subject_id == jobs.c.id)
            .scalar_subquery()
        )
        query = select(scored.label("scored"), able.label("able"), state.label("state"))
        with self._database.read() as connection:
            row = connection.execute(query.where(jobs.c.id == job_id)).one_or_none()
        if row is None:
            raise NotFound("There is no such job.")
        return ScoringProgress(
            row.scored, row.able, None if row.state is None else WorkState(row.state)
        )


def _results_since(
    connection: Connection, resume_ids: Sequence[str], *, only_reading: bool
) -> dict[str, datetime]:
    """Since when each of these has its present result, which stays until the transaction ends."""
    profiles = tables.profiles
    query = (
        select(profiles.c.resume_id, profiles.c.updated_at)
        .where(profiles.c.resume_id.in_(sorted(resume_ids)))
        .order_by(profiles.c.resume_id)
        .with_for_update(read=only_reading)
    )
    return {row.resume_id: row.updated_at for row in connection.execute(query)}


def _write_profiles(
    connection: Connection, profiles: Mapping[str, StoredProfile], scores: Sequence[ScoreRecord]
) -> None:
    """Those of the resumes that were scored."""
    made = [
        {"resume": score.resume_id, "made_by": profile.version, "made": profile.body}
        for score in scores
        if (profile := profiles.get(score.resume_id)) is not None
    ]
    if made:
        connection.execute(_UPDATE_PROFILE, made)
