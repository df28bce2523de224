"""A job against all resumes, in parts and chunks, going on where an earlier attempt stopped."""

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
from resume_processor.workflow.open_jobs import Asked, asked_by, score_record
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import (
    Candidate,
    JobRecord,
    ScoreRecord,
    ScoringPart,
    StoredProfile,
    WorkKind,
)
from resume_processor.workflow.stored_values import ENDINGS, SILENT_WORKER_SECONDS

#: Resumes scored between two commits; about a tenth of a second of work.
CHUNK = 250

#: After so long a task ends and the rest of its part goes back to the queue, so that uploads get
#: their turn and no time limit is met, however many resumes there are.
TURN = timedelta(seconds=5)

#: Least resumes of a part: fewer are scored before another worker would have begun.
LEAST_PART = 4 * CHUNK

#: Pause before looking whether the parts of an earlier scoring of the job are done.
PARTS_PAUSE = timedelta(seconds=1)


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
    subject_id: str,
    parts: Parts,
    *,
    owner: str,
    keep_lease: KeepLease = without_heartbeat,
) -> ScoringSummary | None:
    """Score every finished resume of a job's tenant that has no score of this version for it.

    Many of them are scored in parts, which other tasks take, so that all workers score one job;
    ``subject_id`` names a job or a part. Every resume is scored by itself, so the ranking is the
    same however many there are.

    None where the work is a duplicate. Each chunk is committed with how far it got; after a
    ``TURN`` the rest is left to another task. Raises LeaseLost where another worker took over.
    """
    attempt = claim(WorkKind.SCORE_JOB, subject_id, owner, parts)
    if attempt is None:
        return None
    with keep_lease(attempt), handed_back_on_error(attempt):
        part = ScoringPart.from_subject(subject_id)
        if part.of == 1 and _left_to_parts(part.job_id, attempt):
            return ScoringSummary(part.job_id, 0, complete=False)
        summary = _score_part(part, attempt)
    parts.wake()  # a resume that came meanwhile has it start once more
    return summary


def _left_to_parts(job_id: str, attempt: Attempt) -> bool:
    """Whether parts do it: those that are there already, or as many as there are workers."""
    parts, now = attempt.parts, attempt.parts.clock.now()
    if parts.storage.is_scored_in_parts(job_id):
        attempt.hand_back(pause=PARTS_PAUSE, error=None, refund=True)
        return True
    number = _worthwhile_parts(parts.storage.get_job(job_id), parts, now)
    if number < 2:
        return False
    if not parts.storage.split_scoring(job_id, number, owner=attempt.owner, now=now):
        raise LeaseLost
    parts.wake()
    return True


def _worthwhile_parts(job: JobRecord, parts: Parts, now: datetime) -> int:
    """One for each process that can take work, of ``LEAST_PART`` resumes or more."""
    seen_after = now - timedelta(seconds=SILENT_WORKER_SECONDS)
    workers = sum(sign.children for sign in parts.storage.workers(seen_after=seen_after))
    most = min(workers, len(ENDINGS))
    count = parts.storage.count_candidates(
        job.id, version=score_version(), tenant=job.tenant, most=most * LEAST_PART
    )
    return min(most, count // LEAST_PART)


def _score_part(part: ScoringPart, attempt: Attempt) -> ScoringSummary:
    parts, scored = attempt.parts, 0
    turn_ends = parts.clock.now() + TURN
    job = parts.storage.get_job(part.job_id)
    asked = asked_by(job)
    for chunk in _chunks(part, job, attempt):
        _score(chunk, asked, parts).save(part, attempt, progress=chunk.rows[-1].resume_id)
        scored += len(chunk.rows)
        if parts.clock.now() >= turn_ends:
            attempt.hand_back(pause=timedelta(0), error=None, refund=True)
            return ScoringSummary(job.id, scored, complete=False)
    if not parts.storage.finish_work(
        WorkKind.SCORE_JOB, part.subject_id, owner=attempt.owner, now=parts.clock.now()
    ):
        raise LeaseLost
    return ScoringSummary(job.id, scored)


@dataclass(slots=True)
class _Scored:
    """What a chunk came to; ``profiles`` are those that had to be made anew."""

    scores: list[ScoreRecord] = field(default_factory=list)
    profiles: dict[str, StoredProfile] = field(default_factory=dict)

    def save(self, part: ScoringPart, attempt: Attempt, *, progress: str) -> None:
        """Raises LeaseLost."""
        saved = attempt.parts.storage.save_scores(
            self.scores,
            part=part,
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


def _chunks(part: ScoringPart, job: JobRecord, attempt: Attempt) -> Iterator[_Chunk]:
    after, version, parts = attempt.work.progress, score_version(), attempt.parts
    while True:
        read_at = parts.clock.now()
        rows = parts.storage.candidates(
            part, version=version, tenant=job.tenant, after=after, limit=CHUNK
        )
        if not rows:
            return
        yield _Chunk(read_at, rows)
        after = rows[-1].resume_id


def _score(chunk: _Chunk, asked: Asked, parts: Parts) -> _Scored:
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
