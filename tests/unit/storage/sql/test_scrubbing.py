"""What was deleted is in no file of SQLite, wherever it stood before."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from resume_processor.storage.sql import scrubbing
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.ports import StoredProfile
from tests.contracts.storage.samples import at, claim, done, new_resume, score
from tests.contracts.storage.samples import job as a_job

PEOPLE = 120


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[SqlStorage]:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    migrate(url)
    storage = SqlStorage(url)
    yield storage
    storage.close()


def person(number: int) -> str:
    return f"Zq{number:04d}wolfbach"


def process(storage: SqlStorage, resume_id: str, number: int, times: int) -> None:
    """Of different lengths, and again and again: rows grow, move and leave copies."""
    name = person(number)
    for _ in range(times):
        assert claim(storage, resume_id, seconds=12)
        outcome = done(score(resume_id, ledger={"x": name}), name=name, skills=(name,) * number)
        storage.finish_resume(resume_id, outcome, owner="worker", now=at(12))
        storage.reprocess_resume(resume_id, tenant="default", now=at(12))


def left_in(folder: Path, numbers: set[int]) -> set[str]:
    """People of whom any file in the folder has something."""
    files = [file.read_bytes().lower() for file in folder.iterdir()]
    return {
        person(number)
        for number in numbers
        if any(person(number).lower().encode() in content for content in files)
    }


def test_no_file_has_anything_of_a_deleted_person(storage: SqlStorage, tmp_path: Path) -> None:
    chance = random.Random(5)
    numbers = {f"r{chance.getrandbits(60):016x}": number for number in range(PEOPLE)}
    storage.add_job(a_job())
    for resume_id, number in numbers.items():
        name = person(number)
        key = (f"key of {name}", "digest")
        storage.add_resume(
            new_resume(resume_id, file_name=f"{name}.pdf", external_id=name, idempotency=key)
        )
        process(storage, resume_id, number, times=chance.choice((1, 1, 2)))
    gone = chance.sample(sorted(numbers), PEOPLE // 2)
    for resume_id in gone:
        storage.delete_resume(resume_id, tenant="default", now=at(20))
    deleted = {numbers[resume_id] for resume_id in gone}
    assert left_in(tmp_path, deleted)  # in the log at least
    assert storage.scrub(rebuild=True)
    assert left_in(tmp_path, deleted) == set()
    kept = set(numbers.values()) - deleted
    assert left_in(tmp_path, kept) == {person(number) for number in kept}


def test_a_reader_is_not_waited_for_for_ever(
    storage: SqlStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrubbing, "_PATIENCE_MS", 10)
    storage.add_resume(new_resume())
    reader = sqlite3.connect(tmp_path / "test.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM resumes").fetchall()
    storage.delete_resume("r1", tenant="default", now=at(1))
    assert not storage.scrub()
    reader.close()
    assert storage.scrub()


def test_a_large_database_is_left_to_its_operator(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrubbing, "MOST_REBUILT_BYTES", 1)
    storage.add_resume(new_resume())
    assert storage.scrub(rebuild=True)
    with storage._database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() > 1000


def test_a_profile_is_no_hiding_place(storage: SqlStorage, tmp_path: Path) -> None:
    """It is compressed: compared as it lies there."""
    storage.add_resume(new_resume())
    assert claim(storage)
    outcome = done()
    storage.finish_resume("r1", outcome, owner="worker", now=at(2))
    assert isinstance(outcome.profile, StoredProfile)
    with storage._database.read() as connection:
        (packed,) = connection.exec_driver_sql("SELECT CAST(body AS BLOB) FROM profiles").one()
    storage.delete_resume("r1", tenant="default", now=at(3))
    assert storage.scrub()
    assert packed
    assert all(packed not in file.read_bytes() for file in tmp_path.iterdir())
