"""An upload on its way to the blob store: hashed, counted and bounded while it is read once."""

from __future__ import annotations

import hashlib
import io
from typing import BinaryIO, cast

from resume_processor.errors import TooLarge


class MeteredSource(io.RawIOBase):
    """Passes ``source`` on; knows size and SHA-256 of what went through.

    Raises TooLarge as soon as more than ``max_bytes`` have been read, so that a body without an
    announced length costs no more than a legal one.
    """

    def __init__(self, source: BinaryIO, max_bytes: int) -> None:
        super().__init__()
        self._source = source
        self._max_bytes = max_bytes
        self._digest = hashlib.sha256()
        self.size = 0

    def as_binary_io(self) -> BinaryIO:
        """Itself, under the type that a blob store reads from."""
        return cast("BinaryIO", self)

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of what was read so far."""
        return self._digest.hexdigest()

    def readable(self) -> bool:
        """Always; it can be read from, once."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next ``size`` bytes, all the rest if negative."""
        wanted = self._max_bytes + 1 - self.size if size < 0 else size
        chunk = self._source.read(wanted)
        self.size += len(chunk)
        if self.size > self._max_bytes:
            raise TooLarge(f"The file is larger than {self._max_bytes} bytes.")
        self._digest.update(chunk)
        return chunk

    def readall(self) -> bytes:
        """All the rest."""
        return self.read()

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as the source goes."""
        chunk = self.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
