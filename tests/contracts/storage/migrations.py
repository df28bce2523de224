"""How a database comes to the present schema. Subclasses bring the fixture ``empty_url``."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text

from resume_processor.errors import StorageUnavailable
from resume_processor.storage.sql.migrate import alembic_config, migrate, newest_revision
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.storage.sql.tables import metadata
from resume_processor.workflow.ports import Candidate, ScoringPart
from tests.contracts.storage.keys import KEY
from tests.contracts.storage.other_process import go, lines, start
from tests.contracts.storage.samples import done, finish, job, score


@contextmanager
def connection_to(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def revision_of(url: str) -> str:
    with connection_to(url) as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def use(url: str) -> None:
    """The database is one that a storage can work with."""
    storage = SqlStorage(url)
    finish(storage)
    assert storage.get_result("r1") is not None
    storage.close()


class MigrationContract:
    def test_from_nothing_and_once_more(self, empty_url: str) -> None:
        migrate(empty_url)
        use(empty_url)
        migrate(empty_url)
        assert revision_of(empty_url) == newest_revision()
        storage = SqlStorage(empty_url)
        assert storage.get_resume("r1").id == "r1"
        storage.close()

    def test_tables_in_the_code_are_those_of_the_migrations(self, empty_url: str) -> None:
        migrate(empty_url)
        with connection_to(empty_url) as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, metadata) == []

    def test_back_and_forth(self, empty_url: str) -> None:
        migrate(empty_url)
        with connection_to(empty_url) as connection:
            command.downgrade(alembic_config(connection), "base")
            assert set(inspect(connection).get_table_names()) == {"alembic_version"}
        migrate(empty_url)
        use(empty_url)

    def test_tasks_of_resumes_of_before_are_known(self, empty_url: str) -> None:
        migrate(empty_url)
        storage = SqlStorage(empty_url)
        finish(storage, "r1")
        task_id = storage.get_resume("r1").task_id
        storage.close()
        with connection_to(empty_url) as connection:
            command.downgrade(alembic_config(connection), "0010")
        migrate(empty_url)
        storage = SqlStorage(empty_url)
        assert storage.is_task_of(task_id, tenant="default")
        storage.close()

    def test_keys_of_before_have_no_end(self, empty_url: str) -> None:
        migrate(empty_url)
        storage = SqlStorage(empty_url)
        storage.add_key(KEY)
        storage.close()
        with connection_to(empty_url) as connection:
            command.downgrade(alembic_config(connection), "0011")
        migrate(empty_url)
        storage = SqlStorage(empty_url)
        assert storage.find_key(KEY.digest) == KEY
        storage.close()

    def test_scores_and_results_of_before_are_kept(self, empty_url: str) -> None:
        migrate(empty_url)
        storage = SqlStorage(empty_url)
        storage.add_job(job())
        finish(storage, "r1", done(score(total=7)))
        storage.close()
        with connection_to(empty_url) as connection:
            command.downgrade(alembic_config(connection), "0002")
        migrate(empty_url)
        storage = SqlStorage(empty_url)
        assert storage.get_score("j1", "r1") == score(total=7)
        (row,) = storage.ranking("j1", limit=9).rows
        assert row.score == score(total=7)
        (one,) = storage.candidates(
            ScoringPart("j1"), version="2", tenant="default", after=None, limit=9
        )
        assert one == Candidate("r1", None)
        storage.close()

    def test_several_processes_at_once(self, empty_url: str) -> None:
        processes = [start(empty_url, "migrate") for _ in range(3)]
        go(*processes)
        assert [lines(process) for process in processes] == [[], [], []]
        use(empty_url)

    def test_several_threads_at_once(self, empty_url: str) -> None:
        with ThreadPoolExecutor(6) as pool:
            for future in [pool.submit(migrate, empty_url) for _ in range(6)]:
                future.result()
        use(empty_url)

    def test_a_newer_database_is_left_alone(self, empty_url: str) -> None:
        migrate(empty_url)
        with connection_to(empty_url) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(StorageUnavailable, match="newer version"):
            migrate(empty_url)
        assert revision_of(empty_url) == "9999"

    def test_without_tables_it_does_not_answer(self, empty_url: str) -> None:
        storage = SqlStorage(empty_url)
        with pytest.raises(StorageUnavailable):
            storage.ping()
        storage.close()
