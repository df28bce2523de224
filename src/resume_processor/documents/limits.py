"""What one document may cost at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from resume_processor.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one document; a reader raises TooLarge naming the one that is exceeded."""

    max_bytes: int = 20 * 1024 * 1024  #: of the file, in bytes
    max_pages: int = 50
    max_parts: int = 2_000  #: members of a zip-based document
    max_decompressed_bytes: int = 200 * 1024 * 1024  #: of all members that are read, in bytes
    max_pixels: int = 60_000_000  #: of one image

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The limits that the operator set."""
        return cls(
            max_bytes=settings.max_bytes,
            max_pages=settings.max_pages,
            max_parts=settings.max_parts,
            max_decompressed_bytes=settings.max_decompressed_bytes,
            max_pixels=settings.max_pixels,
        )
