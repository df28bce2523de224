"""Follows a record in the database: what ``?wait=`` and the event stream are made of.

The row is the truth, and any process may change it. The storage tells of changes soon after they
are committed, but may miss one, so the row is looked at now and then as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress

from starlette.concurrency import run_in_threadpool

from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.ports import ResumeChanges

#: How often the row is looked at although nothing was heard, in seconds.
LOOK_ANYWAY = 1.0


async def changes(
    resume_id: str,
    look: Callable[[], ResumeRecord],
    feed: ResumeChanges,
    *,
    seconds: float,
    seen: int | None = None,
) -> AsyncIterator[ResumeRecord]:
    """The record now and at each change, until it is final or the time is up.

    ``look`` reads the record (it blocks; its errors go through). Revision ``seen`` is not told
    again. Changes that follow each other faster than the looks are seen as one.
    """
    end = asyncio.get_running_loop().time() + seconds
    with listening(resume_id, feed) as bell:
        while True:
            bell.clear()
            record = await run_in_threadpool(look)
            if record.revision != seen:
                seen = record.revision
                yield record
            left = end - asyncio.get_running_loop().time()
            if record.status.final or left <= 0:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), min(left, LOOK_ANYWAY))


async def wait_for(
    resume_id: str,
    look: Callable[[], ResumeRecord],
    feed: ResumeChanges,
    *,
    seconds: float,
    seen: int | None = None,
) -> ResumeRecord:
    """The record once it is final, at the latest after ``seconds``.

    Where ``seen`` is given, already once it is of another revision. Without any time to wait it is
    one look.
    """
    latest: ResumeRecord | None = None
    if seconds > 0:
        async for record in changes(resume_id, look, feed, seconds=seconds, seen=seen):
            latest = record
            if seen is not None:
                break
    return await run_in_threadpool(look) if latest is None else latest


@contextmanager
def listening(resume_id: str | None, feed: ResumeChanges) -> Iterator[asyncio.Event]:
    """A bell that rings in this loop when the resume (None: anything) may have changed."""
    loop, bell = asyncio.get_running_loop(), asyncio.Event()

    def heard(changed: str | None) -> None:
        if resume_id is not None and changed not in (None, resume_id):
            return
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(bell.set)

    with feed.subscribe(heard):
        yield bell
