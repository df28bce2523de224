"""What the service keeps about one uploaded resume, and the states it goes through.

RECEIVED ──claim──▶ PROCESSING ──▶ DONE | NEEDS_REVIEW | FAILED
    │                   │
    └──── CANCELLED ◀───┘
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ResumeStatus(StrEnum):
    """The states of a resume; the last four are final until somebody asks for reprocessing."""

    RECEIVED = "RECEIVED"
    PROCESSING = "PROCESSING"
    DONE = "DONE"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"

    @property
    def final(self) -> bool:
        """Whether nothing more happens by itself."""
        return self not in (ResumeStatus.RECEIVED, ResumeStatus.PROCESSING)


class Stage(StrEnum):
    """Where inside the processing a resume is."""

    QUEUED = "queued"
    READING = "reading"
    PARSING = "parsing"
    SCORING = "scoring"
    FINISHED = "finished"


class Priority(StrEnum):
    """Interactive uploads go before bulk ones; bulk is never starved."""

    INTERACTIVE = "interactive"
    BULK = "bulk"


#: Namespace of task ids: an id follows from its resume's, so it is known before the broker is.
TASK_NAMESPACE = uuid.UUID("6f0a2f57-58c2-5a3c-9d40-1f7d1c2b9e11")


def task_id_for(resume_id: str) -> str:
    """The Celery task id of a resume's processing: always the same for the same resume."""
    return str(uuid.uuid5(TASK_NAMESPACE, resume_id))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a resume ended as FAILED; ``message`` may be read by a stranger."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ResumeRecord:
    """One row of the truth. Times are aware UTC datetimes; ``size`` is in bytes."""

    id: str
    tenant: str
    status: ResumeStatus
    stage: Stage
    file_name: str  #: as the client named it, for display only; never used as a path
    media_type: str  #: as found by content, or application/octet-stream until it was read
    size: int
    sha256: str
    blob_key: str
    created_at: datetime
    updated_at: datetime
    revision: int = 1  #: grows with every change; the API's ETag
    attempts: int = 0
    priority: Priority = Priority.INTERACTIVE
    job_id: str | None = None
    external_id: str | None = None
    batch_id: str | None = None
    finished_at: datetime | None = None
    failure: Failure | None = None
    pipeline_version: str | None = None
    candidate_name: str | None = None  #: as it was read; for display only

    @property
    def task_id(self) -> str:
        """Id of the Celery task that processes this resume."""
        return task_id_for(self.id)
