"""Uploaded files in a folder of this machine (or a file system that several share)."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from resume_processor.errors import NotFound, StorageUnavailable
from resume_processor.storage.blobs.keys import require_key

#: Bytes copied at once.
CHUNK = 1024 * 1024

#: Begins the names of files that are still being written.
TEMPORARY = ".part-"


class LocalBlobs:
    """``BlobStore`` in a folder; a key is a path of plain names below it and leads nowhere else.

    A file appears under its name at once and whole: it is written beside it, synced and renamed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._durable_folders: set[Path] = set()

    def put(self, key: str, source: BinaryIO) -> None:
        """Copy ``source`` to its end; durable when it returns. Its errors go through."""
        path = self._path(key)
        with _unavailable_on_os_error():
            self._make_folder(path.parent)
        temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
        try:
            _write(temporary, source)
            with _unavailable_on_os_error():
                temporary.replace(path)
                _sync_folder(path.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    @contextmanager
    def open(self, key: str) -> Iterator[BinaryIO]:
        """The bytes, for reading. Raises NotFound."""
        path = self._path(key)
        with _unavailable_on_os_error():
            try:
                file = path.open("rb")
            except FileNotFoundError as error:
                raise NotFound from error
        with file:
            yield file

    @contextmanager
    def local_path(self, key: str) -> Iterator[Path]:
        """The file itself; not to be written to. Raises NotFound."""
        path = self._path(key)
        if not path.is_file():
            raise NotFound
        yield path

    def delete(self, key: str) -> None:
        """Remove the bytes durably; nothing happens where there are none."""
        path = self._path(key)
        with _unavailable_on_os_error():
            if path.exists():
                path.unlink(missing_ok=True)
                _sync_folder(path.parent)

    def exists(self, key: str) -> bool:
        """Whether there are bytes under this key."""
        return self._path(key).is_file()

    def keys(self, *, older_than: datetime) -> Iterator[str]:
        """The keys of files that were last written before then, one after the other."""
        for path in self._folder.rglob("*"):
            if not path.name.startswith(TEMPORARY) and _is_older(path, older_than):
                yield path.relative_to(self._folder).as_posix()

    def remove_abandoned(self, *, older_than: datetime) -> int:
        """Remove what processes that were killed left half-written; how many files."""
        half = [p for p in self._folder.rglob(f"{TEMPORARY}*") if _is_older(p, older_than)]
        for path in half:
            path.unlink(missing_ok=True)
        return len(half)

    def _path(self, key: str) -> Path:
        return self._folder / require_key(key)

    def _make_folder(self, folder: Path) -> None:
        """The folder and those above it, each entry synced into the one that holds it.

        Also where another process has just made it and may not have synced it yet.
        """
        if folder in self._durable_folders and folder.is_dir():
            return
        if folder not in {self._folder.parent, folder.parent}:
            self._make_folder(folder.parent)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder.parent)
        self._durable_folders.add(folder)


def _write(path: Path, source: BinaryIO) -> None:
    """A new file with all of ``source``, synced."""
    with _unavailable_on_os_error():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        shutil.copyfileobj(source, _Sink(file), CHUNK)
        with _unavailable_on_os_error():
            os.fsync(file.fileno())


class _Sink:
    """Writes whole chunks; tells errors of the disk from those of the source."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, chunk: bytes) -> int:
        view = memoryview(chunk)
        with _unavailable_on_os_error():
            while view:
                view = view[self._file.write(view) :]
        return len(chunk)


def _is_older(path: Path, than: datetime) -> bool:
    """A file (no folder) that was last written before then."""
    try:
        return path.is_file() and path.stat().st_mtime < than.timestamp()
    except FileNotFoundError:  # its writer has just finished, or somebody removed it
        return False


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _unavailable_on_os_error() -> Iterator[None]:
    """A full or broken disk may pass by itself."""
    try:
        yield
    except OSError as error:
        raise StorageUnavailable(f"The file store does not answer ({error.strerror}).") from error
