"""The zip file of a batch: what is in it, judged before anything is unpacked.

A zip file is untrusted. Its directory is bounded before it is parsed, no name in it is ever used as
a path, and no member is read any further than a resume may be long, whatever it says of itself.
"""

from __future__ import annotations

import errno
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from resume_processor.errors import (
    CorruptDocument,
    DocumentError,
    EncryptedDocument,
    InvalidRequest,
    TooLarge,
    UnsafePath,
)
from resume_processor.settings import Settings

_SLASH = re.compile(r"[/\\]")

#: End of central directory: signature, and the record without its comment.
_END = b"PK\x05\x06"
_END_RECORD = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 0xFFFF

#: The same for archives over 4 GB or 65,535 members: locator, then record, before the end record.
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64_SIZE = 20
_IN_64 = 0xFFFFFFFF

#: Signature of an entry of the directory, and the bytes that one may have on average.
_ENTRY = b"PK\x01\x02"
_BYTES_AN_ENTRY = 1024

_ENCRYPTED = 0x1

#: What archivers and operating systems leave behind; nobody means to send it.
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]*$)")

#: Members by which a document tells that it is one, and no archive of documents.
_DOCUMENT_MARKS = ("[Content_Types].xml", "mimetype")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a batch. ``error`` says why it cannot be taken out at all."""

    index: int
    name: str  #: its last part, for display only
    info: zipfile.ZipInfo
    error: DocumentError | None = None


def is_archive(file: BinaryIO) -> bool:
    """Whether this is a zip file of documents, and not a document that is a zip file inside."""
    file.seek(0)
    if file.read(4) not in (b"PK\x03\x04", _END):
        return False
    try:
        with _opened(file, most=_LONGEST_COMMENT) as archive:
            names = {info.filename for info in archive.infolist()}
    except DocumentError:
        return False
    return not names.intersection(_DOCUMENT_MARKS)


@contextmanager
def open_batch(file: BinaryIO, settings: Settings) -> Iterator[BatchArchive]:
    """The archive in ``file``. Raises CorruptDocument, TooLarge, InvalidRequest (no files)."""
    with _opened(file, settings.max_batch_files) as archive:
        yield BatchArchive(archive, settings)


class BatchArchive:
    """The members of a batch, in the order of the archive; folders and litter are left out."""

    def __init__(self, archive: zipfile.ZipFile, settings: Settings) -> None:
        self._archive = archive
        files = [info for info in archive.infolist() if not _is_nothing(info)]
        if len(files) > settings.max_batch_files:
            raise _too_many(settings.max_batch_files)
        if not files:
            raise InvalidRequest("There are no files in the batch.")
        self.members = tuple(
            Member(index, _last_part(info), info, _error_of(info))
            for index, info in enumerate(files)
        )

    @contextmanager
    def open(self, member: Member) -> Iterator[BinaryIO]:
        """The bytes of a member, for reading once. Raises DocumentError, also while it is read."""
        if member.error is not None:
            raise member.error
        with _damage_is_corrupt(), self._archive.open(member.info) as source:
            yield cast("BinaryIO", _Checked(cast("BinaryIO", source)))


class _Checked(io.RawIOBase):
    """Passes a member on; what is wrong with it is an error of ours."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        with _damage_is_corrupt():
            return self._source.read(size)


@contextmanager
def _opened(file: BinaryIO, most: int) -> Iterator[zipfile.ZipFile]:
    _bound_directory(file, most)
    with _damage_is_corrupt():
        archive = zipfile.ZipFile(file)
    with archive:
        yield archive


def _bound_directory(file: BinaryIO, most: int) -> None:
    """Before the directory is parsed: it must be there, and not be too long. In constant memory."""
    size = file.seek(0, io.SEEK_END)
    start = max(0, size - _LONGEST_COMMENT - _END_RECORD.size)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise CorruptDocument("This is no zip file, or its end is missing.")
    length = _END_RECORD.unpack_from(tail, at)[5]
    end = start + at
    if length == _IN_64:
        end -= _LOCATOR_64_SIZE + _END_64.size
        file.seek(max(0, end))
        record = file.read(_END_64.size)
        if len(record) < _END_64.size:
            raise CorruptDocument("The zip file is damaged.")
        length = _END_64.unpack(record)[8]
    if length > most * _BYTES_AN_ENTRY:
        raise _too_many(most)
    file.seek(max(0, end - length))
    if file.read(length).count(_ENTRY) > 2 * most:  # files and their folders
        raise _too_many(most)


def _is_nothing(info: zipfile.ZipInfo) -> bool:
    return info.is_dir() or _LITTER.search(info.filename) is not None


def _error_of(info: zipfile.ZipInfo) -> DocumentError | None:
    """Why a member is not even opened."""
    if stat.S_ISLNK(info.external_attr >> 16) or not _stays_inside(info.orig_filename):
        return UnsafePath()
    if info.flag_bits & _ENCRYPTED:
        return EncryptedDocument()
    return None


def _stays_inside(name: str) -> bool:
    """Whether a name is a plain relative path, for whatever system it was made."""
    parts = _SLASH.split(name)
    return not (name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name)


def _last_part(info: zipfile.ZipInfo) -> str:
    return _SLASH.split(info.filename)[-1]


def _too_many(most: int) -> TooLarge:
    return TooLarge(f"The batch has more than {most} files (max_batch_files).")


@contextmanager
def _damage_is_corrupt() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise CorruptDocument("The archive is damaged here.") from error
    except RuntimeError as error:  # a password is asked for
        raise EncryptedDocument from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise  # the disk's fault, not the archive's
        raise CorruptDocument("The archive is damaged here.") from error
