"""All changes of resumes as one stream of Server-Sent Events: for pages and monitors."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from resume_processor.api.dependencies import Parts, Tenant
from resume_processor.api.documented import problems
from resume_processor.api.schemas.resumes import SUMMARY_EXAMPLE, ResumeSummary, summary_of
from resume_processor.errors import NotFound
from resume_processor.workflow.ports import ResumeChanges, ResumeStore

#: Longest life of one stream in seconds; a browser comes back by itself.
STREAM_SECONDS = 300.0
#: Milliseconds after which it does.
COME_BACK_MS = 1000
#: Pause after a round of changes, in seconds: those of a busy moment are told together.
GATHER_SECONDS = 0.1
#: Longest time without an event, in seconds; then one says that something may have changed.
LOOK_ANYWAY = 10.0

router = APIRouter(prefix="/v1/events", tags=["resumes"])


@router.get(
    "",
    response_class=EventSourceResponse,
    summary="Follow all resumes",
    responses={
        HTTPStatus.OK: {
            "description": "Events named `resume` (`data` is a `ResumeSummary`), `deleted` "
            "(`data.id`) and `look` (something changed that is not known closer).",
            "content": {
                "text/event-stream": {
                    "example": f"event: resume\ndata: {json.dumps(SUMMARY_EXAMPLE)}\n\n"
                }
            },
        },
        **problems(),
    },
)
async def follow_all(parts: Parts, tenant: Tenant) -> AsyncIterator[ServerSentEvent]:
    """Each resume as it is now, soon after it changed; changes that follow fast are told as one.

    A hint: after `look`, or when the stream comes back, list the resumes that are not final.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + STREAM_SECONDS
    with heard_changes(parts.changes) as heard:
        yield ServerSentEvent(event="look", data={}, retry=COME_BACK_MS)
        while (left := end - loop.time()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.bell.wait(), min(left, LOOK_ANYWAY))
            ids = heard.take()
            if None in ids or not ids:
                yield ServerSentEvent(event="look", data={})
            known = [one for one in ids if one is not None]
            for event in await run_in_threadpool(tell, known, parts.services.storage, tenant):
                yield event
            await asyncio.sleep(GATHER_SECONDS)


class Heard:
    """Ids that changed since they were last taken, in order; None for something unknown."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.bell = asyncio.Event()
        self._loop = loop
        self._ids: dict[str | None, None] = {}

    def __call__(self, changed: str | None) -> None:
        """Called in a thread of the storage's."""
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(self._note, changed)

    def _note(self, changed: str | None) -> None:
        self._ids[changed] = None
        self.bell.set()

    def take(self) -> list[str | None]:
        """What changed; from now on afresh."""
        self.bell.clear()
        ids, self._ids = list(self._ids), {}
        return ids


@contextmanager
def heard_changes(feed: ResumeChanges) -> Iterator[Heard]:
    """Listens for as long as the block runs."""
    heard = Heard(asyncio.get_running_loop())
    with feed.subscribe(heard):
        yield heard


def tell(ids: list[str], storage: ResumeStore, tenant: str) -> list[ServerSentEvent]:
    """An event for each of these resumes that is the tenant's, or was."""
    events = []
    for resume_id in ids:
        try:
            summary: ResumeSummary = summary_of(storage.get_resume(resume_id, tenant=tenant))
        except NotFound:
            if storage.deleted_at(resume_id, tenant=tenant) is not None:
                events.append(ServerSentEvent(event="deleted", data={"id": resume_id}))
        else:
            events.append(ServerSentEvent(event="resume", data=summary.model_dump(mode="json")))
    return events
