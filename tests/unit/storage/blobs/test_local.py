"""Files on disk: whole or not there, durable, and nowhere else."""

from __future__ import annotations

import errno
import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.errors import StorageUnavailable
from resume_processor.storage.blobs import local
from resume_processor.storage.blobs.local import LocalBlobs
from tests.contracts.blobs import KEY, BlobContract, read


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "blobs")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class TestContract(BlobContract): ...


def test_only_the_owner_may_read(blobs: LocalBlobs, tmp_path: Path) -> None:
    blobs.put(KEY, io.BytesIO(b"x"))
    (file,) = files_in(tmp_path)
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


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
    assert blobs.remove_abandoned(older_than=datetime.fromtimestamp(2_000.0, UTC)) == 1
    names = sorted(file.name for file in files_in(tmp_path))
    assert names == [f"{local.TEMPORARY}new", "x"]


def test_a_folder_that_was_removed_is_made_again(blobs: LocalBlobs, tmp_path: Path) -> None:
    blobs.put("a/x", io.BytesIO(b"x"))
    blobs.delete("a/x")
    (tmp_path / "blobs" / "a").rmdir()
    blobs.put("a/x", io.BytesIO(b"y"))
    assert read(blobs, "a/x") == b"y"
