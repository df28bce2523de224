"""What every storage does with batches: taken apart once, complete at one moment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from resume_processor.errors import IdempotencyMismatch, NotFound
from resume_processor.resume.record import Failure, Priority, ResumeStatus
from resume_processor.workflow.ports import Batch, Storage, WorkKind, WorkState
from tests.contracts.storage.samples import (
    LEASE,
    MAX_ATTEMPTS,
    PROCESS,
    at,
    claim,
    done,
    failed,
    finish,
    new_resume,
)

UNPACK = WorkKind.UNPACK_BATCH
DAMAGED = Failure("corrupt", "The archive is damaged.")


def add(storage: Storage, batch_id: str = "b1", seconds: float = 0, **changes: Any) -> Batch:
    """A batch that is to be taken apart."""
    batch = Batch(batch_id, "default", at(seconds), expected=2, blob_key=f"batches/{batch_id}")
    stored, is_new = storage.add_batch(replace(batch, **changes))
    assert is_new
    return stored


def unpack(
    storage: Storage,
    *resumes: str,
    batch_id: str = "b1",
    seconds: float = 1,
    failure: Failure | None = None,
) -> None:
    """Take it apart into these, in one go."""
    assert claim(storage, batch_id, "unpacker", seconds, kind=UNPACK)
    members = [new_resume(resume_id, seconds) for resume_id in resumes]
    assert add_members(storage, members, batch_id=batch_id)
    assert end(storage, len(members), batch_id=batch_id, seconds=seconds, failure=failure)


def add_members(
    storage: Storage,
    members: list[Any],
    *,
    batch_id: str = "b1",
    owner: str = "unpacker",
    progress: str = "2",
) -> bool:
    return storage.add_members(
        members, batch_id=batch_id, owner=owner, progress=progress, now=at(1)
    )


def end(
    storage: Storage,
    size: int,
    *,
    batch_id: str = "b1",
    owner: str = "unpacker",
    seconds: float = 2,
    failure: Failure | None = None,
) -> bool:
    return storage.finish_batch(batch_id, owner=owner, size=size, failure=failure, now=at(seconds))


def work_on(storage: Storage, resume_id: str, seconds: float, *, good: bool = True) -> None:
    assert claim(storage, resume_id, seconds=seconds)
    outcome = done() if good else failed()
    assert storage.finish_resume(resume_id, outcome, owner="worker", now=at(seconds))


def completed_at(storage: Storage, batch_id: str = "b1") -> Any:
    return storage.get_batch(batch_id, tenant="default").batch.completed_at


class BatchContract:
    def test_a_batch_comes_back_as_it_was(self, storage: Storage) -> None:
        batch = add(storage, job_id="j9", priority=Priority.INTERACTIVE)
        progress = storage.get_batch("b1", tenant="default")
        assert progress.batch == batch
        assert (progress.counts, progress.complete) == ({}, False)
        (item,) = storage.due_work(now=at(0), dispatched_before=at(0), limit=9)
        assert (item.kind, item.subject_id) == (UNPACK, "b1")

    def test_progress_by_state(self, storage: Storage) -> None:
        add(storage)
        unpack(storage, "r1", "r2")
        storage.add_resume(new_resume("r3"))
        work_on(storage, "r1", 3)
        progress = storage.get_batch("b1")
        assert progress.counts == {ResumeStatus.DONE: 1, ResumeStatus.RECEIVED: 1}
        assert (progress.batch.size, progress.complete) == (2, False)
        listed = storage.list_resumes(tenant="default", limit=9, batch_id="b1")
        assert {record.id for record in listed.rows} == {"r1", "r2"}

    def test_the_same_key_is_one_batch(self, storage: Storage) -> None:
        batch = Batch("b1", "default", at(0), expected=1, blob_key="batches/b1")
        first = storage.add_batch(batch, idempotency=("key", "digest"))
        again = replace(batch, id="b2")
        assert storage.add_batch(again, idempotency=("key", "digest")) == (first[0], False)
        with pytest.raises(IdempotencyMismatch):
            storage.add_batch(again, idempotency=("key", "other"))
        assert storage.count_work() == {(UNPACK, WorkState.WAITING): 1}
        assert storage.is_key_used("key", tenant="default")
        other = replace(again, tenant="other")
        assert storage.add_batch(other, idempotency=("key", "other"))[1]

    def test_a_file_that_is_no_good_is_failed_from_the_start(self, storage: Storage) -> None:
        add(storage)
        assert claim(storage, "b1", "unpacker", kind=UNPACK)
        assert add_members(storage, [new_resume("r1", failure=DAMAGED)])
        record = storage.get_resume("r1")
        assert (record.status, record.failure) == (ResumeStatus.FAILED, DAMAGED)
        assert (record.batch_id, record.finished_at) == ("b1", record.created_at)
        assert [event.status for event in storage.resume_events("r1")] == [ResumeStatus.FAILED]
        assert (PROCESS, WorkState.WAITING) not in storage.count_work()

    def test_another_tenant_sees_nothing(self, storage: Storage) -> None:
        add(storage)
        with pytest.raises(NotFound):
            storage.get_batch("b1", tenant="other")
        with pytest.raises(NotFound):
            storage.get_batch("b404")
        with pytest.raises(NotFound):
            storage.add_resume(new_resume(tenant="other", batch_id="b1"))
        assert storage.list_batches(tenant="other", limit=9).rows == ()

    def test_listed_newest_first_in_pages(self, storage: Storage) -> None:
        for number in range(3):
            add(storage, f"b{number}", number)
        unpack(storage, "r1", batch_id="b1", seconds=9)
        first = storage.list_batches(tenant="default", limit=2)
        assert [row.batch.id for row in first.rows] == ["b2", "b1"]
        assert [dict(row.counts) for row in first.rows] == [{}, {ResumeStatus.RECEIVED: 1}]
        rest = storage.list_batches(tenant="default", limit=2, cursor=first.cursor)
        assert [row.batch.id for row in rest.rows] == ["b0"]
        assert rest.cursor is None


class UnpackContract:
    """The fence around the taking apart."""

    def test_members_and_progress_are_stored_together(self, storage: Storage) -> None:
        add(storage)
        assert claim(storage, "b1", "unpacker", 1, kind=UNPACK)
        assert add_members(storage, [new_resume("r1"), new_resume("r2")], progress="2 99")
        again = claim(storage, "b1", "later", 1 + LEASE, kind=UNPACK)
        assert again is not None
        assert again.progress == "2 99"
        assert storage.count_work()[PROCESS, WorkState.WAITING] == 2

    def test_attempts_count_from_the_last_members(self, storage: Storage) -> None:
        add(storage)
        counted = []
        for number, progress in enumerate(("1 9", "1 9", "2 99", "3 999")):
            item = claim(storage, "b1", "unpacker", 2 * number * LEASE, kind=UNPACK, max_attempts=9)
            assert item is not None
            assert add_members(storage, [new_resume(f"r{number}")], progress=progress)
            counted.append(item.attempts)
        assert counted == [1, 2, 3, 2]  # the second one stored nothing that was not there

    def test_who_lost_it_stores_nothing(self, storage: Storage) -> None:
        add(storage)
        assert claim(storage, "b1", "unpacker", 1, kind=UNPACK)
        assert claim(storage, "b1", "later", 1 + LEASE, kind=UNPACK)
        assert not add_members(storage, [new_resume("r1")])
        assert not end(storage, 1)
        assert storage.count_resumes() == {}
        assert storage.get_batch("b1").batch.size is None

    def test_at_its_end_there_is_no_work_and_no_file_left(self, storage: Storage) -> None:
        add(storage)
        unpack(storage, "r1", "r2")
        batch = storage.get_batch("b1").batch
        assert (batch.size, batch.blob_key, batch.failure) == (2, None, None)
        assert (UNPACK, WorkState.WAITING) not in storage.count_work()

    def test_one_that_kills_its_worker_ends_with_what_came_out(self, storage: Storage) -> None:
        add(storage)
        seconds = 1.0
        for attempt in range(MAX_ATTEMPTS):
            assert claim(storage, "b1", "unpacker", seconds, kind=UNPACK)
            if attempt == 0:
                assert add_members(storage, [new_resume("r1")], progress="1")
            seconds += LEASE + 1
            (item,) = storage.expired_work(now=at(seconds), limit=9)
            storage.reap(item, now=at(seconds), available_at=at(seconds), max_attempts=MAX_ATTEMPTS)
        batch = storage.get_batch("b1").batch
        assert (batch.size, batch.completed_at) == (1, None)
        assert batch.failure is not None
        assert batch.failure.code == "worker_crashed"
        work_on(storage, "r1", seconds)
        assert completed_at(storage) == at(seconds)
        self.replay(storage, seconds)

    def replay(self, storage: Storage, seconds: float) -> None:
        """It goes on behind what came out already."""
        item = storage.replay(UNPACK, "b1", now=at(seconds))
        assert (item.state, item.progress) == (WorkState.WAITING, "1")
        batch = storage.get_batch("b1").batch
        assert (batch.size, batch.failure, batch.completed_at) == (None, None, None)
        assert batch.blob_key is not None
        assert claim(storage, "b1", "unpacker", seconds, kind=UNPACK)
        assert end(storage, 1, seconds=seconds)
        assert completed_at(storage) == at(seconds)


class CompletionContract:
    def test_complete_when_the_last_one_is_final(self, storage: Storage) -> None:
        add(storage)
        unpack(storage, "r1", "r2")
        work_on(storage, "r1", 3)
        assert completed_at(storage) is None
        work_on(storage, "r2", 4, good=False)
        assert completed_at(storage) == at(4)
        assert storage.get_batch("b1").complete

    def test_complete_at_its_end_where_all_are_final_before(self, storage: Storage) -> None:
        add(storage)
        assert claim(storage, "b1", "unpacker", kind=UNPACK)
        assert add_members(storage, [new_resume("r1")])
        work_on(storage, "r1", 3)
        assert completed_at(storage) is None
        assert end(storage, 1, seconds=5)
        assert completed_at(storage) == at(5)

    def test_complete_at_once_where_nothing_came_out(self, storage: Storage) -> None:
        add(storage)
        unpack(storage, seconds=1, failure=DAMAGED)
        batch = storage.get_batch("b1").batch
        assert (batch.size, batch.failure, batch.completed_at) == (0, DAMAGED, at(1))

    def test_complete_by_cancelling_or_deleting_the_last_one(self, storage: Storage) -> None:
        for batch_id, resume_id in (("b1", "r1"), ("b2", "r2")):
            add(storage, batch_id)
            unpack(storage, resume_id, batch_id=batch_id)
        storage.cancel_resume("r1", tenant="default", now=at(7))
        storage.delete_resume("r2", tenant="default", now=at(8))
        assert completed_at(storage, "b1") == at(7)
        assert completed_at(storage, "b2") == at(8)

    def test_complete_by_giving_the_last_one_up(self, storage: Storage) -> None:
        add(storage)
        unpack(storage, "r1")
        assert claim(storage, "r1", seconds=2)
        later = 2 + LEASE + 1
        (item,) = storage.expired_work(now=at(later), limit=9)
        storage.reap(item, now=at(later), available_at=at(later), max_attempts=1)
        assert completed_at(storage) == at(later)

    def test_it_stays_complete(self, storage: Storage) -> None:
        add(storage)
        unpack(storage, "r1")
        work_on(storage, "r1", 3)
        storage.reprocess_resume("r1", tenant="default", now=at(4))
        work_on(storage, "r1", 5)
        assert completed_at(storage) == at(3)

    def test_resumes_of_no_batch_complete_nothing(self, storage: Storage) -> None:
        add(storage)
        finish(storage, "r9")
        assert completed_at(storage) is None
