"""Transactions of a SQLite file: durable, patient, and clear about what went wrong."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from resume_processor.errors import InvalidRequest, StorageUnavailable
from resume_processor.storage.sql import engine, forking
from resume_processor.storage.sql.database import Database, mapped_errors
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from tests.contracts.storage.samples import claim, new_resume

INSERT = "INSERT INTO tombstones (resume_id, tenant, deleted_at) VALUES ('r1', 'default', 0)"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "test.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


def pragma(database: Database, name: str, *, light: bool) -> int:
    with database.write(light=light) as connection:
        return int(connection.execute(text(f"PRAGMA {name}")).scalar_one())


def test_a_promise_is_synced_and_a_step_is_not(database: Database) -> None:
    full, normal = 2, 1
    assert pragma(database, "synchronous", light=False) == full
    assert pragma(database, "synchronous", light=True) == normal
    assert pragma(database, "synchronous", light=False) == full


def test_connections_are_set_up(database: Database) -> None:
    assert pragma(database, "foreign_keys", light=False) == 1
    assert pragma(database, "secure_delete", light=False) == 1
    assert pragma(database, "busy_timeout", light=False) == engine.SQLITE_BUSY_MS


def test_what_raises_is_undone(database: Database) -> None:
    def break_off() -> None:
        with database.write() as connection:
            connection.execute(text(INSERT))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM tombstones")).scalar_one() == 0


def test_reads_go_on_beside_a_write(database: Database) -> None:
    with database.write() as writing:
        writing.execute(text(INSERT))
        with database.read() as reading:
            assert reading.execute(text("SELECT count(*) FROM tombstones")).scalar_one() == 0


def test_a_lock_that_is_held_too_long_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SQLITE_BUSY_MS", 50)
    storage = SqlStorage(f"sqlite:///{file}")
    busy = sqlite3.connect(file, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable):
        storage.add_resume(new_resume())
    busy.execute("ROLLBACK")
    assert storage.add_resume(new_resume())[1]
    busy.close()
    storage.close()


def test_a_full_disk_is_told(file: Path) -> None:
    storage = SqlStorage(f"sqlite:///{file}")
    with storage._database.write() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StorageUnavailable):
        storage.add_resume(new_resume(file_name="x" * 4_000_000))
    assert storage.count_resumes() == {}
    storage.close()


def test_no_text_of_a_person_is_in_an_error(file: Path) -> None:
    """Errors end in logs; parameters of a statement must not."""
    storage = SqlStorage(f"sqlite:///{file}")
    with storage._database.write() as connection:
        connection.execute(text("DROP TABLE events"))
    with pytest.raises(StorageUnavailable) as caught:
        storage.add_resume(new_resume(file_name="Mara Vogel.pdf"))
    assert caught.value.__cause__ is not None
    assert "Mara" not in str(caught.value) + repr(caught.value.__cause__)
    storage.close()


def test_half_a_character_is_the_requests_fault() -> None:
    with pytest.raises(InvalidRequest), mapped_errors():
        "\ud800".encode()


def test_a_fork_waits_for_transactions_and_closes_connections(file: Path) -> None:
    storage = SqlStorage(f"sqlite:///{file}")
    storage.add_resume(new_resume())
    held = threading.Event()

    def hold() -> None:
        with storage._database.write():
            held.set()
            time.sleep(0.3)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            opened = [fd.resolve().name for fd in Path("/proc/self/fd").iterdir()]
            if file.name not in opened and claim(storage) is not None:
                code = 0
        finally:
            os._exit(code)
    holder.join()
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert storage.get_resume("r1").attempts == 1
    storage.close()


def test_a_fork_does_not_wait_for_ever(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "PATIENCE", 0.05)
    storage = SqlStorage(f"sqlite:///{file}")
    with storage._database.read():
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
    assert storage.add_resume(new_resume())[1]
    storage.close()
