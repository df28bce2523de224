"""Uploaded files in an S3 bucket, or in whatever speaks its protocol."""

from __future__ import annotations

import functools
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from resume_processor.errors import NotFound, StorageUnavailable
from resume_processor.storage.blobs.keys import require_key

if TYPE_CHECKING:
    from obstore.store import S3Store

#: Bytes copied at once.
CHUNK = 1024 * 1024

#: Bytes of an upload that are kept in memory on their way; the rest goes through a file.
IN_MEMORY = 4 * CHUNK

#: How long one request to the bucket may take, and all attempts at it together.
REQUEST_SECONDS = 30
RETRY_SECONDS = 60


class S3Blobs:
    """``BlobStore`` at ``s3://bucket/prefix``.

    Endpoint, region and credentials come from the usual variables (``AWS_ENDPOINT_URL``,
    ``AWS_REGION``, ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, or the machine's role). An
    object appears under its key whole and durable, or not at all: it is sent in one request.
    """

    def __init__(self, url: str) -> None:
        require_s3(url)
        self._url = url

    def put(self, key: str, source: BinaryIO) -> None:
        """Copy ``source`` to its end; durable when it returns. Its errors go through."""
        import obstore  # noqa: PLC0415 - 4 MB that only this store needs

        require_key(key)
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as whole:
            while chunk := source.read(CHUNK):
                whole.write(chunk)
            whole.seek(0)
            with _mapped_errors():
                obstore.put(self._store(), key, whole.read(), use_multipart=False)

    @contextmanager
    def open(self, key: str) -> Iterator[BinaryIO]:
        """The bytes, for reading. Raises NotFound."""
        yield io.BytesIO(self._get(key))

    @contextmanager
    def local_path(self, key: str) -> Iterator[Path]:
        """A temporary file with the bytes. Raises NotFound."""
        data = self._get(key)
        with tempfile.NamedTemporaryFile(prefix="resume-") as file:
            file.write(data)
            file.flush()
            yield Path(file.name)

    def delete(self, key: str) -> None:
        """Remove the object; nothing happens where there is none."""
        import obstore  # noqa: PLC0415

        require_key(key)
        try:
            with _mapped_errors():
                obstore.delete(self._store(), key)
        except NotFound:
            return

    def exists(self, key: str) -> bool:
        """Whether there is an object under this key."""
        import obstore  # noqa: PLC0415

        require_key(key)
        try:
            with _mapped_errors():
                obstore.head(self._store(), key)
        except NotFound:
            return False
        return True

    def keys(self, *, older_than: datetime) -> Iterator[str]:
        """The keys of objects that were last written before then, one after the other."""
        import obstore  # noqa: PLC0415

        with _mapped_errors():
            for found in obstore.list(self._store(), chunk_size=500):
                for one in found:
                    if one["last_modified"] < older_than:
                        yield one["path"]

    def remove_abandoned(self, *, older_than: datetime) -> int:
        """Nothing is ever half-written here: one request carries an object."""
        del older_than
        return 0

    def _get(self, key: str) -> bytes:
        import obstore  # noqa: PLC0415

        require_key(key)
        with _mapped_errors():
            return bytes(obstore.get(self._store(), key).bytes())

    def _store(self) -> S3Store:
        return _store_of(self._url, os.getpid())


def require_s3(url: str) -> None:
    """Raises ValueError where this names no bucket."""
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc:
        raise ValueError("BLOB_URL must look like s3://bucket/prefix")


@functools.lru_cache(maxsize=4)
def _store_of(url: str, _process: int) -> S3Store:
    """Made when it is first used, and anew in a forked child: its threads do not survive a fork."""
    from obstore.store import S3Store  # noqa: PLC0415

    parts = urlsplit(url)
    return S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        client_options={"timeout": f"{REQUEST_SECONDS} seconds", "allow_http": _plain_http()},
        retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=RETRY_SECONDS)},
    )


def _plain_http() -> bool:
    """Whether whoever set the endpoint chose to do without TLS."""
    names = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
    return any(os.environ.get(name, "").startswith("http://") for name in names)


@contextmanager
def _mapped_errors() -> Iterator[None]:
    """What the client raises as what a caller may see; its own messages name hosts and keys."""
    from obstore.exceptions import BaseError, NotFoundError  # noqa: PLC0415

    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise NotFound from error
    except (BaseError, OSError) as error:
        raise StorageUnavailable("The file store does not answer.") from error
