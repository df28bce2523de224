"""The body of a new batch: a zip file, or a form with many files, spooled while it comes in.

Either way it ends as one zip file on the disk; memory holds one chunk of it at a time.
"""

from __future__ import annotations

import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO, Any, BinaryIO, Protocol, cast

from fastapi import HTTPException, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import (
    MAX_BOUNDARY_LENGTH,
    MultipartParser,
    parse_options_header,
)
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from resume_processor.api.file_slice import FileSlice
from resume_processor.errors import InvalidRequest, StorageUnavailable, TooLarge
from resume_processor.settings import Settings
from resume_processor.workflow.batch_archive import is_archive
from resume_processor.workflow.file_names import display_name

FORM = "multipart/form-data"
ZIP = ("application/zip", "application/x-zip-compressed")

#: Bytes of a field of the form that is no file, and of the headers of a part.
_LONGEST_FIELD = 1024
_LONGEST_HEADER = 8192

#: Before each member of a zip file; its last two fields are the lengths of name and extra field.
_LOCAL_HEADER = struct.Struct("<26x2H")

#: How often the idempotency key is held on to while a body comes in, in seconds.
_RENEW_SECONDS = 3.0

#: ``openapi_extra`` of the route: FastAPI itself sees no body that is read as a stream.
DOCUMENTED_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "Many resumes, or one zip file with them.",
                        },
                        "job_id": {"type": "string"},
                        "priority": {"type": "string", "enum": ["interactive", "bulk"]},
                    },
                }
            },
            ZIP[0]: {
                "schema": {
                    "type": "string",
                    "format": "binary",
                    "description": "A zip file; folders in it do not matter.",
                }
            },
        },
    }
}


@dataclass(frozen=True, slots=True)
class SpooledBatch:
    """A zip file that can be read and sought in, and the form's fields."""

    archive: BinaryIO
    fields: dict[str, str] = field(default_factory=dict)


class _Body(Protocol):
    def feed(self, chunk: bytes) -> None: ...

    def finish(self) -> SpooledBatch: ...

    def abandon(self) -> None: ...


async def spool_batch(
    request: Request, file: IO[bytes], settings: Settings, renew: Callable[[], None]
) -> SpooledBatch:
    """Take the body in. ``renew`` is called every few seconds meanwhile.

    Raises HTTPException (400, 415), InvalidRequest, TooLarge and StorageUnavailable.
    """
    body = await run_in_threadpool(_body_of, request, file, settings)
    try:
        await _take_in(request, body, renew)
        return await run_in_threadpool(body.finish)
    except BaseException:
        body.abandon()
        raise


async def _take_in(request: Request, body: _Body, renew: Callable[[], None]) -> None:
    renewed = time.monotonic()
    try:
        async for chunk in request.stream():
            await run_in_threadpool(body.feed, chunk)
            if time.monotonic() - renewed > _RENEW_SECONDS:
                renewed = time.monotonic()
                await run_in_threadpool(renew)
    except ClientDisconnect as error:
        raise InvalidRequest("The body ended early.") from error


def _body_of(request: Request, file: IO[bytes], settings: Settings) -> _Body:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    media_type = kind.decode("latin-1").lower()
    if media_type in ZIP:
        return _ZipBody(file)
    if media_type != FORM:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    boundary = options.get(b"boundary", b"")
    if not 0 < len(boundary) <= MAX_BOUNDARY_LENGTH:
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    return _FormBody(file, boundary, settings)


class _ZipBody:
    """A zip file as it is."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def feed(self, chunk: bytes) -> None:
        with _full_disk_is_unavailable():
            self._file.write(chunk)

    def finish(self) -> SpooledBatch:
        return SpooledBatch(cast("BinaryIO", self._file))

    def abandon(self) -> None:
        pass


class _FormBody:
    """Files of a form, each put into one zip file uncompressed as it comes in."""

    def __init__(self, file: IO[bytes], boundary: bytes, settings: Settings) -> None:
        self._file = file
        self._settings = settings
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self._fields: dict[str, str] = {}
        self._files = 0
        self._part = _Part()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": self._on_header_name,
                "on_header_value": self._on_header_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_data,
                "on_part_data": self._on_data,
                "on_part_end": self._end_part,
                "on_end": self._on_end,
            },
        )
        self._ended = False

    def feed(self, chunk: bytes) -> None:
        try:
            with _full_disk_is_unavailable():
                self._parser.write(chunk)
        except FormParserError as error:
            raise HTTPException(HTTPStatus.BAD_REQUEST) from error

    def finish(self) -> SpooledBatch:
        if not self._ended:
            raise HTTPException(HTTPStatus.BAD_REQUEST)
        with _full_disk_is_unavailable():
            self._archive.close()
        return SpooledBatch(self._one_zip() or cast("BinaryIO", self._file), self._fields)

    def abandon(self) -> None:
        """Close what is open, while the file below it still is."""
        with suppress(OSError, ValueError):
            if self._part.file is not None:
                self._part.file.close()
            self._archive.close()

    def _one_zip(self) -> BinaryIO | None:
        """The only file, where it is a zip file itself: it stands in ours byte for byte."""
        if self._files != 1:
            return None
        (info,) = self._archive.infolist()
        self._file.seek(info.header_offset)
        header = _LOCAL_HEADER.unpack(self._file.read(_LOCAL_HEADER.size))
        start = info.header_offset + _LOCAL_HEADER.size + sum(header[-2:])
        inner = cast("BinaryIO", FileSlice(self._file, start, info.file_size))
        return inner if is_archive(inner) else None

    # -- called by the parser

    def _begin_part(self) -> None:
        self._part = _Part()

    def _on_header_name(self, data: bytes, start: int, end: int) -> None:
        self._part.add_to_header(data[start:end], name=True)

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._part.add_to_header(data[start:end], name=False)

    def _end_header(self) -> None:
        self._part.end_header()

    def _begin_data(self) -> None:
        if self._part.file_name is None:
            return
        self._files += 1
        if self._files > self._settings.max_batch_files:
            most = self._settings.max_batch_files
            raise TooLarge(f"The batch has more than {most} files (max_batch_files).")
        # a folder of its own for each, so that names may come twice
        name = f"{self._files:06}/{display_name(self._part.file_name)}"
        self._part.file = self._archive.open(zipfile.ZipInfo(name), "w", force_zip64=True)

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._part.file is not None:
            self._part.file.write(data[start:end])
        elif len(self._part.value) < _LONGEST_FIELD:
            self._part.value += data[start:end]

    def _end_part(self) -> None:
        if self._part.file is not None:
            self._part.file.close()
        elif self._part.name:
            value = self._part.value[:_LONGEST_FIELD].decode("utf-8", "replace")
            self._fields[self._part.name] = value

    def _on_end(self) -> None:
        self._ended = True


@dataclass(slots=True)
class _Part:
    """One part of a form while it comes in."""

    name: str = ""
    file_name: str | None = None
    value: bytes = b""
    file: IO[bytes] | None = None
    _header: bytes = b""
    _content: bytes = b""

    def add_to_header(self, data: bytes, *, name: bool) -> None:
        if name:
            self._header += data
        else:
            self._content += data
        if len(self._header) + len(self._content) > _LONGEST_HEADER:
            raise HTTPException(HTTPStatus.BAD_REQUEST)

    def end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._content)
            self.name = options.get(b"name", b"").decode("utf-8", "replace")
            if b"filename" in options:
                self.file_name = options[b"filename"].decode("utf-8", "replace")
        self._header = self._content = b""


@contextmanager
def _full_disk_is_unavailable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageUnavailable from error
