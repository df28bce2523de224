"""Identifiers that sort by the time they were made, so that new rows stand together on disk."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

#: Bits behind the time stamp of a version 7 UUID: version, variant, and 74 random ones.
_RANDOM_BITS = 80
_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
_VERSION_MASK = 0xF << 76
_VARIANT_MASK = 0b11 << 62


def new_id(now: datetime) -> str:
    """A version 7 UUID (RFC 9562): milliseconds of ``now``, then random bits."""
    milliseconds = int(now.timestamp() * 1000)
    bits = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    bits = bits & ~_VERSION_MASK | _VERSION_7
    bits = bits & ~_VARIANT_MASK | _VARIANT
    return str(uuid.UUID(int=bits))
