"""A part of a file as a file of its own, without a copy."""

from __future__ import annotations

import io
from typing import IO


class FileSlice(io.RawIOBase):
    """``size`` bytes of ``file`` from ``start``; read-only, can be sought in."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        super().__init__()
        self._file = file
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """As with any file. Raises ValueError for a place before its start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("negative seek position")
        self._at = base + offset
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """The next ``size`` bytes, all the rest if negative."""
        left = max(0, self._size - self._at)
        self._file.seek(self._start + self._at)
        chunk = self._file.read(left if size < 0 else min(size, left))
        self._at += len(chunk)
        return chunk
