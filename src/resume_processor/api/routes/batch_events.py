"""How a batch comes along, as Server-Sent Events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from resume_processor.api.dependencies import BatchId, Parts, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.routes.resume_events import COME_BACK_MS, STREAM_SECONDS
from resume_processor.api.schemas.batches import BATCH_EXAMPLE, BatchReport, batch_report_of
from resume_processor.api.watch import LOOK_ANYWAY, listening

#: Shortest time between two events, in seconds: thousands of resumes may become final meanwhile.
BREATH = 0.5

router = APIRouter(prefix="/v1/batches/{batch_id}", tags=["batches"])


def known_batch(services: Wired, tenant: Tenant, batch_id: BatchId) -> str:
    """The batch to follow."""
    return services.storage.get_batch(batch_id, tenant=tenant).batch.id


@router.get(
    "/events",
    response_class=EventSourceResponse,
    summary="Follow a batch",
    responses={
        HTTPStatus.OK: {
            "description": "Events named `progress`, and one named `complete` at the end; `data` "
            "is the batch as JSON (`BatchReport`).",
            "content": {
                "text/event-stream": {
                    "example": f"event: progress\ndata: {json.dumps(BATCH_EXAMPLE)}\n\n"
                }
            },
        },
        **problems(404, 422),
    },
)
async def follow_batch(
    parts: Parts, tenant: Tenant, batch_id: Annotated[str, Depends(known_batch)]
) -> AsyncIterator[ServerSentEvent]:
    """Its counts now and as they change, twice a second at most; ends when it is complete.

    The stream also ends after five minutes; a browser's `EventSource` comes back by itself.
    """
    loop = asyncio.get_running_loop()
    end, seen = loop.time() + STREAM_SECONDS, None
    with listening(None, parts.changes) as bell:
        while loop.time() < end:
            bell.clear()
            progress = await run_in_threadpool(
                parts.services.storage.get_batch, batch_id, tenant=tenant
            )
            report = batch_report_of(progress)
            if report != seen:
                seen = report
                yield event_of(report, complete=progress.complete)
            if progress.complete:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), LOOK_ANYWAY)
            await asyncio.sleep(BREATH)


def event_of(report: BatchReport, *, complete: bool) -> ServerSentEvent:
    """One look at a batch as an event."""
    return ServerSentEvent(
        event="complete" if complete else "progress",
        retry=COME_BACK_MS,
        data=report.model_dump(mode="json"),
    )
