"""Follows a record in the database: what ``?wait=`` and the event stream are made of.

The row is the truth and a worker on another machine may change it, so it is looked at, quickly
after a change and at ever longer pauses while nothing happens.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool

from resume_processor.resume.record import ResumeRecord

#: First pause between two looks, in seconds; a parse takes some ten milliseconds.
FIRST_PAUSE = 0.02

#: Longest pause between two looks, in seconds: how late a change may be seen.
LONGEST_PAUSE = 0.5

#: How much longer each pause is than the one before.
GROWTH = 1.5


async def changes(
    look: Callable[[], ResumeRecord], *, seconds: float, seen: int | None = None
) -> AsyncIterator[ResumeRecord]:
    """The record now and at each change, until it is final or the time is up.

    ``look`` reads the record (it blocks; its errors go through). Revision ``seen`` is not told
    again. Changes that follow each other faster than the looks are seen as one.
    """
    end = asyncio.get_running_loop().time() + seconds
    pause = FIRST_PAUSE
    while True:
        record = await run_in_threadpool(look)
        if record.revision != seen:
            seen, pause = record.revision, FIRST_PAUSE
            yield record
        left = end - asyncio.get_running_loop().time()
        if record.status.final or left <= 0:
            return
        await asyncio.sleep(min(pause, left))
        pause = min(pause * GROWTH, LONGEST_PAUSE)


async def wait_for(
    look: Callable[[], ResumeRecord], *, seconds: float, seen: int | None = None
) -> ResumeRecord:
    """The record once it is final, at the latest after ``seconds``.

    Where ``seen`` is given, already once it is of another revision.
    """
    latest: ResumeRecord | None = None
    async for record in changes(look, seconds=seconds, seen=seen):
        latest = record
        if seen is not None:
            break
    return await run_in_threadpool(look) if latest is None else latest
