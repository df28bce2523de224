"""Zip-based documents, unpacked under limits."""

from __future__ import annotations

import io
import zipfile
import zlib

from resume_processor.documents.limits import Limits
from resume_processor.errors import CorruptDocument, EncryptedDocument, TooLarge

#: Signature of an entry of the central directory; counted before any entry is parsed.
_ENTRY = b"PK\x01\x02"
#: Bytes unpacked between two looks at the limit.
_CHUNK = 1 << 18
#: Bit of a member's flags that says that it is encrypted.
_ENCRYPTED = 0x1


class Archive:
    """The members of a zip file; what is unpacked counts against ``max_decompressed_bytes``.

    Raises TooLarge, CorruptDocument or EncryptedDocument.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        if data.count(_ENTRY) > limits.max_parts * 2:
            raise _too_many_parts(limits)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise CorruptDocument("The document's archive is damaged.") from error
        self._members = {info.filename: info for info in self._zip.infolist()}
        if len(self._zip.infolist()) > limits.max_parts:
            raise _too_many_parts(limits)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in the order of the archive."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of the member; empty where there is none of that name."""
        info = self._members.get(name)
        if info is None:
            return b""
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedDocument
        try:
            return self._unpack(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            ValueError,
        ) as error:
            raise CorruptDocument("A part of the document is damaged.") from error

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        chunks: list[bytes] = []
        with self._zip.open(info) as member:
            while chunk := member.read(_CHUNK):
                self._unpacked += len(chunk)
                if self._unpacked > self._limits.max_decompressed_bytes:
                    raise TooLarge(
                        "The document unpacks to more than "
                        f"{self._limits.max_decompressed_bytes} bytes (max_decompressed_bytes)."
                    )
                chunks.append(chunk)
        return b"".join(chunks)


def _too_many_parts(limits: Limits) -> TooLarge:
    return TooLarge(f"The document has more than {limits.max_parts} parts (max_parts).")
