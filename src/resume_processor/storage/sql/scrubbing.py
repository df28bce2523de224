"""What deleted rows leave behind in the files of SQLite, and how it is overwritten."""

from __future__ import annotations

import structlog
from sqlalchemy import Connection

#: A database up to this size is written anew while others wait, in bytes: a few seconds.
MOST_REBUILT_BYTES = 256 * 1024 * 1024

#: How long those who read are waited for, in milliseconds.
_PATIENCE_MS = 2_000

log = structlog.get_logger(__name__)


def emptied_of_deleted(connection: Connection, *, rebuild: bool) -> bool:
    """Empty the write-ahead log, after writing the file anew where asked; False: try again.

    The connection is in no transaction. Raises sqlalchemy's OperationalError where the database
    stays locked.
    """
    before = _number(connection, "PRAGMA busy_timeout")
    if rebuild and _is_small(connection):
        connection.exec_driver_sql("VACUUM")
    connection.exec_driver_sql(f"PRAGMA busy_timeout={_PATIENCE_MS}")
    try:
        return _number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={before}")


def _is_small(connection: Connection) -> bool:
    pages = _number(connection, "PRAGMA page_count")
    size = pages * _number(connection, "PRAGMA page_size")
    if size > MOST_REBUILT_BYTES:
        log.warning("database_not_rebuilt", bytes=size, advice="docs/privacy.md")
        return False
    return True


def _number(connection: Connection, pragma: str) -> int:
    """The first column of the first row."""
    return int(connection.exec_driver_sql(pragma).fetchall()[0][0])
