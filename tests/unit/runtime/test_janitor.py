import io
import os
from datetime import timedelta

import pytest

from resume_processor.runtime import janitor as module
from resume_processor.runtime.janitor import Janitor


@pytest.fixture
def age(services, tmp_path, clock):
    """Makes a file as old as it says."""

    def do(key, hours):
        written = (clock.now() - timedelta(hours=hours)).timestamp()
        os.utime(tmp_path / "blobs" / key, (written, written))

    return do


def run(janitor):
    return [janitor.step() for _ in range(4)]


def test_files_without_a_record_are_removed_once_they_are_old(services, upload, age, clock):
    blobs = services.blobs
    kept = services.storage.get_resume(upload()).blob_key
    for key in ("resumes/aa/old", "resumes/aa/new"):
        blobs.put(key, io.BytesIO(b"x"))
    age(kept, 99)
    age("resumes/aa/old", 25)
    age("resumes/aa/new", 23)
    assert sum(run(Janitor(services))) == 1
    assert [blobs.exists(k) for k in (kept, "resumes/aa/old", "resumes/aa/new")] == [
        True,
        False,
        True,
    ]


def test_half_written_files_are_removed(services, tmp_path, age):
    services.blobs.put("a/x", io.BytesIO(b"x"))
    (tmp_path / "blobs/a/.part-1").write_bytes(b"half")
    age("a/.part-1", 25)
    age("a/x", 1)
    assert sum(run(Janitor(services))) == 1
    assert not (tmp_path / "blobs/a/.part-1").exists()


def test_it_rests_between_two_rounds(services, age, monkeypatch):
    janitor = Janitor(services)
    run(janitor)
    services.blobs.put("a/x", io.BytesIO(b"x"))
    age("a/x", 99)
    assert sum(run(janitor)) == 0
    now = module.time.monotonic() + module.PAUSE_SECONDS + 1
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    assert sum(run(janitor)) == 1


def test_much_is_done_in_parts(services, age, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    for number in range(5):
        services.blobs.put(f"a/{number}", io.BytesIO(b"x"))
        age(f"a/{number}", 99)
    janitor = Janitor(services)
    assert [janitor.step() for _ in range(5)] == [0, 2, 2, 1, 0]
