"""Transactions, and the errors of a database as errors of ours."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, exc, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.engine import make_url

from resume_processor.errors import InvalidRequest, StorageUnavailable
from resume_processor.storage.sql.engine import (
    DURABLE,
    LIGHT,
    READING,
    TRANSACTION,
    is_sqlite,
    open_engine,
)
from resume_processor.storage.sql.forking import ForkGate
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.sql.scrubbing import emptied_of_deleted

#: Heard, in PostgreSQL, by whoever waits for changes in any process.
CHANNEL = "resume_processor_changes"


AnyInsert: TypeAlias = sqlite_dialect.Insert | postgresql.Insert


class Database:
    """One database. Thread-safe, and usable in a forked child."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = is_sqlite(make_url(url))
        self._engine = open_engine(url)
        reading: dict[str, Any] = {TRANSACTION: READING}
        if not self.is_sqlite:
            reading["isolation_level"] = "AUTOCOMMIT"
        self._reading = self._engine.execution_options(**reading)
        self._writing = self._engine.execution_options(**{TRANSACTION: DURABLE})
        self._writing_light = self._engine.execution_options(**{TRANSACTION: LIGHT})
        self._turn = threading.Lock()
        self._gate = ForkGate(close_idle=self._engine.dispose, forget=self._forget)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """For one statement that changes nothing."""
        with self._gate.passed(), mapped_errors(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def write(self, *, light: bool = False) -> Iterator[Connection]:
        """A transaction: committed and durable at the end of the block, undone where it raises.

        ``light`` is for what may be undone by a power cut, though not by the death of a process:
        the steps between an upload and its outcome, which are then made again. It spares the disk
        a sync each.
        """
        engine = self._writing_light if light else self._writing
        with (
            self._gate.passed(),
            self._one_at_a_time(),
            mapped_errors(),
            engine.begin() as connection,
        ):
            yield connection

    def scrub(self, *, rebuild: bool) -> bool:
        """Overwrite what deleted rows left in files that are ours; False: others are at work.

        SQLite wipes the cells of a deleted row, but its log still has them until it is emptied,
        and a page that was rearranged before may have a second copy in its gaps: only a database
        that is written anew has none. PostgreSQL's files are PostgreSQL's.
        """
        if not self.is_sqlite:
            return True
        with (
            self._gate.passed(),
            self._turn,
            mapped_errors(),
            self._reading.connect() as connection,
        ):
            return emptied_of_deleted(connection, rebuild=rebuild)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def _forget(self) -> None:
        """In a forked child: connections are the parent's, and who held the lock is not here."""
        self._turn = threading.Lock()
        self._engine.dispose(close=False)

    def _one_at_a_time(self) -> AbstractContextManager[Any]:
        # SQLite lets one write at a time, and waits for its turn by sleeping ever longer; threads
        # of one process queue here instead and go on at once.
        return self._turn if self.is_sqlite else nullcontext()


def upsert(dialect: str, table: Table) -> AnyInsert:
    """An INSERT that knows ON CONFLICT, in this dialect; asked for no key back."""
    if dialect == "sqlite":
        return sqlite_dialect.insert(table).inline()
    return postgresql.insert(table).inline()


def replace_row(
    connection: Connection, table: Table, values: Mapping[str, Any], *, key: Sequence[str]
) -> None:
    """A new row, or new values for the one that has its ``key``."""
    columns = tuple(name for name in values if name not in key)
    statement = _replacing(connection.dialect.name, table, tuple(key), columns)
    statement.run(connection, values)


# Built once each: building a statement costs as much as running it.
@cache
def _leaving(dialect: str, table: Table, key: tuple[str, ...]) -> AnyInsert:
    return upsert(dialect, table).on_conflict_do_nothing(index_elements=key)


@cache
def _replacing(
    dialect: str, table: Table, key: tuple[str, ...], columns: tuple[str, ...]
) -> Prepared:
    statement = upsert(dialect, table)
    new = {name: statement.excluded[name] for name in columns}
    return Prepared(statement.on_conflict_do_update(index_elements=key, set_=new))


def insert_new(
    connection: Connection, table: Table, values: Mapping[str, Any], *, key: Sequence[str]
) -> bool:
    """A new row; False where its ``key`` is there already, after waiting for who is adding it."""
    statement = _leaving(connection.dialect.name, table, tuple(key))
    inserted = connection.execute(
        statement, dict(values), execution_options={"preserve_rowcount": True}
    )
    return inserted.rowcount == 1


def notify(connection: Connection, resume_id: str = "") -> None:
    """Tell who listens, once this transaction commits; those of SQLite look by themselves."""
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY, {"channel": CHANNEL, "message": resume_id})


_NOTIFY = text("SELECT pg_notify(:channel, :message)")


@contextmanager
def mapped_errors() -> Iterator[None]:
    """What the driver raises as what a caller may see."""
    try:
        yield
    except (exc.DataError, UnicodeEncodeError) as error:
        raise InvalidRequest("A value cannot be stored.") from error
    except (exc.IntegrityError, exc.ProgrammingError, exc.NotSupportedError):
        raise  # a mistake of ours; waiting does not help
    except (exc.DatabaseError, exc.InterfaceError, exc.TimeoutError, sqlite3.Error) as error:
        raise StorageUnavailable from error
