"""Bodies about the service itself: health, queue, Celery tasks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from resume_processor.api.schemas.base import Body
from resume_processor.api.schemas.resumes import EXAMPLE_ID, EXAMPLE_TASK

TASK_EXAMPLE: dict[str, Any] = {
    "task_id": EXAMPLE_TASK,
    "state": "SUCCESS",
    "ready": True,
    "result": {"resume_id": EXAMPLE_ID, "status": "DONE"},
    "error": None,
    "finished_at": "2026-03-01T09:00:01Z",
}

READY_EXAMPLE: dict[str, Any] = {
    "status": "ready",
    "not_ready": [],
    "checks": [{"name": "database", "ok": True, "required": True, "detail": "answers"}],
}

SYSTEM_EXAMPLE: dict[str, Any] = {
    "version": "0.1.0",
    "instance": "host-1",
    "resumes": {"DONE": 120, "FAILED": 3},
    "waiting": 2,
    "running": 2,
    "dead": 0,
    "oldest_waiting_seconds": 0.4,
    "readiness": READY_EXAMPLE,
}


class TaskFailure(Body):
    """Why Celery has a task as failed."""

    code: str = Field(examples=["worker_crashed"])
    message: str = Field(examples=["Something went wrong on our side."])


class TaskReport(Body):
    """A Celery task as its result backend knows it."""

    model_config = ConfigDict(json_schema_extra={"examples": [TASK_EXAMPLE]})

    task_id: str
    state: str = Field(
        description="Celery's own: `PENDING` (waiting, or unknown to Celery), `STARTED` (from a "
        "fifth of a second on), `RETRY`, `SUCCESS`, `FAILURE`, `REVOKED`. The truth about a resume "
        "is `/v1/resumes/{id}`."
    )
    ready: bool = Field(description="Whether Celery is done with it.")
    result: Any = Field(description="The task's short summary, once there is one.")
    error: TaskFailure | None
    finished_at: datetime | None


class Alive(Body):
    """The process runs and answers."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "alive"}]})

    status: str


class ReadinessCheck(Body):
    """One part of the service."""

    name: str
    ok: bool
    required: bool = Field(
        description="Whether uploads cannot be taken without it. Redis is not required: what was "
        "accepted waits in the database until it is back."
    )
    detail: str


class Readiness(Body):
    """Whether uploads can be taken, and what is not as it should be."""

    model_config = ConfigDict(json_schema_extra={"examples": [READY_EXAMPLE]})

    status: str = Field(
        description="`ready`, `degraded` (takes uploads, but something is away), `not_ready`."
    )
    not_ready: tuple[str, ...] = Field(description="Names of the parts that are not ready.")
    checks: tuple[ReadinessCheck, ...]


class SystemReport(Body):
    """The service at a glance."""

    model_config = ConfigDict(json_schema_extra={"examples": [SYSTEM_EXAMPLE]})

    version: str
    instance: str
    resumes: dict[str, int] = Field(description="Resumes by status.")
    waiting: int = Field(description="Pieces of work that wait.")
    running: int = Field(description="Pieces of work that a worker has.")
    dead: int = Field(description="Pieces of work that were given up at the attempt limit.")
    oldest_waiting_seconds: float | None = Field(description="Age of what waits longest.")
    readiness: Readiness
