"""Scores in chunks: who is to be scored, what came out, how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    case,
    exists,
    func,
    select,
    update,
)

from resume_processor.errors import NotFound
from resume_processor.storage import audited, transitions
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.outcomes import write_scores
from resume_processor.storage.sql.scoring_parts import scoring_of
from resume_processor.storage.sql.statements import SqlPart, lock_owned, write_work
from resume_processor.workflow.stored_values import (
    ENDINGS,
    Candidate,
    ScoreRecord,
    ScoringPart,
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

#: Of several pieces of work for one job the one at the end says how it stands.
_LIVELIEST_LAST = (WorkState.DEAD, WorkState.WAITING, WorkState.RUNNING)
_RANK = {state.value: rank for rank, state in enumerate(_LIVELIEST_LAST)}


class SqlScores(SqlPart):
    """The half of ``JobStore`` that scoring works with."""

    def candidates(
        self, part: ScoringPart, *, version: str, tenant: str, after: str | None, limit: int
    ) -> Sequence[Candidate]:
        """See ``ResumeStore``."""
        profiles = tables.profiles
        query = (
            select(profiles.c.resume_id, profiles.c.version, profiles.c.body)
            .where(*_candidates(part, version, tenant))
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

    def count_candidates(self, job_id: str, *, version: str, tenant: str, most: int) -> int:
        """See ``JobStore``."""
        found = (
            select(tables.profiles.c.resume_id)
            .where(*_candidates(ScoringPart(job_id), version, tenant))
            .limit(most)
            .subquery()
        )
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(found)).scalar_one())

    def save_scores(
        self,
        scores: Sequence[ScoreRecord],
        *,
        part: ScoringPart,
        owner: str,
        progress: str | None,
        now: datetime,
        profiles: Mapping[str, StoredProfile] | None = None,
    ) -> bool:
        """See ``JobStore``."""
        # Light: how far it got stands in the same transaction, so what a power cut undoes is
        # scored again, and the end of the work is durable with all that came before it.
        with self._database.write(light=True) as connection:
            work = lock_owned(connection, WorkKind.SCORE_JOB, part.subject_id, owner)
            if work is None:
                return False
            ids = [score.resume_id for score in scores]
            since = _results_since(connection, ids, only_reading=not profiles)
            present = [score for score in scores if score.resume_id in since]
            current = [score for score in present if score.created_at >= since[score.resume_id]]
            scores = [replace(score, job_id=part.job_id) for score in current]
            write_scores(connection, scores)
            _write_profiles(connection, profiles or {}, current)
            again = work.again or len(current) < len(present)
            write_work(connection, replace(transitions.got_on(work, progress), again=again))
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
        at_best = func.max(case(_RANK, value=work.c.state))
        state = select(at_best).where(*scoring_of(job_id)).scalar_subquery()
        query = select(scored.label("scored"), able.label("able"), state.label("state"))
        with self._database.read() as connection:
            row = connection.execute(query.where(jobs.c.id == job_id)).one_or_none()
        if row is None:
            raise NotFound("There is no such job.")
        return ScoringProgress(
            row.scored, row.able, None if row.state is None else _LIVELIEST_LAST[row.state]
        )


def _candidates(part: ScoringPart, version: str, tenant: str) -> list[ColumnElement[bool]]:
    """Who is to be scored."""
    profiles, scores = tables.profiles, tables.scores
    scored = exists().where(
        scores.c.job_id == part.job_id,
        scores.c.resume_id == profiles.c.resume_id,
        scores.c.version == version,
    )
    return [profiles.c.tenant == tenant, *_of_part(part), ~scored]


def _of_part(part: ScoringPart) -> list[ColumnElement[bool]]:
    if part.of == 1:
        return []
    resume_id = tables.profiles.c.resume_id
    ending = func.substr(resume_id, func.length(resume_id), 1)
    if part.number > 0:
        return [ending.in_(list(part.endings))]
    return [ending.not_in(sorted(set(ENDINGS) - set(part.endings)))]


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
