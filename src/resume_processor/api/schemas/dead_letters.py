"""Bodies about work that was given up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from resume_processor.api.schemas.base import Body
from resume_processor.api.schemas.resumes import EXAMPLE_ID
from resume_processor.workflow.ports import WorkItem, WorkKind

DEAD_LETTER_EXAMPLE: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "kind": "process_resume",
    "attempts": 3,
    "code": "worker_crashed",
    "created_at": "2026-03-01T09:00:00Z",
}


class DeadLetter(Body):
    """A piece of work at the limit of its attempts."""

    model_config = ConfigDict(json_schema_extra={"examples": [DEAD_LETTER_EXAMPLE]})

    id: str = Field(description="Of the resume, job or batch that it is about.")
    kind: WorkKind
    attempts: int
    code: str | None = Field(description="Why the last attempt failed.")
    created_at: datetime


class DeadLetterPage(Body):
    """A page of the dead letters, newest first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [DEAD_LETTER_EXAMPLE], "next_cursor": None}]}
    )

    items: tuple[DeadLetter, ...]
    next_cursor: str | None


class Replayed(Body):
    """How many dead letters wait again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"replayed": 3}]})

    replayed: int


def dead_letter_of(item: WorkItem) -> DeadLetter:
    """The public view of a piece of work."""
    return DeadLetter(
        id=item.subject_id,
        kind=item.kind,
        attempts=item.attempts,
        code=item.last_error,
        created_at=item.created_at,
    )
