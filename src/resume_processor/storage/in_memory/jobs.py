"""Jobs, scores and batches in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from resume_processor.errors import NotFound
from resume_processor.storage import audited, cursors, transitions
from resume_processor.storage.in_memory.tables import Part, copy_of, newest_first
from resume_processor.storage.storable import require_storable_job
from resume_processor.workflow import figures
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.scoring_port import EVERYBODY
from resume_processor.workflow.stored_values import (
    ENDINGS,
    Candidate,
    EarlierScore,
    JobRecord,
    Listing,
    RankedResume,
    RankingFilter,
    ScoreRecord,
    ScoringPart,
    ScoringProgress,
    StoredProfile,
    WorkItem,
    WorkKind,
    WorkState,
)


class MemoryJobs(Part):
    """``JobStore``."""

    def add_job(self, job: JobRecord) -> JobRecord:
        """See ``JobStore``."""
        require_storable_job(job)
        with self._lock:
            self._tables.jobs[job.id] = replace(job, requirements=copy_of(job.requirements))
            self._write_work(transitions.scoring_work(job.id, job.tenant, job.created_at))
            self._note(job.tenant, job.created_at, audited.of_job(job))
        return job

    def get_job(self, job_id: str, *, tenant: str | None = None) -> JobRecord:
        """See ``JobStore``."""
        with self._lock:
            return _copied(self._job(job_id, tenant))

    def _job(self, job_id: str, tenant: str | None) -> JobRecord:
        job = self._tables.jobs.get(job_id)
        if job is None or tenant not in (None, job.tenant):
            raise NotFound("There is no such job.")
        return job

    def list_jobs(
        self, *, tenant: str, limit: int, cursor: str | None = None, only_open: bool = False
    ) -> Listing[JobRecord]:
        """See ``JobStore``."""
        with self._lock:
            jobs = [
                _copied(job)
                for job in self._tables.jobs.values()
                if job.tenant == tenant and (job.open or not only_open)
            ]
        return newest_first(jobs, lambda job: (job.created_at, job.id), limit, cursor)

    def delete_job(self, job_id: str, *, tenant: str, now: datetime) -> None:
        """See ``JobStore``."""
        with self._lock:
            self._job(job_id, tenant)
            tables = self._tables
            del tables.jobs[job_id]
            for item in self._scoring_of(job_id):
                del tables.work[item.kind, item.subject_id]
            self._drop_scores(lambda job, _resume: job == job_id)
            self._drop_decisions(lambda one: one.job_id == job_id)
            self._note(tenant, now, Happening(Action.JOB_DELETED, job_id))

    def score_again(self, job_id: str, *, tenant: str, now: datetime) -> None:
        """See ``JobStore``."""
        with self._lock:
            self._job(job_id, tenant)
            present = self._tables.work.get((WorkKind.SCORE_JOB, job_id))
            item = transitions.scored_once_more(present, job_id, tenant, now)
            if item is not None:
                self._write_work(item)
            self._note(tenant, now, Happening(Action.JOB_RESCORED, job_id))

    def candidates(
        self, part: ScoringPart, *, version: str, tenant: str, after: str | None, limit: int
    ) -> Sequence[Candidate]:
        """See ``ResumeStore``."""
        with self._lock:
            ids = sorted(
                resume_id
                for resume_id in self._unscored(part.job_id, version, tenant)
                if (after is None or resume_id > after) and _is_in(part, resume_id)
            )
            return tuple(self._candidate(resume_id) for resume_id in ids[:limit])

    def count_candidates(self, job_id: str, *, version: str, tenant: str, most: int) -> int:
        """See ``JobStore``."""
        with self._lock:
            return min(most, len(self._unscored(job_id, version, tenant)))

    def split_scoring(self, job_id: str, parts: int, *, owner: str, now: datetime) -> bool:
        """See ``JobStore``."""
        with self._lock:
            work = self._tables.work.get((WorkKind.SCORE_JOB, job_id))
            if work is None or not transitions.is_owned(work, owner):
                return False
            for item in self._scoring_of(job_id):
                del self._tables.work[item.kind, item.subject_id]
            for item in transitions.scoring_parts(work, parts, now):
                self._write_work(item)
            if work.again:
                self._write_work(transitions.restarted(work, now))
            self._add_up(figures.of_end(work, now))
            return True

    def is_scored_in_parts(self, job_id: str) -> bool:
        """See ``JobStore``."""
        with self._lock:
            return any(
                item.subject_id != job_id and item.state is not WorkState.DEAD
                for item in self._scoring_of(job_id)
            )

    def _scoring_of(self, job_id: str) -> list[WorkItem]:
        return [
            item
            for (kind, subject_id), item in self._tables.work.items()
            if kind is WorkKind.SCORE_JOB and ScoringPart.from_subject(subject_id).job_id == job_id
        ]

    def _unscored(self, job_id: str, version: str, tenant: str) -> list[str]:
        tables = self._tables
        return [
            resume_id
            for resume_id in tables.results
            if tables.resumes[resume_id].tenant == tenant
            and not self._is_scored(job_id, resume_id, version)
        ]

    def _is_scored(self, job_id: str, resume_id: str, version: str) -> bool:
        score = self._tables.scores.get((job_id, resume_id))
        return score is not None and score.version == version

    def _candidate(self, resume_id: str) -> Candidate:
        made = self._tables.profiles.get(resume_id)
        profile = None if made is None else StoredProfile(made[0], json.loads(made[1]))
        return Candidate(resume_id, profile)

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
        with self._lock:
            tables = self._tables
            work = tables.work.get((WorkKind.SCORE_JOB, part.subject_id))
            if work is None or not transitions.is_owned(work, owner):
                return False
            overtaken, written = False, []
            for score in scores:
                _, since = tables.results.get(score.resume_id, (None, None))
                if since is None:
                    continue
                if score.created_at < since:
                    overtaken = True
                    continue
                written.append(replace(score, job_id=part.job_id))
                self._write_score(written[-1])
                made = (profiles or {}).get(score.resume_id)
                if made is not None:
                    self._write_profile(score.resume_id, made)
            further = transitions.got_on(work, progress)
            self._write_work(replace(further, again=work.again or overtaken))
            self._note(work.tenant, now, *audited.of_scores(written))
            return True

    def scoring_progress(self, job_id: str) -> ScoringProgress:
        """See ``JobStore``."""
        with self._lock:
            job, tables = self._job(job_id, None), self._tables
            states = {item.state for item in self._scoring_of(job_id)}
            liveliest = (WorkState.RUNNING, WorkState.WAITING, WorkState.DEAD)
            return ScoringProgress(
                scored=sum(key[0] == job_id for key in tables.scores),
                candidates=sum(tables.resumes[r].tenant == job.tenant for r in tables.results),
                work=next((state for state in liveliest if state in states), None),
            )

    def ranking(
        self,
        job_id: str,
        *,
        limit: int,
        cursor: str | None = None,
        only: RankingFilter = EVERYBODY,
    ) -> Listing[RankedResume]:
        """See ``JobStore``."""
        behind = None if cursor is None else cursors.decode(cursor)
        with self._lock:
            scores = sorted(
                (
                    row
                    for key, row in self._tables.scores.items()
                    if key[0] == job_id and _is_wanted(row, only)
                ),
                key=lambda score: (-score.total, score.resume_id),
            )
            if behind is not None:
                edge = (-behind[0], behind[1])
                scores = [score for score in scores if (-score.total, score.resume_id) > edge]
            rows = tuple(self._ranked(score) for score in scores[:limit])
        more = len(scores) > limit
        last = rows[-1].score if more else None
        return Listing(rows, None if last is None else cursors.encode(last.total, last.resume_id))

    def _ranked(self, score: ScoreRecord) -> RankedResume:
        return RankedResume(
            resume=self._tables.resumes[score.resume_id],
            score=replace(score, ledger=copy_of(score.ledger)),
        )

    def get_score(self, job_id: str, resume_id: str) -> ScoreRecord:
        """See ``JobStore``."""
        with self._lock:
            score = self._tables.scores.get((job_id, resume_id))
            if score is None:
                raise NotFound("There is no such score.")
            return replace(score, ledger=copy_of(score.ledger))

    def scored_for(self, resume_id: str) -> Sequence[str]:
        """See ``JobStore``."""
        with self._lock:
            return tuple(sorted(job for job, resume in self._tables.scores if resume == resume_id))

    def earlier_score(self, job_id: str, resume_id: str) -> EarlierScore | None:
        """See ``JobStore``."""
        self.get_score(job_id, resume_id)
        with self._lock:
            row = self._tables.earlier.get((job_id, resume_id))
            return None if row is None else EarlierScore(row.total, row.ledger, row.version)


def _is_wanted(score: ScoreRecord, only: RankingFilter) -> bool:
    facets = score.facets
    return (
        (not only.musts_met or facets.musts_met is True)
        and (
            only.min_months is None
            or (facets.months is not None and facets.months >= only.min_months)
        )
        and only.language in (None, *facets.languages)
        and (not only.moved or score.earlier_total not in (None, score.total))
    )


def _copied(job: JobRecord) -> JobRecord:
    return replace(job, requirements=copy_of(job.requirements))


def _is_in(part: ScoringPart, resume_id: str) -> bool:
    ending = resume_id[-1:]
    return ending in part.endings or (part.number == 0 and ending not in ENDINGS)
