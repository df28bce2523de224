"""Connections to a database, set up so that a commit is durable and a lock is waited for."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import ConnectionPoolEntry

#: How long a SQLite connection waits for another one's write, in milliseconds.
SQLITE_BUSY_MS = 15_000

#: A connection to PostgreSQL that says nothing is given up after about this, in seconds.
_POSTGRES = {
    "connect_timeout": 5,
    "application_name": "resume-processor",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}

#: A transaction in which nothing is said for so long is ended by PostgreSQL, in seconds. Ours take
#: milliseconds; but a machine that is cut off in the middle of one says no goodbye, and its locks
#: would hold up everybody until the server notices by itself: after two hours.
SILENT_TRANSACTION_SECONDS = 10

#: Execution option with the kind of a transaction, one of the three below.
TRANSACTION = "resume_processor_transaction"

#: Changes nothing.
READING = "reading"

#: Survives a power cut once it is committed.
DURABLE = "durable"

#: Survives the death of any process once it is committed; a power cut may undo it.
LIGHT = "light"


def open_engine(url: str | URL) -> Engine:
    """An engine for SQLite (a file) or PostgreSQL. Whoever keeps it open minds ``ForkGate``."""
    parsed = make_url(url)
    return _sqlite(parsed) if is_sqlite(parsed) else _postgres(parsed)


def is_sqlite(url: URL) -> bool:
    """Whether this is the embedded database."""
    return url.get_backend_name() == "sqlite"


def _sqlite(url: URL) -> Engine:
    # Reads go on beside a write, and writers queue in the process: connections cost little.
    engine = create_engine(
        url, pool_size=10, max_overflow=90, pool_timeout=30, hide_parameters=True
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgres(url: URL) -> Engine:
    options = {name: value for name, value in _POSTGRES.items() if name not in url.query}
    engine = create_engine(
        url,
        pool_size=5,
        max_overflow=15,
        pool_timeout=10,
        pool_pre_ping=True,  # a restart of the server costs nobody a request
        hide_parameters=True,
        connect_args=options,
    )
    event.listen(engine, "connect", _set_up_postgres)
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # begins nothing by itself; see below
    for pragma in (
        f"busy_timeout={SQLITE_BUSY_MS}",
        "foreign_keys=ON",
        "secure_delete=ON",  # what was deleted is overwritten, not only forgotten
        "journal_size_limit=67108864",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _set_up_postgres(connection: psycopg.Connection, _entry: ConnectionPoolEntry) -> None:
    milliseconds = SILENT_TRANSACTION_SECONDS * 1000
    # not by a start-up option, which connection poolers refuse
    connection.execute(f"SET idle_in_transaction_session_timeout = {milliseconds:d}")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    kind = connection.get_execution_options().get(TRANSACTION, DURABLE)
    if kind == READING:
        return  # each statement is a transaction
    level = "FULL" if kind == DURABLE else "NORMAL"
    # Straight to the driver: these two come with every write and need nothing of SQLAlchemy's.
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute(f"PRAGMA synchronous={level}")
    # A transaction that begins reading and then writes may find the database changed and fail
    # at once; one that takes the write lock first waits for it.
    driver.execute("BEGIN IMMEDIATE")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get(TRANSACTION) == LIGHT:
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
