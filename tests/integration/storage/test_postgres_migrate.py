"""PostgreSQL databases are brought to the present schema."""

from __future__ import annotations

import pytest

from resume_processor.errors import StorageUnavailable
from resume_processor.storage.sql.migrate import migrate
from tests.contracts.storage import migrations

pytestmark = pytest.mark.integration


@pytest.fixture
def empty_url(empty_postgres_url: str) -> str:
    return empty_postgres_url


class TestMigrations(migrations.MigrationContract): ...


def test_a_server_that_is_not_there_is_not_available() -> None:
    with pytest.raises(StorageUnavailable):
        migrate("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
