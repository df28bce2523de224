"""A job against all resumes, in chunks, going on where an earlier attempt stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from resume_processor.errors import LeaseLost
from resume_processor.scoring.score_resume import score_version
from resume_processor.workflow.attempt import (
    Attempt,
    KeepLease,
    claim,
    handed_back_on_error,
    without_heartbeat,
)
from resume_processor.workflow.kept_profiles import KeptProfile, kept_profile, made_anew
from resume_processor.workflow.open_jobs import asked_by, score_record
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import (
    Candidate,
    JobRecord,
    ScoreRecord,
    StoredProfile,
    WorkKind,
)

#: Resumes scored between two commits; about a tenth of a second of work.
CHUNK = 250

#: After so long a task ends and the rest of the job goes back to the queue, so that uploads get
#: their turn and no time limit is met, however many resumes there are.
TURN = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class ScoringSummary:
    """What a task returns: how many resumes this attempt scored, and whether all are done."""

    job_id: str
    scored: int
    complete: bool = True

    def to_json(self) -> dict[str, Any]:
        """As it goes into the result backend."""
        return {"job_id": self.job_id, "scored": self.scored, "complete": self.complete}


def score_candidates(
    job_id: str,
    parts: Parts,
    *,
    owner: str,
    keep_lease: KeepLease = without_heartbeat,
) -> ScoringSummary | None:
    """Score every finished resume of the job's tenant that has no score of this version for it.

    None where the work is a duplicate. Each chunk is committed with how far it got; after a
    ``TURN`` the rest is left to another task. Raises LeaseLost where another worker took over.
    """
    attempt = claim(WorkKind.SCORE_JOB, job_id, owner, parts)
    if attempt is None:
        return None
    scored, turn_ends = 0, parts.clock.now() + TURN
    with keep_lease(attempt), handed_back_on_error(attempt):
        job = parts.storage.get_job(job_id)
        for chunk in _chunks(job, attempt):
            _score(chunk, job, attempt.parts).save(attempt, progress=chunk.rows[-1].resume_id)
            scored += len(chunk.rows)
            if parts.clock.now() >= turn_ends:
                attempt.hand_back(pause=timedelta(0), error=None, refund=True)
                return ScoringSummary(job_id, scored, complete=False)
        if not parts.storage.finish_work(
            WorkKind.SCORE_JOB, job_id, owner=owner, now=parts.clock.now()
        ):
            raise LeaseLost
    parts.wake()  # a resume that came meanwhile has it start once more
    return ScoringSummary(job_id, scored)


@dataclass(slots=True)
class _Scored:
    """What a chunk came to; ``profiles`` are those that had to be made anew."""

    scores: list[ScoreRecord] = field(default_factory=list)
    profiles: dict[str, StoredProfile] = field(default_factory=dict)

    def save(self, attempt: Attempt, *, progress: str) -> None:
        """Raises LeaseLost."""
        saved = attempt.parts.storage.save_scores(
            self.scores,
            job_id=attempt.work.subject_id,
            owner=attempt.owner,
            progress=progress,
            now=attempt.parts.clock.now(),
            profiles=self.profiles,
        )
        if not saved:
            raise LeaseLost


@dataclass(frozen=True, slots=True)
class _Chunk:
    """``read_at`` is before the rows were read: a result that came later is not in them."""

    read_at: datetime
    rows: Sequence[Candidate]


def _chunks(job: JobRecord, attempt: Attempt) -> Iterator[_Chunk]:
    after, version, parts = attempt.work.progress, score_version(), attempt.parts
    while True:
        read_at = parts.clock.now()
        rows = parts.storage.candidates(
            job.id, version=version, tenant=job.tenant, after=after, limit=CHUNK
        )
        if not rows:
            return
        yield _Chunk(read_at, rows)
        after = rows[-1].resume_id


def _score(chunk: _Chunk, job: JobRecord, parts: Parts) -> _Scored:
    asked = asked_by(job)
    done = _Scored()
    for candidate in chunk.rows:
        profile = _profile(candidate, parts, done)
        if profile is not None:
            score = score_record(candidate.resume_id, profile, asked, chunk.read_at)
            done.scores.append(score)
    return done


def _profile(candidate: Candidate, parts: Parts, done: _Scored) -> KeptProfile | None:
    """The kept one, or one made anew, which is then to be kept."""
    profile = kept_profile(candidate)
    if profile is None:
        profile = made_anew(candidate.resume_id, parts)
        if profile is not None:
            done.profiles[candidate.resume_id] = profile.stored
    return profile
