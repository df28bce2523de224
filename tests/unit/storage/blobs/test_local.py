"""Files on disk: whole or not there, durable, and nowhere else."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.errors import NotFound, StorageUnavailable, TooLarge
from resume_processor.storage.blobs import local
from resume_processor.storage.blobs.local import LocalBlobs

KEY = "resumes/a1/0198c1f2-0000-7000-8000-0000000000a1"


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "blobs")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def read(blobs: LocalBlobs, key: str = KEY) -> bytes:
    with blobs.open(key) as file:
        return file.read()


@pytest.mark.parametrize("size", [0, 1, local.CHUNK - 1, local.CHUNK, 2 * local.CHUNK + 7])
def test_bytes_come_back(blobs: LocalBlobs, size: int) -> None:
    data = os.urandom(size)
    blobs.put(KEY, io.BytesIO(data))
    assert read(blobs) == data
    with blobs.local_path(KEY) as path:
        assert path.read_bytes() == data


def test_only_the_owner_may_read(blobs: LocalBlobs, tmp_path: Path) -> None:
    blobs.put(KEY, io.BytesIO(b"x"))
    (file,) = files_in(tmp_path)
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_it_is_read_in_chunks(blobs: LocalBlobs) -> None:
    asked: list[int] = []

    class Source(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            asked.append(size or 0)
            return super().read(size)

    blobs.put(KEY, Source(b"x" * (3 * local.CHUNK)))
    assert set(asked) == {local.CHUNK}


def test_putting_again_replaces(blobs: LocalBlobs, tmp_path: Path) -> None:
    blobs.put(KEY, io.BytesIO(b"old"))
    blobs.put(KEY, io.BytesIO(b"new"))
    assert read(blobs) == b"new"
    assert len(files_in(tmp_path)) == 1


def test_exists_and_delete(blobs: LocalBlobs) -> None:
    assert not blobs.exists(KEY)
    blobs.delete(KEY)
    blobs.put(KEY, io.BytesIO(b"x"))
    assert blobs.exists(KEY)
    blobs.delete(KEY)
    assert not blobs.exists(KEY)
    with pytest.raises(NotFound), blobs.open(KEY):
        pass
    with pytest.raises(NotFound), blobs.local_path(KEY):
        pass


def test_what_the_source_raises_goes_through_and_leaves_nothing(
    blobs: LocalBlobs, tmp_path: Path
) -> None:
    class Source(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise TooLarge
            return super().read(size)

    with pytest.raises(TooLarge):
        blobs.put(KEY, Source(b"x" * (2 * local.CHUNK)))
    assert files_in(tmp_path) == []
    assert not blobs.exists(KEY)


def test_an_interrupted_replacement_keeps_the_old(blobs: LocalBlobs) -> None:
    blobs.put(KEY, io.BytesIO(b"old"))

    class Source(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        blobs.put(KEY, Source(b"new"))
    assert read(blobs) == b"old"


def test_a_full_disk_is_told_and_leaves_nothing(
    blobs: LocalBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    blobs.put("other", io.BytesIO(b"x"))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageUnavailable, match="No space left"):
        blobs.put(KEY, io.BytesIO(b"x" * 100))
    assert [file.name for file in files_in(tmp_path)] == ["other"]


def test_file_and_folders_are_synced_in_order(
    blobs: LocalBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file before its name, then each folder that got a new entry."""
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def note_sync(descriptor: int) -> None:
        done.append("sync " + Path(f"/proc/self/fd/{descriptor}").resolve().name)
        sync(descriptor)

    def note_replace(self: Path, target: Path) -> Any:
        done.append(f"rename {self.name}")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_replace)
    blobs.put("resumes/a1/x", io.BytesIO(b"x"))
    temporary = next(step.removeprefix("rename ") for step in done if step.startswith("rename"))
    assert temporary.startswith(local.TEMPORARY)
    assert done[-3:] == [f"sync {temporary}", f"rename {temporary}", "sync a1"]
    assert {"sync resumes", "sync blobs", f"sync {tmp_path.name}"} <= set(done[:-3])
    done.clear()
    blobs.put("resumes/a1/y", io.BytesIO(b"y"))
    assert len(done) == 3


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        "/etc/passwd",
        "../x",
        "a/../b",
        "a//b",
        "a/",
        ".",
        "..",
        "a/.b",
        "a\\b",
        "a\x00b",
        "é",
        "a b",
        "a\n",
        "x" * 129,
        "/".join("abcdefghi"),
    ],
)
def test_keys_that_lead_elsewhere(blobs: LocalBlobs, tmp_path: Path, key: str) -> None:
    for call in (
        lambda: blobs.put(key, io.BytesIO(b"x")),
        lambda: blobs.open(key).__enter__(),
        lambda: blobs.local_path(key).__enter__(),
        lambda: blobs.exists(key),
        lambda: blobs.delete(key),
    ):
        with pytest.raises(ValueError, match="blob key"):
            call()
    assert files_in(tmp_path) == []


@given(st.text(alphabet="./\\ab\x00~", max_size=12))
def test_no_key_leaves_the_folder(key: str) -> None:
    folder = Path("/nowhere/blobs")
    try:
        path = LocalBlobs(folder)._path(key)
    except ValueError:
        return
    assert path.resolve().is_relative_to(folder)
    assert path.resolve() != folder


def test_abandoned_parts_are_removed(blobs: LocalBlobs, tmp_path: Path) -> None:
    blobs.put("a/x", io.BytesIO(b"x"))
    for name, age in (("old", 1_000.0), ("new", 3_000.0)):
        part = tmp_path / "blobs" / "a" / f"{local.TEMPORARY}{name}"
        part.write_bytes(b"half")
        os.utime(part, (age, age))
    assert blobs.remove_abandoned(older_than=2_000.0) == 1
    names = sorted(file.name for file in files_in(tmp_path))
    assert names == [f"{local.TEMPORARY}new", "x"]


def test_a_folder_that_was_removed_is_made_again(blobs: LocalBlobs, tmp_path: Path) -> None:
    blobs.put("a/x", io.BytesIO(b"x"))
    blobs.delete("a/x")
    (tmp_path / "blobs" / "a").rmdir()
    blobs.put("a/x", io.BytesIO(b"y"))
    assert read(blobs, "a/x") == b"y"
