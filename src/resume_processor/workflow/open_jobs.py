"""A resume against every job that is open, or one job against a resume: the ledger as a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from resume_processor.resume.record import ResumeRecord
from resume_processor.scoring.encoding import requirements_from_json, score_to_json
from resume_processor.scoring.job_plan import JobPlan, plan_of
from resume_processor.scoring.score_resume import score_by_plan
from resume_processor.workflow.audit_chain import digest
from resume_processor.workflow.kept_profiles import KeptProfile
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import JobRecord, ScoreInputs, ScoreRecord

#: Jobs read from the storage at once.
_PAGE = 200


def open_jobs(tenant: str, parts: Parts) -> Iterator[JobRecord]:
    """All open jobs of a tenant, newest first."""
    cursor: str | None = None
    while True:
        page = parts.storage.list_jobs(tenant=tenant, limit=_PAGE, cursor=cursor, only_open=True)
        yield from page.rows
        cursor = page.cursor
        if cursor is None:
            return


def score_against_open_jobs(
    record: ResumeRecord, profile: KeptProfile, parts: Parts
) -> tuple[ScoreRecord, ...]:
    """The ledgers of a resume, one for each open job of its tenant."""
    now = parts.clock.now()
    return tuple(
        score_record(record.id, profile, asked_by(job), now)
        for job in open_jobs(record.tenant, parts)
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a job asks for, with the hash by which the audit log names it."""

    job_id: str
    plan: JobPlan
    digest: str


def asked_by(job: JobRecord) -> Asked:
    """Read once for however many resumes."""
    plan = plan_of(requirements_from_json(job.requirements))
    return Asked(job.id, plan, digest(job.requirements))


def score_record(resume_id: str, profile: KeptProfile, asked: Asked, now: datetime) -> ScoreRecord:
    """The ledger of one resume for one job, as it is stored."""
    score, facets = score_by_plan(profile.profile, asked.plan)
    return ScoreRecord(
        job_id=asked.job_id,
        resume_id=resume_id,
        total=score.total,
        ledger=score_to_json(score),
        version=score.version,
        created_at=now,
        facets=facets,
        inputs=ScoreInputs(profile.digest, asked.digest),
    )
