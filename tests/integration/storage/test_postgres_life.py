"""PostgreSQL goes and comes back; connections and processes do, too."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from resume_processor.errors import InvalidRequest, StorageUnavailable
from resume_processor.storage.sql import engine
from resume_processor.storage.sql.repository import SqlStorage
from tests.contracts.storage import listening
from tests.contracts.storage.samples import claim, new_resume

pytestmark = pytest.mark.integration


@pytest.fixture
def storage(postgres_url: str) -> Iterator[SqlStorage]:
    storage = SqlStorage(postgres_url)
    yield storage
    storage.close()


@pytest.fixture
def break_off(postgres_url: str) -> Callable[[], None]:
    """Ends all connections to the database, as a restart of the server does."""
    uri = make_url(postgres_url).set(drivername="postgresql")

    def end() -> None:
        with psycopg.connect(uri.render_as_string(hide_password=False)) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    return end


class TestListening(listening.ListeningContract): ...


def test_no_request_notices_that_connections_were_ended(
    storage: SqlStorage, break_off: Callable[[], None]
) -> None:
    storage.add_resume(new_resume("r1"))
    break_off()
    storage.add_resume(new_resume("r2"))
    break_off()
    assert storage.get_resume("r2").id == "r2"


def test_a_connection_that_ends_in_a_transaction_undoes_it(
    storage: SqlStorage, break_off: Callable[[], None]
) -> None:
    def insert() -> None:
        with storage._database.write() as connection:
            connection.execute(text("INSERT INTO tombstones VALUES ('r1', 'default', now())"))
            break_off()
            connection.execute(text("SELECT 1"))

    with pytest.raises(StorageUnavailable):
        insert()
    assert storage.deleted_at("r1", tenant="default") is None


@pytest.mark.parametrize(("light", "level"), [(False, "on"), (True, "off")])
def test_a_promise_is_synced_and_a_step_is_not(
    storage: SqlStorage,
    *,
    light: bool,
    level: str,
) -> None:
    with storage._database.write(light=light) as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == level
    with storage._database.write() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "on"


def test_a_forked_child_has_connections_of_its_own(storage: SqlStorage) -> None:
    storage.add_resume(new_resume())
    child = os.fork()
    if child == 0:
        os._exit(0 if claim(storage) is not None else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert storage.get_resume("r1").attempts == 1


def test_an_id_that_cannot_be_stored_is_the_requests_fault(storage: SqlStorage) -> None:
    with pytest.raises(InvalidRequest):
        storage.get_resume("a\x00b")


def test_a_server_that_is_not_there_is_not_available() -> None:
    storage = SqlStorage("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(StorageUnavailable):
        storage.ping()
    storage.close()


def test_who_vanishes_in_a_transaction_holds_up_nobody(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that is cut off says no goodbye: its locks would stay for two hours."""
    monkeypatch.setattr(engine, "SILENT_TRANSACTION_SECONDS", 1)
    vanished, alive = SqlStorage(postgres_url), SqlStorage(postgres_url)
    vanished.add_resume(new_resume("r1"))

    def lock_and_say_nothing() -> None:
        with vanished._database.write() as connection:
            connection.execute(text("SELECT 1 FROM work FOR UPDATE"))
            begin = time.monotonic()
            assert claim(alive, "r1") is not None
            assert time.monotonic() - begin < 10

    with pytest.raises(StorageUnavailable):  # it comes back, and its transaction is gone
        lock_and_say_nothing()
    vanished.close()
    alive.close()
