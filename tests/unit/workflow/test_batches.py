"""A zip file becomes a batch, and its files become resumes."""

import io
import struct
import tracemalloc
import zipfile
from dataclasses import replace

import pytest

from resume_processor.errors import (
    BacklogFull,
    CorruptDocument,
    IdempotencyMismatch,
    InvalidRequest,
    LeaseLost,
    NotFound,
    StorageUnavailable,
    TooLarge,
)
from resume_processor.resume.record import Priority, ResumeStatus
from resume_processor.settings import Settings
from resume_processor.workflow import unpack_batch as module
from resume_processor.workflow.batch_archive import is_archive
from resume_processor.workflow.ports import WorkKind
from resume_processor.workflow.process_resume import process_resume
from resume_processor.workflow.receive_batch import BatchUpload, receive_batch
from resume_processor.workflow.unpack_batch import unpack_batch


def zip_of(members, *, compression=zipfile.ZIP_DEFLATED):
    """A zip file of (name or ZipInfo, bytes)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file


def with_settings(parts, **changes):
    return replace(parts, settings=Settings(**{**parts.settings.model_dump(), **changes}))


def receive(parts, file, **options):
    return receive_batch(BatchUpload(archive=file, **options), parts).batch


def resumes(parts, batch_id):
    """In the order of the archive."""
    rows = parts.storage.list_resumes(tenant="default", limit=500, batch_id=batch_id).rows
    return rows[::-1]


def unpacked(parts, file, **options):
    """The resumes of a batch that was taken apart."""
    batch = receive(parts, file, **options)
    summary = unpack_batch(batch.id, parts, owner="me")
    assert summary.finished
    return resumes(parts, batch.id)


def code_of(record):
    return record.failure.code if record.failure else None


def files(parts):
    return [path for path in (parts.settings.data_dir / "blobs").rglob("*") if path.is_file()]


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def test_every_file_is_a_resume(parts, post_job):
    job = post_job()
    records = unpacked(parts, zip_of([("a.txt", b"one"), ("folder/b.txt", b"two")]), job_id=job.id)
    assert [record.file_name for record in records] == ["a.txt", "b.txt"]
    for record, data in zip(records, (b"one", b"two"), strict=True):
        assert (record.status, record.priority) == (ResumeStatus.RECEIVED, Priority.BULK)
        assert (record.size, record.job_id) == (3, job.id)
        with parts.blobs.open(record.blob_key) as file:
            assert file.read() == data
    assert len(files(parts)) == 2, "the archive stayed"


def test_it_ends_when_all_are_processed(parts, clock):
    records = unpacked(parts, zip_of([("a.txt", b"nothing"), ("b.txt", b"at all")]))
    batch_id = records[0].batch_id
    for record in records:
        clock.advance(1)
        process_resume(record.id, parts, owner="me")
    assert parts.storage.get_batch(batch_id).batch.completed_at == clock.now()


def test_folders_and_litter_are_left_out(parts):
    names = ["folder/", "__MACOSX/a.txt", "x/.DS_Store", "Thumbs.db", "x/._a.txt", "a.txt"]
    records = unpacked(parts, zip_of([(name, b"data") for name in names]))
    assert [record.file_name for record in records] == ["a.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "x/../../a.txt",
        "/etc/passwd",
        "..\\a.txt",
        "C:\\a.txt",
        "c:a.txt",
        "\\\\host\\a.txt",
        link("a.txt"),
    ],
)
def test_a_name_that_leads_out_is_refused_and_the_rest_goes_on(parts, name):
    records = unpacked(parts, zip_of([(name, b"bad"), ("good.txt", b"good")]))
    assert [code_of(record) for record in records] == ["unsafe_path", None]
    assert [record.status.value for record in records] == ["FAILED", "RECEIVED"]
    assert len(files(parts)) == 1


def test_a_member_that_is_no_good_is_one_failure(parts):
    parts = with_settings(parts, max_bytes=1000)
    file = zip_of(
        [("empty", b""), ("large", b"x" * 1001), ("damaged", b"abcdefgh"), ("good", b"g")]
    )
    data = file.getvalue().replace(zlib_of(b"abcdefgh"), b"\xff" * len(zlib_of(b"abcdefgh")))
    records = unpacked(parts, io.BytesIO(data))
    assert [code_of(one) for one in records] == ["empty_file", "too_large", "corrupt", None]
    assert len(files(parts)) == 1


def zlib_of(data):
    """How a member stands in a zip file."""
    with zipfile.ZipFile(zip_of([("a", data)])) as archive:
        (info,) = archive.infolist()
    return zip_of([("a", data)]).getvalue()[31 : 31 + info.compress_size]


def test_a_password_is_one_failure(parts):
    data = bytearray(zip_of([("secret", b"s"), ("good", b"g")]).getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert [code_of(one) for one in unpacked(parts, io.BytesIO(data))] == ["encrypted", None]


def test_a_bomb_costs_no_more_than_its_limit(parts):
    parts = with_settings(parts, max_bytes=10_000)
    bomb = zip_of([("bomb", b"\0" * 50_000_000), ("good", b"g")])
    tracemalloc.start()
    records = unpacked(parts, bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [code_of(one) for one in records] == ["too_large", None]
    assert peak < 20_000_000


def test_all_files_together_have_a_limit(parts):
    parts = with_settings(parts, max_batch_unpacked_bytes=250)
    records = unpacked(parts, zip_of([(str(n), b"x" * 100) for n in range(5)]))
    assert [code_of(one) for one in records] == [None, None, None, "too_large", "too_large"]


def test_too_many_files_are_refused_before_the_directory_is_read(parts):
    parts = with_settings(parts, max_batch_files=3)
    assert receive(parts, zip_of([(str(n), b"x") for n in range(3)])).expected == 3
    with pytest.raises(TooLarge):
        receive(parts, zip_of([(str(n), b"x") for n in range(4)]))
    with pytest.raises(TooLarge):
        receive(parts, zip_of([(f"{n}/", b"") for n in range(9)]))
    lying = bytearray(zip_of([("a", b"x")]).getvalue())
    struct.pack_into("<L", lying, len(lying) - 10, 2**31)
    with pytest.raises(TooLarge):
        receive(parts, io.BytesIO(lying))


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 and nothing more", b"PK\x05\x06"])
def test_what_is_no_zip_is_refused(parts, data):
    with pytest.raises(CorruptDocument):
        receive(parts, io.BytesIO(data))
    assert files(parts) == []


def test_a_batch_of_nothing_is_refused(parts):
    with pytest.raises(InvalidRequest):
        receive(parts, zip_of([("folder/", b"")]))


def test_a_backlog_that_is_too_long_and_an_unknown_job_are_refused(parts):
    file = zip_of([("a", b"x"), ("b", b"x")])
    with pytest.raises(BacklogFull):
        receive(with_settings(parts, max_backlog=1), file)
    with pytest.raises(NotFound):
        receive(parts, file, job_id="nowhere")
    assert files(parts) == []


def test_the_same_key_is_one_batch(parts):
    def send(data=b"x"):
        upload = BatchUpload(archive=zip_of([("a", data)]), idempotency_key="k")
        return receive_batch(upload, parts)

    first, second = send(), send()
    assert (first.is_new, second.is_new) == (True, False)
    assert first.batch == second.batch
    with pytest.raises(IdempotencyMismatch):
        send(b"other")
    assert len(files(parts)) == 1


def test_it_goes_on_where_it_was_stopped(parts, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 2)
    monkeypatch.setattr(module, "TURN_SECONDS", -1)
    batch = receive(parts, zip_of([(f"{n}.txt", b"%d" % n) for n in range(5)]))
    turns = [unpack_batch(batch.id, parts, owner=f"o{n}") for n in range(4)]
    assert [(one.unpacked, one.finished) for one in turns[:3]] == [
        (2, False),
        (4, False),
        (5, True),
    ]
    assert turns[3] is None
    assert [one.file_name for one in resumes(parts, batch.id)] == [f"{n}.txt" for n in range(5)]


def test_a_crash_between_two_chunks_takes_no_file_twice(parts, clock, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 2)
    batch = receive(parts, zip_of([(f"{n}.txt", b"%d" % n) for n in range(5)]))
    store, calls = type(parts.storage).add_members, []

    def crash_at_the_second(self, *arguments, **options):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return store(self, *arguments, **options)

    monkeypatch.setattr(type(parts.storage), "add_members", crash_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        unpack_batch(batch.id, parts, owner="first")
    clock.advance(60)
    assert unpack_batch(batch.id, parts, owner="second").finished
    assert [one.file_name for one in resumes(parts, batch.id)] == [f"{n}.txt" for n in range(5)]
    assert len(files(parts)) == 5


def test_a_crash_after_the_file_is_gone_loses_nothing(parts, clock, monkeypatch):
    batch = receive(parts, zip_of([("a.txt", b"a")]))
    finish = type(parts.storage).finish_batch
    monkeypatch.setattr(type(parts.storage), "finish_batch", lambda *_, **__: False)
    with pytest.raises(LeaseLost):
        unpack_batch(batch.id, parts, owner="first")
    monkeypatch.setattr(type(parts.storage), "finish_batch", finish)
    clock.advance(60)
    assert unpack_batch(batch.id, parts, owner="second").finished
    assert len(resumes(parts, batch.id)) == 1


def test_a_full_disk_is_waited_for(parts, clock):
    batch = receive(parts, zip_of([("a.txt", b"a")]))
    with pytest.raises(StorageUnavailable):
        unpack_batch(batch.id, with_settings(parts, min_free_bytes=2**62), owner="first")
    clock.advance(60)
    assert unpack_batch(batch.id, parts, owner="second").finished
    assert code_of(resumes(parts, batch.id)[0]) is None


def test_a_file_that_was_damaged_on_the_disk_ends_the_batch(parts):
    batch = receive(parts, zip_of([("a.txt", b"a")]))
    parts.blobs.put(batch.blob_key, io.BytesIO(b"damaged"))
    assert unpack_batch(batch.id, parts, owner="me").finished
    ended = parts.storage.get_batch(batch.id).batch
    assert (ended.failure.code, ended.size) == ("corrupt", 0)
    assert ended.completed_at is not None


def test_a_duplicate_does_nothing(parts):
    batch = receive(parts, zip_of([("a.txt", b"a")]))
    assert unpack_batch(batch.id, parts, owner="me").finished
    assert unpack_batch(batch.id, parts, owner="me") is None
    assert (WorkKind.UNPACK_BATCH, "waiting") not in parts.storage.count_work()


def test_a_document_that_is_a_zip_inside_is_no_archive():
    assert is_archive(zip_of([("a.pdf", b"x")]))
    assert not is_archive(zip_of([("[Content_Types].xml", b"x"), ("word/document.xml", b"x")]))
    assert not is_archive(zip_of([("mimetype", b"x"), ("content.xml", b"x")]))
    assert not is_archive(io.BytesIO(b"%PDF-1.7"))
    assert not is_archive(io.BytesIO(b"PK\x03\x04 broken"))
