"""A position to fill becomes a job with parsed requirements, to be scored against all resumes."""

from __future__ import annotations

from dataclasses import dataclass

from resume_processor.errors import InvalidRequest
from resume_processor.scoring.encoding import requirements_to_json
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score import JobRequirements
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import JobRecord

#: Shown where neither the client nor the text says what the position is called.
UNTITLED = "Untitled position"


@dataclass(frozen=True, slots=True)
class NewJob:
    """What a client sent: a text to read, requirements already structured, or both.

    Where both are there the requirements count and the text is kept beside them.
    """

    text: str = ""
    tenant: str = "default"
    title: str | None = None
    requirements: JobRequirements | None = None
    retention_days: float | None = None  #: how long its applicants' resumes are kept


def receive_job(new_job: NewJob, parts: Parts) -> JobRecord:
    """Store the job with its scoring as work, then ring the dispatcher.

    Raises InvalidRequest where there is neither text nor requirements, and StorageUnavailable.
    """
    requirements = new_job.requirements or _read(new_job.text)
    now = parts.clock.now()
    job = parts.storage.add_job(
        JobRecord(
            id=new_id(now),
            tenant=new_job.tenant,
            title=new_job.title or requirements.title or UNTITLED,
            text=new_job.text,
            requirements=requirements_to_json(requirements),
            created_at=now,
            updated_at=now,
            retention_days=new_job.retention_days,
        )
    )
    parts.wake()
    return job


def _read(text: str) -> JobRequirements:
    if not text.strip():
        raise InvalidRequest("A job needs a text or requirements.")
    return read_job(text)
