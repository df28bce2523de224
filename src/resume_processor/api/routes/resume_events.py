"""The states of one resume as Server-Sent Events."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.exceptions import HTTPException
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from resume_processor.api.dependencies import Parts, ResumeId, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.revisions import revision_in
from resume_processor.api.schemas.resumes import CHANGE_EXAMPLE, change_of
from resume_processor.api.watch import changes
from resume_processor.errors import NotFound
from resume_processor.workflow.ports import ResumeEvent

#: Longest life of one stream in seconds; the client comes back by itself where it goes on.
STREAM_SECONDS = 300.0

#: Milliseconds after which a client comes back.
COME_BACK_MS = 1000

router = APIRouter(prefix="/v1/resumes/{resume_id}", tags=["resumes"])


@dataclass(frozen=True, slots=True)
class Start:
    """Where a stream begins: behind the revision ``seen`` of this resume."""

    resume_id: str
    seen: int


def start_of(
    services: Wired,
    tenant: Tenant,
    resume_id: ResumeId,
    last_event_id: Annotated[
        str | None, Header(max_length=64, description="Set by a client that comes back.")
    ] = None,
) -> Start:
    """The resume to follow. ``204`` (come back no more) where the client knows its final state."""
    record = services.storage.get_resume(resume_id, tenant=tenant)
    seen = revision_in(last_event_id) or 0
    if record.status.final and seen == record.revision:
        raise HTTPException(HTTPStatus.NO_CONTENT)
    return Start(resume_id, seen)


@router.get(
    "/events",
    response_class=EventSourceResponse,
    summary="Follow a resume",
    responses={
        HTTPStatus.OK: {
            "description": "Events named `state`; `data` is a change as JSON (`ResumeChange`).",
            "content": {
                "text/event-stream": {
                    "example": f"event: state\nid: 5\ndata: {json.dumps(CHANGE_EXAMPLE)}\n\n"
                }
            },
        },
        HTTPStatus.NO_CONTENT: {"description": "`Last-Event-ID` names its final state."},
        **problems(404, 422),
    },
)
async def follow_resume(
    parts: Parts, tenant: Tenant, start: Annotated[Start, Depends(start_of)]
) -> AsyncIterator[ServerSentEvent]:
    """Each change of state and stage since it was queued, as it happens; ends at a final state.

    None is left out, however fast they follow each other. `Last-Event-ID` goes on behind that
    change. The stream also ends after five minutes, and where the resume is deleted; a browser's
    `EventSource` comes back by itself and is told to stop where nothing more will happen.
    """
    storage, seen = parts.services.storage, start.seen
    look = partial(storage.get_resume, start.resume_id, tenant=tenant)
    try:
        async for _ in changes(start.resume_id, look, parts.changes, seconds=STREAM_SECONDS):
            told = await run_in_threadpool(storage.resume_events, start.resume_id, after=seen)
            for event in present_run(told):
                seen = event.revision
                yield state_event(event)
    except NotFound:
        yield ServerSentEvent(event="deleted", data={"id": start.resume_id})


def present_run(events: Sequence[ResumeEvent]) -> Sequence[ResumeEvent]:
    """Without what was before it was queued again: a final state ends the stream, once."""
    ends = [number for number, event in enumerate(events[:-1]) if event.status.final]
    return events[ends[-1] + 1 :] if ends else events


def state_event(event: ResumeEvent) -> ServerSentEvent:
    """One change as an event."""
    return ServerSentEvent(
        event="state",
        id=str(event.revision),
        retry=COME_BACK_MS,
        data=change_of(event).model_dump(mode="json"),
    )
