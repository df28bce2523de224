"""What every store of files does. Subclasses bring the fixture ``blobs``."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta

import pytest

from resume_processor.errors import NotFound, TooLarge
from resume_processor.workflow.ports import BlobStore

KEY = "resumes/a1/0198c1f2-0000-7000-8000-0000000000a1"
CHUNK = 1024 * 1024


def read(blobs: BlobStore, key: str = KEY) -> bytes:
    with blobs.open(key) as file:
        return file.read()


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


class BlobContract:
    @pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, 2 * CHUNK + 7, 6 * CHUNK])
    def test_bytes_come_back(self, blobs: BlobStore, size: int) -> None:
        data = os.urandom(size)
        blobs.put(KEY, io.BytesIO(data))
        assert read(blobs) == data
        with blobs.local_path(KEY) as path:
            assert path.read_bytes() == data

    def test_it_is_read_in_chunks(self, blobs: BlobStore) -> None:
        asked: list[int] = []

        class Source(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                asked.append(size or 0)
                return super().read(size)

        blobs.put(KEY, Source(b"x" * (3 * CHUNK)))
        assert set(asked) == {CHUNK}

    def test_putting_again_replaces(self, blobs: BlobStore) -> None:
        blobs.put(KEY, io.BytesIO(b"old"))
        blobs.put(KEY, io.BytesIO(b"new"))
        assert read(blobs) == b"new"
        assert list(blobs.keys(older_than=soon())) == [KEY]

    def test_exists_and_delete(self, blobs: BlobStore) -> None:
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

    def test_what_the_source_raises_goes_through_and_leaves_nothing(self, blobs: BlobStore) -> None:
        class Source(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                if self.tell():
                    raise TooLarge
                return super().read(size)

        with pytest.raises(TooLarge):
            blobs.put(KEY, Source(b"x" * (2 * CHUNK)))
        assert list(blobs.keys(older_than=soon())) == []
        assert not blobs.exists(KEY)

    def test_an_interrupted_replacement_keeps_the_old(self, blobs: BlobStore) -> None:
        blobs.put(KEY, io.BytesIO(b"old"))

        class Source(io.BytesIO):
            def read(self, _size: int | None = -1, /) -> bytes:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            blobs.put(KEY, Source(b"new"))
        assert read(blobs) == b"old"

    def test_keys_are_told_by_age(self, blobs: BlobStore) -> None:
        names = ["a/x", "a/y", "b/c/z"]
        for name in names:
            blobs.put(name, io.BytesIO(b"x"))
        assert sorted(blobs.keys(older_than=soon())) == names
        assert list(blobs.keys(older_than=datetime.now(UTC) - timedelta(hours=1))) == []

    def test_nothing_that_is_whole_is_abandoned(self, blobs: BlobStore) -> None:
        blobs.put(KEY, io.BytesIO(b"x"))
        assert blobs.remove_abandoned(older_than=soon()) == 0
        assert blobs.exists(KEY)

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
    def test_keys_that_lead_elsewhere(self, blobs: BlobStore, key: str) -> None:
        for call in (
            lambda: blobs.put(key, io.BytesIO(b"x")),
            lambda: blobs.open(key).__enter__(),
            lambda: blobs.local_path(key).__enter__(),
            lambda: blobs.exists(key),
            lambda: blobs.delete(key),
        ):
            with pytest.raises(ValueError, match="blob key"):
                call()
        assert list(blobs.keys(older_than=soon())) == []
