"""Following a record."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

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


def looking_at(*records):
    """Shows one record after the other, the last one for ever."""
    left = list(records)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def told(*records, seconds=30.0, seen=None):
    async def collect():
        return [one async for one in changes(looking_at(*records), seconds=seconds, seen=seen)]

    return asyncio.run(collect())


def test_each_change_is_told_once():
    looks = (RECORD, RECORD, PROCESSING, PROCESSING, PARSING, DONE)
    assert told(*looks) == [RECORD, PROCESSING, PARSING, DONE]


def test_what_was_seen_is_not_told():
    assert told(RECORD, DONE, seen=1) == [DONE]


def test_it_ends_when_the_time_is_up():
    assert told(RECORD, seconds=0.05) == [RECORD]


def test_waiting_ends_at_the_final_state():
    assert asyncio.run(wait_for(looking_at(RECORD, PROCESSING, DONE), seconds=30)) == DONE


def test_waiting_for_a_change_ends_at_the_change():
    found = asyncio.run(wait_for(looking_at(RECORD, PROCESSING, DONE), seconds=30, seen=1))
    assert found == PROCESSING


def test_waiting_for_a_change_that_does_not_come():
    assert asyncio.run(wait_for(looking_at(RECORD), seconds=0.05, seen=1)) == RECORD


def test_errors_go_through():
    def gone():
        raise NotFound

    with pytest.raises(NotFound):
        asyncio.run(wait_for(gone, seconds=1))
