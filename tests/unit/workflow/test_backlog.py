import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from resume_processor.errors import BacklogFull
from resume_processor.settings import Settings
from resume_processor.storage.memory import MemoryStorage
from resume_processor.workflow.backlog import refuse_when_full
from resume_processor.workflow.process_resume import process_resume
from resume_processor.workflow.receive_resume import Upload, receive_resume


class CountingStorage(MemoryStorage):
    """Knows how often it was asked what waits."""

    def __init__(self):
        super().__init__()
        self.counts = 0

    def count_work(self):
        self.counts += 1
        return super().count_work()


def limited(parts, max_backlog, **changes):
    values = {**parts.settings.model_dump(), "max_backlog": max_backlog}
    return replace(parts, settings=Settings(**values), **changes)


def receive(parts):
    return receive_resume(Upload("a.txt", io.BytesIO(b"some text")), parts).record.id


def test_what_waits_is_not_counted_for_each_upload(parts, clock):
    parts = limited(parts, 100, storage=CountingStorage())
    for _ in range(50):
        receive(parts)
    assert parts.storage.counts == 1
    clock.advance(1)
    receive(parts)
    assert parts.storage.counts == 2


def test_the_limit_holds_between_two_counts(parts):
    parts = limited(parts, 5)
    for _ in range(5):
        receive(parts)
    with pytest.raises(BacklogFull):
        receive(parts)


def test_what_was_done_makes_room_within_a_second(parts, clock):
    parts = limited(parts, 2)
    first, _ = receive(parts), receive(parts)
    with pytest.raises(BacklogFull):
        receive(parts)
    process_resume(first, parts, owner="me")
    clock.advance(1)
    receive(parts)


def test_a_clock_that_goes_back_does_not_keep_an_old_count(parts, clock):
    parts = limited(parts, 1)
    first = receive(parts)
    process_resume(first, parts, owner="me")
    clock.advance(-3600)
    refuse_when_full(parts)


def test_uploads_at_the_same_time_do_not_exceed_it(parts):
    parts = limited(parts, 10)

    def try_it(_):
        try:
            refuse_when_full(parts)
        except BacklogFull:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_it, range(40))) == 10
