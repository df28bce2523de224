"""The listener at a SQLite file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from resume_processor.errors import StorageUnavailable
from resume_processor.storage.sql import change_sources
from resume_processor.storage.sql.change_sources import open_source
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from tests.contracts.storage import listening
from tests.contracts.storage.samples import PROCESS, at, claim, new_resume


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "test.sqlite3"


@pytest.fixture
def storage(file: Path) -> Iterator[SqlStorage]:
    migrate(f"sqlite:///{file}")
    storage = SqlStorage(f"sqlite:///{file}")
    yield storage
    storage.close()


@pytest.fixture
def break_off(file: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A file has no connection to break: its next look fails once, and no other file's."""
    look = change_sources._SqliteSource._look

    def fail_once(source: change_sources._SqliteSource) -> list[str | None]:
        (place,) = source._cursor.execute("PRAGMA database_list").fetchall()
        if Path(place[2]) != file:
            return look(source)
        monkeypatch.setattr(change_sources._SqliteSource, "_look", look)
        raise source._error

    return lambda: monkeypatch.setattr(change_sources._SqliteSource, "_look", fail_once)


class TestListening(listening.ListeningContract): ...


def told(file: Path, action: Callable[[], object]) -> list[str | None]:
    """What a source says of an action."""
    with open_source(f"sqlite:///{file}") as source:
        action()
        return list(source.wait(0.01))


def test_each_resume_is_told_once(storage: SqlStorage, file: Path) -> None:
    def add_two() -> None:
        storage.add_resume(new_resume("r1"))
        storage.add_resume(new_resume("r2"))
        claim(storage, "r1")

    assert told(file, add_two) == ["r1", "r2"]


def test_what_is_no_resumes_is_anything_and_a_deletion_is_both(
    storage: SqlStorage, file: Path
) -> None:
    storage.add_resume(new_resume())
    claim(storage)
    renew = lambda: storage.renew(PROCESS, "r1", owner="worker", lease_until=at(99))  # noqa: E731
    assert told(file, renew) == [None]
    delete = lambda: storage.delete_resume("r1", tenant="default", now=at(1))  # noqa: E731
    assert told(file, delete) == ["r1", None]


def test_nothing_is_told_of_nothing(storage: SqlStorage, file: Path) -> None:
    assert told(file, storage.count_work) == []


def test_events_after_a_deletion_are_not_missed(storage: SqlStorage, file: Path) -> None:
    """The numbers of events that went with their resume are given again."""
    storage.add_resume(new_resume("r1"))
    claim(storage, "r1")

    def replace() -> None:
        storage.delete_resume("r1", tenant="default", now=at(1))
        storage.add_resume(new_resume("r2"))

    assert told(file, replace) == ["r1", None]


def test_a_folder_without_a_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'missing' / 'x.sqlite3'}"
    with pytest.raises(StorageUnavailable), open_source(url):
        os.abort()
