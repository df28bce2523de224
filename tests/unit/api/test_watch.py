"""Following a record."""

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from resume_processor.api import watch
from resume_processor.api.watch import changes, wait_for
from resume_processor.errors import NotFound
from resume_processor.resume.record import ResumeRecord, ResumeStatus, Stage

NOW = datetime(2026, 3, 1, tzinfo=UTC)
RECORD = ResumeRecord(
    id="r",
    tenant="t",
    status=ResumeStatus.RECEIVED,
    stage=Stage.QUEUED,
    file_name="a.pdf",
    media_type="application/pdf",
    size=1,
    sha256="",
    blob_key="k",
    created_at=NOW,
    updated_at=NOW,
)
PROCESSING = replace(RECORD, status=ResumeStatus.PROCESSING, stage=Stage.READING, revision=2)
PARSING = replace(PROCESSING, stage=Stage.PARSING, revision=3)
DONE = replace(RECORD, status=ResumeStatus.DONE, stage=Stage.FINISHED, revision=4)


class Feed:
    """Tells of a change whenever somebody looks, so that no test waits for the next look."""

    def __init__(self):
        self.listeners = []

    @contextmanager
    def subscribe(self, on_change):
        self.listeners.append(on_change)
        yield
        self.listeners.remove(on_change)

    def tell(self, resume_id):
        for listener in self.listeners:
            listener(resume_id)


def looking_at(feed, *records):
    """Shows one record after the other, the last one for ever."""
    left = list(records)

    def look():
        feed.tell("r")
        return left.pop(0) if len(left) > 1 else left[0]

    return look


def told(*records, seconds=30.0, seen=None):
    feed = Feed()

    async def collect():
        look = looking_at(feed, *records)
        return [one async for one in changes("r", look, feed, seconds=seconds, seen=seen)]

    found = asyncio.run(collect())
    assert feed.listeners == []
    return found


def waited_for(*records, **given):
    feed = Feed()
    return asyncio.run(wait_for("r", looking_at(feed, *records), feed, **given))


def test_each_change_is_told_once():
    looks = (RECORD, RECORD, PROCESSING, PROCESSING, PARSING, DONE)
    assert told(*looks) == [RECORD, PROCESSING, PARSING, DONE]


def test_what_was_seen_is_not_told():
    assert told(RECORD, DONE, seen=1) == [DONE]


def test_it_ends_when_the_time_is_up():
    assert told(RECORD, seconds=0.05) == [RECORD]


def test_waiting_ends_at_the_final_state():
    assert waited_for(RECORD, PROCESSING, DONE, seconds=30) == DONE


def test_waiting_for_a_change_ends_at_the_change():
    assert waited_for(RECORD, PROCESSING, DONE, seconds=30, seen=1) == PROCESSING


def test_waiting_for_a_change_that_does_not_come():
    assert waited_for(RECORD, seconds=0.05, seen=1) == RECORD


def test_errors_go_through():
    def gone():
        raise NotFound

    with pytest.raises(NotFound):
        asyncio.run(wait_for("r", gone, Feed(), seconds=1))


def test_a_change_that_was_not_told_is_found_all_the_same(monkeypatch):
    monkeypatch.setattr(watch, "LOOK_ANYWAY", 0.01)
    left = [RECORD, RECORD, DONE]
    found = asyncio.run(wait_for("r", lambda: left.pop(0), Feed(), seconds=30))
    assert found == DONE


def test_changes_of_others_are_not_looked_at():
    feed, looks = Feed(), []

    def look():
        looks.append(1)
        feed.tell("another")
        return RECORD

    asyncio.run(wait_for("r", look, feed, seconds=0.2))
    assert len(looks) == 2, "one at the start, one when the time is up"
