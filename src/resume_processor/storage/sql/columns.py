"""Column types that mean the same in SQLite and PostgreSQL."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, LargeBinary, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

from resume_processor.storage.cursors import from_microseconds, microseconds


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC datetime, to the microsecond.

    ``timestamptz`` in PostgreSQL; in SQLite, which has no times, microseconds since 1970.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's type in a database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """On the way in."""
        if value is None or dialect.name == "postgresql":
            return value
        return microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """On the way out."""
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else from_microseconds(value)


class JsonText(TypeDecorator[dict[str, Any]]):
    """A JSON object as text: key order is kept, and any character that JSON can name."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:
        """On the way in."""
        del dialect
        return None if value is None else _COMPACT.encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        """On the way out."""
        del dialect
        if value is None:
            return None
        read: dict[str, Any] = json.loads(value)
        return read


class PackedJson(TypeDecorator[dict[str, Any]]):
    """A JSON object that nobody looks into with SQL, compressed: there are very many of them."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> bytes | None:
        """On the way in."""
        del dialect
        if value is None:
            return None
        return zlib.compress(_COMPACT.encode(value).encode(), _FAST)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> dict[str, Any] | None:
        """On the way out."""
        del dialect
        if value is None:
            return None
        read: dict[str, Any] = json.loads(zlib.decompress(value))
        return read


# Made once; and no value of ours holds itself, which looking for costs a seventh.
_COMPACT = json.JSONEncoder(separators=(",", ":"), check_circular=False)

#: Level of compression: a ledger shrinks to a quarter in 25 microseconds; more costs twice as much.
_FAST = 1
