"""The states of one resume as Server-Sent Events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from fastapi.exceptions import HTTPException
from fastapi.sse import EventSourceResponse, ServerSentEvent

from resume_processor.api.dependencies import ResumeId, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.schemas.resumes import SUMMARY_EXAMPLE, summary_of
from resume_processor.api.watch import changes
from resume_processor.errors import NotFound
from resume_processor.resume.record import ResumeRecord

#: Longest life of one stream in seconds; the client comes back by itself where it goes on.
STREAM_SECONDS = 300.0

#: Milliseconds after which a client comes back.
COME_BACK_MS = 1000

router = APIRouter(prefix="/v1/resumes/{resume_id}", tags=["resumes"])


def followed(
    services: Wired,
    tenant: Tenant,
    resume_id: ResumeId,
    last_event_id: Annotated[
        str | None, Header(max_length=64, description="Set by a client that comes back.")
    ] = None,
) -> ResumeRecord:
    """The record to follow. ``204`` (come back no more) where the client knows its final state."""
    record = services.storage.get_resume(resume_id, tenant=tenant)
    if record.status.final and last_event_id == str(record.revision):
        raise HTTPException(HTTPStatus.NO_CONTENT)
    return record


@router.get(
    "/events",
    response_class=EventSourceResponse,
    summary="Follow a resume",
    responses={
        HTTPStatus.OK: {
            "description": "Events named `state`; `data` is the resume as in the listing.",
            "content": {
                "text/event-stream": {
                    "example": "event: state\nid: 5\ndata: " + str(SUMMARY_EXAMPLE["status"])
                }
            },
        },
        HTTPStatus.NO_CONTENT: {"description": "`Last-Event-ID` names its final state."},
        **problems(404, 422),
    },
)
async def follow_resume(
    services: Wired, tenant: Tenant, first: Annotated[ResumeRecord, Depends(followed)]
) -> AsyncIterator[ServerSentEvent]:
    """How it stands, then each change of state and stage; ends at a final state.

    Changes that follow each other within milliseconds may be told as one. The stream also ends
    after five minutes, and where the resume is deleted; a browser's `EventSource` comes back by
    itself and is told to stop where nothing more will happen.
    """
    look = lambda: services.storage.get_resume(first.id, tenant=tenant)  # noqa: E731
    try:
        async for record in changes(look, seconds=STREAM_SECONDS):
            yield state_event(record)
    except NotFound:
        yield ServerSentEvent(event="deleted", data={"id": first.id})


def state_event(record: ResumeRecord) -> ServerSentEvent:
    """One change as an event."""
    data: dict[str, Any] = summary_of(record).model_dump(mode="json")
    return ServerSentEvent(event="state", id=str(record.revision), retry=COME_BACK_MS, data=data)
