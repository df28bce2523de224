"""A job against all resumes, in chunks, going on where an earlier attempt stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from resume_processor.errors import LeaseLost
from resume_processor.resume.encoding import from_json
from resume_processor.scoring.encoding import requirements_from_json
from resume_processor.workflow.attempt import (
    Attempt,
    KeepLease,
    claim,
    handed_back_on_error,
    without_heartbeat,
)
from resume_processor.workflow.open_jobs import score_record
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import JobRecord, ScoreRecord, WorkKind

#: Resumes scored between two commits; about a tenth of a second of work.
CHUNK = 100


@dataclass(frozen=True, slots=True)
class ScoringSummary:
    """What a task returns: how many resumes this attempt scored."""

    job_id: str
    scored: int

    def to_json(self) -> dict[str, Any]:
        """As it goes into the result backend."""
        return {"job_id": self.job_id, "scored": self.scored}


def score_candidates(
    job_id: str,
    parts: Parts,
    *,
    owner: str,
    keep_lease: KeepLease = without_heartbeat,
) -> ScoringSummary | None:
    """Score every finished resume of the job's tenant that has no score for it yet.

    None where the work is a duplicate.

    Each chunk is committed with how far it got. Raises LeaseLost where another worker took over.
    """
    attempt = claim(WorkKind.SCORE_JOB, job_id, owner, parts)
    if attempt is None:
        return None
    scored = 0
    with keep_lease(attempt.work), handed_back_on_error(attempt):
        job = parts.storage.get_job(job_id)
        for chunk in _chunks(job, attempt):
            _save(_score(chunk, job, attempt), attempt, progress=chunk[-1][0])
            scored += len(chunk)
        if not parts.storage.finish_work(WorkKind.SCORE_JOB, job_id, owner=owner):
            raise LeaseLost
    parts.wake()  # a resume that came meanwhile has it start once more
    return ScoringSummary(job_id, scored)


_Result = tuple[str, dict[str, Any]]


def _chunks(job: JobRecord, attempt: Attempt) -> Iterator[Sequence[_Result]]:
    after = attempt.work.progress
    while True:
        storage = attempt.parts.storage
        chunk = storage.iterate_results(
            tenant=job.tenant, after=after, limit=CHUNK, unscored_for=job.id
        )
        if not chunk:
            return
        yield chunk
        after = chunk[-1][0]


def _score(chunk: Sequence[_Result], job: JobRecord, attempt: Attempt) -> list[ScoreRecord]:
    requirements = requirements_from_json(job.requirements)
    now = attempt.parts.clock.now()
    return [
        score_record(resume_id, from_json(result), job.id, requirements, now)
        for resume_id, result in chunk
    ]


def _save(scores: Sequence[ScoreRecord], attempt: Attempt, *, progress: str) -> None:
    saved = attempt.parts.storage.save_scores(
        scores,
        job_id=attempt.work.subject_id,
        owner=attempt.owner,
        progress=progress,
        now=attempt.parts.clock.now(),
    )
    if not saved:
        raise LeaseLost
