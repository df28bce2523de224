"""Where changes are heard of, one class a database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import psycopg
from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from resume_processor.errors import StorageUnavailable
from resume_processor.storage.sql.database import CHANNEL, mapped_errors
from resume_processor.storage.sql.engine import open_engine

#: Pause between two looks at a SQLite file, in seconds: how late a change is told.
SQLITE_PAUSE = 0.05


class ChangeSource(Protocol):
    """A connection that hears of changes."""

    def wait(self, seconds: float) -> Iterator[str | None]:
        """What changes within so many seconds: a resume's id, or None for anything else.

        Raises StorageUnavailable where the connection broke.
        """
        ...


@contextmanager
def open_source(url: str) -> Iterator[ChangeSource]:
    """A connection of its own. Raises StorageUnavailable."""
    engine = open_engine(url)
    try:
        with mapped_errors(), _connected(engine) as connection:
            yield _source(engine, connection)
    finally:
        engine.dispose()


@contextmanager
def _connected(engine: Engine) -> Iterator[DBAPIConnection]:
    with engine.connect() as connection:
        driver_connection = connection.connection.driver_connection
        assert driver_connection is not None
        try:
            yield driver_connection
        finally:
            connection.invalidate()  # closed for good: it has been set up to listen


def _source(engine: Engine, connection: DBAPIConnection) -> ChangeSource:
    if isinstance(connection, psycopg.Connection):
        return _PostgresSource(connection)
    return _SqliteSource(connection, engine.dialect.loaded_dbapi.Error)


class _PostgresSource:
    """Listens; the server tells."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        with _unavailable_on(psycopg.Error):
            connection.autocommit = True
            connection.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float) -> Iterator[str | None]:
        with _unavailable_on(psycopg.Error):
            for heard in self._connection.notifies(timeout=seconds):
                yield heard.payload or None


class _SqliteSource:
    """Looks at the file's version, and only where that changed at the newest events."""

    def __init__(self, connection: DBAPIConnection, error: type[Exception]) -> None:
        self._cursor = connection.cursor()
        self._error = error
        with _unavailable_on(error):
            self._version = self._number("PRAGMA data_version")
            self._last_event = self._number("SELECT max(rowid) FROM events")
            self._last_stone = self._number("SELECT max(rowid) FROM tombstones")

    def wait(self, seconds: float) -> Iterator[str | None]:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with _unavailable_on(self._error):
                changed = self._look()
            yield from changed
            time.sleep(SQLITE_PAUSE)

    def _look(self) -> list[str | None]:
        version = self._number("PRAGMA data_version")
        if version == self._version:
            return []
        self._version = version
        newest = self._number("SELECT max(rowid) FROM events")
        self._cursor.execute(
            "SELECT rowid, resume_id FROM events WHERE rowid > ? ORDER BY rowid",
            (self._last_event,),
        )
        events, deleted = self._cursor.fetchall(), self._deleted()
        # The newest events may have gone with their resume, and their numbers are given again: then
        # there may be changes that have no new number.
        self._last_event = events[-1][0] if events else newest
        told: list[str | None] = [resume_id for _, resume_id in events]
        return list(dict.fromkeys([*told, *deleted, *([None] if deleted else [])])) or [None]

    def _deleted(self) -> list[str]:
        self._cursor.execute(
            "SELECT rowid, resume_id FROM tombstones WHERE rowid > ? ORDER BY rowid",
            (self._last_stone,),
        )
        stones = self._cursor.fetchall()
        if stones:
            self._last_stone = stones[-1][0]
        return [resume_id for _, resume_id in stones]

    def _number(self, query: str) -> int:
        self._cursor.execute(query)
        (number,) = self._cursor.fetchone() or (0,)
        return int(number or 0)


@contextmanager
def _unavailable_on(error: type[Exception]) -> Iterator[None]:
    try:
        yield
    except error as caught:
        raise StorageUnavailable from caught
