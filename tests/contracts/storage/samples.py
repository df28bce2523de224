"""Values for the storage's contract: invented people, and times counted from a fixed one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from resume_processor.resume.record import Failure, ResumeStatus
from resume_processor.workflow.ports import (
    ClaimedResume,
    JobRecord,
    NewResume,
    Outcome,
    ScoreRecord,
    Storage,
    StoredProfile,
    WorkItem,
    WorkKind,
)

START = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
PROCESS = WorkKind.PROCESS_RESUME
SCORE = WorkKind.SCORE_JOB
LEASE = 30.0
MAX_ATTEMPTS = 3


def at(seconds: float) -> datetime:
    """So many seconds after the start."""
    return START + timedelta(seconds=seconds)


def new_resume(resume_id: str = "r1", seconds: float = 0, **changes: Any) -> NewResume:
    new = NewResume(
        id=resume_id,
        tenant="default",
        file_name=f"{resume_id}.pdf",
        size=1234,
        sha256=f"{resume_id:0>64}",
        blob_key=f"resumes/{resume_id}",
        now=at(seconds),
    )
    return replace(new, **changes)


def parsed(name: str = "Mara Vogel", *skills: str) -> dict[str, Any]:
    """A ParsedResume as JSON, as far as a storage looks into it."""
    return {
        "resume": {
            "basics": {"name": name},
            "skills": [{"name": skill, "keywords": [f"{skill} tools"]} for skill in skills],
        },
        "personal": {},
        "evidence": {
            "/basics/name": {
                "places": [{"page": 1, "box": [72.5, 60.0, 180.25, 74.0]}],
                "source": name,
                "rule": "name",
                "confidence": 0.93,
            }
        },
        "warnings": [],
        "facts": {"gaps": []},
        "parser_version": "1",
    }


def profile(version: str = "p1", label: str = "Gardener") -> StoredProfile:
    return StoredProfile(version, {"version": version, "label": label})


def done(*scores: ScoreRecord, name: str = "Mara Vogel", skills: tuple[str, ...] = ()) -> Outcome:
    return Outcome(
        status=ResumeStatus.DONE,
        media_type="application/pdf",
        pipeline_version="v1",
        result=parsed(name, *skills),
        profile=profile(),
        scores=scores,
    )


def failed(code: str = "corrupt") -> Outcome:
    return Outcome(
        status=ResumeStatus.FAILED,
        media_type="application/pdf",
        pipeline_version="v1",
        failure=Failure(code, "The document is damaged and cannot be read."),
    )


def job(job_id: str = "j1", seconds: float = 0, **changes: Any) -> JobRecord:
    record = JobRecord(
        id=job_id,
        tenant="default",
        title="Gardener",
        text="We look for a gardener.",
        requirements={"title": "Gardener", "skills": [{"name": "Pruning", "required": True}]},
        created_at=at(seconds),
        updated_at=at(seconds),
    )
    return replace(record, **changes)


def score(
    resume_id: str = "r1",
    job_id: str = "j1",
    total: int = 500,
    seconds: float = 0,
    **changes: Any,
) -> ScoreRecord:
    record = ScoreRecord(
        job_id=job_id,
        resume_id=resume_id,
        total=total,
        ledger={"total": total, "criteria": [{"kind": "title", "points": total}]},
        version="1",
        created_at=at(seconds),
    )
    return replace(record, **changes)


def claim(
    storage: Storage,
    subject_id: str = "r1",
    owner: str = "worker",
    seconds: float = 1,
    *,
    kind: WorkKind = PROCESS,
    max_attempts: int = MAX_ATTEMPTS,
) -> WorkItem | None:
    return storage.claim(
        kind,
        subject_id,
        owner=owner,
        now=at(seconds),
        lease_until=at(seconds + LEASE),
        max_attempts=max_attempts,
    )


def claim_resume(
    storage: Storage,
    resume_id: str = "r1",
    owner: str = "worker",
    seconds: float = 1,
    *,
    max_attempts: int = MAX_ATTEMPTS,
) -> ClaimedResume | None:
    return storage.claim_resume(
        resume_id,
        owner=owner,
        now=at(seconds),
        lease_until=at(seconds + LEASE),
        max_attempts=max_attempts,
        pipeline_version="v1",
    )


def finish(
    storage: Storage,
    resume_id: str = "r1",
    outcome: Outcome | None = None,
    seconds: float = 2,
    **new: Any,
) -> None:
    """Add, claim and finish a resume."""
    storage.add_resume(new_resume(resume_id, **new))
    assert claim(storage, resume_id, seconds=seconds)
    outcome = outcome or done()
    assert storage.finish_resume(resume_id, outcome, owner="worker", now=at(seconds))


def finish_scoring(storage: Storage, job_id: str = "j1", seconds: float = 1) -> None:
    """Claim and end the scoring of a job without scoring anything."""
    assert claim(storage, job_id, "scorer", seconds, kind=SCORE)
    assert storage.finish_work(SCORE, job_id, owner="scorer", now=at(seconds))


def kill_until_dead(storage: Storage, resume_id: str = "r1") -> None:
    """A resume whose worker vanishes at each attempt."""
    seconds = 1.0
    for _ in range(MAX_ATTEMPTS):
        assert claim(storage, resume_id, seconds=seconds)
        seconds += LEASE + 1
        (item,) = storage.expired_work(now=at(seconds), limit=10)
        storage.reap(item, now=at(seconds), available_at=at(seconds), max_attempts=MAX_ATTEMPTS)
