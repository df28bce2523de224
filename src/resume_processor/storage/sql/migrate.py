"""Brings a database to the schema of this version; any number of processes may start at once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from resume_processor.errors import StorageUnavailable
from resume_processor.storage.sql.database import mapped_errors
from resume_processor.storage.sql.engine import READING, TRANSACTION, open_engine

if TYPE_CHECKING:
    from alembic.config import Config

#: How long to wait for another process that migrates, or for a database that is starting, in
#: seconds.
PATIENCE = 60.0

#: Number of the PostgreSQL advisory lock under which one process migrates.
_LOCK = 0x7265_7375_6D65  # "resume" in ASCII

_PAUSE = 0.05

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(url: str) -> None:
    """Upgrade to the newest schema; returns at once where it is there.

    One process does it, in one transaction; others wait. Raises StorageUnavailable where the
    database does not answer, or was made by a newer version of this package.
    """
    engine = open_engine(url)
    try:
        with mapped_errors():
            if engine.dialect.name == "sqlite":
                _use_wal(engine)
            if _is_current(engine):
                return
            with _locked(engine) as connection:
                _upgrade(connection)
    finally:
        engine.dispose()


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for our scripts on an open connection."""
    from alembic.config import Config  # noqa: PLC0415 - half a second that few starts need

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest_revision() -> str:
    """The schema of this version."""
    return _known_revisions()[0]


@cache
def _known_revisions() -> tuple[str, ...]:
    """Newest first: the numbers that the names of the scripts begin with."""
    scripts = (_SCRIPTS / "versions").glob("[0-9]*_*.py")
    return tuple(sorted((script.stem.split("_")[0] for script in scripts), reverse=True))


def _is_current(engine: Engine) -> bool:
    """Whether nothing is to be done: what most starts find, and what takes no lock."""
    with engine.execution_options(**{TRANSACTION: READING}).connect() as connection:
        return _present_revision(connection) == newest_revision()


def _upgrade(connection: Connection) -> None:
    present = _present_revision(connection)
    if present == newest_revision():
        return
    if present is not None and present not in _known_revisions():
        raise StorageUnavailable("The database was made by a newer version of this service.")
    from alembic import command  # noqa: PLC0415 - as above

    command.upgrade(alembic_config(connection), "head")


def _present_revision(connection: Connection) -> str | None:
    """The schema the database has; None for an empty one."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    revision: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return revision


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """A transaction that only one process is in at a time."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Rebuilding a table must not delete what refers to it; outside of a transaction only.
            _outside_transaction(connection, "PRAGMA foreign_keys=OFF")
            _outside_transaction(connection, f"PRAGMA busy_timeout={int(PATIENCE * 1000)}")
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection
            if engine.dialect.name == "sqlite":
                _check_foreign_keys(connection)


def _outside_transaction(connection: Connection, statement: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()


def _check_foreign_keys(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StorageUnavailable("The database holds rows that refer to nothing.")


def _use_wal(engine: Engine) -> None:
    """Write-ahead logging, for good: it stays with the file.

    The switch ignores the busy timeout and fails while another connection is at work, so it is
    made here once and never by those who only use the database.
    """
    patient_until = time.monotonic() + PATIENCE
    while not _is_wal(engine):
        if time.monotonic() > patient_until:
            raise StorageUnavailable("The database cannot be switched to write-ahead logging.")
        time.sleep(_PAUSE)


def _is_wal(engine: Engine) -> bool:
    """Whether the file is in WAL mode now; False where somebody is at work and it is not."""
    with engine.connect() as connection:
        mode = _journal_mode(connection, "PRAGMA journal_mode")
        return mode == "wal" or _journal_mode(connection, "PRAGMA journal_mode=WAL") == "wal"


def _journal_mode(connection: Connection, pragma: str) -> str | None:
    cursor = connection.connection.cursor()
    try:
        cursor.execute(pragma)
        (mode,) = cursor.fetchone() or (None,)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return None
        raise StorageUnavailable from error
    finally:
        cursor.close()
    return str(mode)
