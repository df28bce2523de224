"""Identifiers that sort by the time they were made, so that new rows stand together on disk."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import UTC, datetime, timedelta

#: Bits behind the time stamp of a version 7 UUID: version, variant, and 74 random ones.
_RANDOM_BITS = 80
_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
_VERSION_MASK = 0xF << 76
_VARIANT_MASK = 0b11 << 62

# Whole numbers: a float of seconds would put some times a millisecond too early.
_EPOCH, _MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)


def new_id(now: datetime) -> str:
    """A version 7 UUID (RFC 9562): milliseconds of ``now``, then random bits."""
    return _version_7(now, secrets.randbits(_RANDOM_BITS))


def derived_id(time: datetime, name: str) -> str:
    """The same for the same time and name, and else unlike any other."""
    digest = hashlib.sha256(name.encode()).digest()
    return _version_7(time, int.from_bytes(digest[: _RANDOM_BITS // 8]))


def _version_7(time: datetime, random: int) -> str:
    milliseconds = (time - _EPOCH) // _MILLISECOND
    bits = milliseconds << _RANDOM_BITS | random
    bits = bits & ~_VERSION_MASK | _VERSION_7
    bits = bits & ~_VARIANT_MASK | _VARIANT
    return str(uuid.UUID(int=bits))
