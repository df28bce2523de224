"""SQLite files are brought to the present schema."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from resume_processor.errors import StorageUnavailable
from resume_processor.storage.sql import migrate as module
from resume_processor.storage.sql.migrate import migrate
from tests.contracts.storage import migrations


@pytest.fixture
def empty_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.sqlite3'}"


def journal_mode(file: Path) -> str:
    connection = sqlite3.connect(file)
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    return str(mode)


class TestMigrations(migrations.MigrationContract): ...


def test_the_file_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    file = tmp_path / "test.sqlite3"
    migrate(f"sqlite:///{file}")
    assert journal_mode(file) == "wal"


def test_it_waits_for_who_is_at_work(tmp_path: Path) -> None:
    """The switch to WAL ignores SQLite's own patience."""
    file = tmp_path / "test.sqlite3"
    busy = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    busy.execute("CREATE TABLE other (x)")
    busy.execute("BEGIN IMMEDIATE")
    threading.Timer(0.4, lambda: busy.execute("COMMIT")).start()
    migrate(f"sqlite:///{file}")
    busy.close()
    assert journal_mode(file) == "wal"


def test_it_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    file = tmp_path / "test.sqlite3"
    busy = sqlite3.connect(file, isolation_level=None)
    busy.execute("CREATE TABLE other (x)")
    busy.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable):
        migrate(f"sqlite:///{file}")
    busy.close()


def test_what_is_no_database_is_not_available(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable):
        migrate(f"sqlite:///{tmp_path / 'missing' / 'test.sqlite3'}")
    (tmp_path / "text.sqlite3").write_text("This is no database but a text. " * 200)
    with pytest.raises(StorageUnavailable):
        migrate(f"sqlite:///{tmp_path / 'text.sqlite3'}")


def test_a_failing_upgrade_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(_connection: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(module, "_check_foreign_keys", break_off)
    with pytest.raises(RuntimeError):
        migrate(empty_url)
    connection = sqlite3.connect(empty_url.removeprefix("sqlite:///"))
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()


def test_the_newest_schema_is_the_head_of_the_scripts(empty_url: str) -> None:
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(module.alembic_config(connection))
    engine.dispose()
    assert scripts.get_heads() == [module.newest_revision()]


def test_a_start_that_finds_all_done_waits_for_nobody(tmp_path: Path) -> None:
    """Nor does it look through all rows: a service with a million of them starts as fast."""
    file = tmp_path / "test.sqlite3"
    migrate(f"sqlite:///{file}")
    busy = sqlite3.connect(file, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    begin = time.monotonic()
    migrate(f"sqlite:///{file}")
    assert time.monotonic() - begin < 5
    busy.close()
