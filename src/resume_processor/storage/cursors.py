"""Opaque cursors: the sort key of the last row of a page, so that they survive inserts."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta

from resume_processor.errors import InvalidRequest

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(time: datetime) -> int:
    """Since 1970, exactly."""
    return (time - _EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The inverse of ``microseconds``, in UTC."""
    return _EPOCH + timedelta(microseconds=count)


def encode(number: int, row_id: str) -> str:
    """A cursor behind the row with this sort key: a number, then an id."""
    text = json.dumps([number, row_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[int, str]:
    """The sort key in a cursor. Raises InvalidRequest for what ``encode`` did not make."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        number, row_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise InvalidRequest("The cursor is not valid.") from error
    if type(number) is not int or abs(number) >= 2**63 or not isinstance(row_id, str):
        raise InvalidRequest("The cursor is not valid.")
    return number, row_id


def encode_time(time: datetime, row_id: str) -> str:
    """A cursor behind a row sorted by time, then id."""
    return encode(microseconds(time), row_id)


def decode_time(cursor: str) -> tuple[datetime, str]:
    """The inverse of ``encode_time``. Raises InvalidRequest."""
    number, row_id = decode(cursor)
    try:
        return from_microseconds(number), row_id
    except OverflowError as error:
        raise InvalidRequest("The cursor is not valid.") from error
