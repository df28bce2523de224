import hashlib
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from resume_processor.errors import (
    BacklogFull,
    EmptyUpload,
    IdempotencyMismatch,
    NotFound,
    RequestInFlight,
    StorageUnavailable,
    TooLarge,
)
from resume_processor.resume.record import Priority, ResumeStatus, Stage
from resume_processor.settings import Settings
from resume_processor.workflow.ports import WorkKind, WorkState
from resume_processor.workflow.receive_resume import Upload, receive_resume


def files(parts):
    """All files in the blob store."""
    return [path for path in (parts.settings.data_dir / "blobs").rglob("*") if path.is_file()]


def with_settings(parts, **changes):
    return replace(parts, settings=Settings(**{**parts.settings.model_dump(), **changes}))


def test_record_work_and_file_are_there_when_it_returns(parts, upload, clock):
    record = upload(b"some bytes", external_id="x-1", priority=Priority.BULK)
    assert parts.storage.get_resume(record.id) == record
    assert (record.status, record.stage) == (ResumeStatus.RECEIVED, Stage.QUEUED)
    assert record.size == 10
    assert record.sha256 == hashlib.sha256(b"some bytes").hexdigest()
    assert (record.external_id, record.priority) == ("x-1", Priority.BULK)
    assert record.created_at == clock.now()
    with parts.blobs.open(record.blob_key) as file:
        assert file.read() == b"some bytes"
    assert parts.storage.count_work()[WorkKind.PROCESS_RESUME, WorkState.WAITING] == 1


def test_the_dispatcher_is_woken(parts, upload):
    assert not parts.wake.wait(0)
    upload()
    assert parts.wake.wait(0)


def test_an_empty_file_leaves_nothing_behind(parts, upload):
    with pytest.raises(EmptyUpload):
        upload(b"")
    assert files(parts) == []
    assert parts.storage.count_work() == {} or not any(parts.storage.count_work().values())


def test_the_limit_on_bytes_is_exact_and_leaves_nothing_behind(parts):
    parts = with_settings(parts, max_bytes=100)
    assert receive_resume(Upload("a", io.BytesIO(b"x" * 100)), parts).record.size == 100
    with pytest.raises(TooLarge):
        receive_resume(Upload("a", io.BytesIO(b"x" * 101)), parts)
    assert len(files(parts)) == 1


def test_an_endless_body_is_cut_off(parts):
    parts = with_settings(parts, max_bytes=1000)
    taken = []

    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def read(self, size=-1):
            assert size > 0
            taken.append(size)
            return b"x" * min(size, 100)

    with pytest.raises(TooLarge):
        receive_resume(Upload("a", Endless()), parts)
    assert len(taken) <= 12


def test_a_job_must_exist(parts, upload):
    with pytest.raises(NotFound):
        upload(job_id="nowhere")
    assert files(parts) == []


def test_the_same_key_and_body_is_one_resume(parts):
    def send(data=b"abc", name="a.txt"):
        upload = Upload(name, io.BytesIO(data), idempotency_key="k")
        return receive_resume(upload, parts)

    first, second = send(), send()
    assert (first.is_new, second.is_new) == (True, False)
    assert second.record == first.record
    with pytest.raises(IdempotencyMismatch):
        send(b"other")
    with pytest.raises(IdempotencyMismatch):
        send(name="other.txt")
    assert len(files(parts)) == 1


def test_while_the_first_request_is_worked_on_the_second_is_told_so(parts, clock):
    def send(source):
        return receive_resume(Upload("a.txt", source, idempotency_key="k"), parts)

    class Slow(io.BytesIO):
        """Another request comes while this one's body is read."""

        def read(self, size=-1):
            with pytest.raises(RequestInFlight):
                send(io.BytesIO(b"abc"))
            return super().read(size)

    first = send(Slow(b"abc"))
    assert first.is_new
    assert send(io.BytesIO(b"abc")).record == first.record
    assert len(files(parts)) == 1


def test_a_request_that_failed_or_was_killed_holds_its_key_no_longer(parts, clock):
    def send(source):
        return receive_resume(Upload("a.txt", source, idempotency_key="k"), parts)

    with pytest.raises(EmptyUpload):
        send(io.BytesIO(b""))
    now = clock.now()
    parts.storage.hold_key(
        "k", tenant="default", holder="killed", now=now, until=now + timedelta(seconds=10)
    )
    with pytest.raises(RequestInFlight):
        send(io.BytesIO(b"abc"))
    clock.advance(10)
    assert send(io.BytesIO(b"abc")).is_new


def test_asking_twice_at_once_for_what_is_stored_is_no_conflict(parts):
    def send(source):
        return receive_resume(Upload("a.txt", source, idempotency_key="k"), parts)

    class Slow(io.BytesIO):
        def read(self, size=-1):
            assert not send(io.BytesIO(b"abc")).is_new
            return super().read(size)

    send(io.BytesIO(b"abc"))
    assert not send(Slow(b"abc")).is_new


def test_the_same_bytes_without_a_key_are_two_resumes_with_files_of_their_own(parts, upload):
    first, second = upload(), upload()
    assert first.id != second.id
    assert first.blob_key != second.blob_key


def test_too_long_a_backlog_is_refused(parts):
    parts = with_settings(parts, max_backlog=2)
    for _ in range(2):
        receive_resume(Upload("a", io.BytesIO(b"x")), parts)
    with pytest.raises(BacklogFull):
        receive_resume(Upload("a", io.BytesIO(b"x")), parts)
    assert len(files(parts)) == 2


def test_a_full_disk_is_refused(parts):
    parts = with_settings(parts, min_free_bytes=2**62)
    with pytest.raises(BacklogFull, match="disk"):
        receive_resume(Upload("a", io.BytesIO(b"x")), parts)


def test_after_an_unclear_failure_the_file_stays(parts):
    # The database may have committed although its answer was lost: then the record needs the file.
    class Unclear(type(parts.storage)):
        def add_resume(self, new):
            super().add_resume(new)
            raise StorageUnavailable

    parts = replace(parts, storage=Unclear())
    with pytest.raises(StorageUnavailable):
        receive_resume(Upload("a", io.BytesIO(b"x")), parts)
    assert len(files(parts)) == 1
