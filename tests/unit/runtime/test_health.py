from dataclasses import replace

import pytest

from resume_processor.errors import StorageUnavailable
from resume_processor.runtime.health import readiness
from resume_processor.settings import Settings


@pytest.fixture
def services(services, tmp_path):
    return replace(services, settings=Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:1"))


def by_name(services):
    return {check.name: check for check in readiness(services)}


def test_each_part_is_named(services):
    checks = by_name(services)
    assert checks["database"].ok
    assert checks["files"].ok
    assert not checks["redis"].ok


def test_redis_is_not_needed_to_take_uploads(services):
    checks = by_name(services)
    assert {name for name, check in checks.items() if check.required} == {"database", "files"}


def test_a_database_that_is_away_is_named(services):
    class Away(type(services.storage)):
        def ping(self):
            raise StorageUnavailable

    checks = by_name(replace(services, storage=Away()))
    assert not checks["database"].ok
    assert checks["database"].detail == StorageUnavailable.default_message


def test_a_folder_that_takes_no_file_is_named(services, tmp_path):
    settings = Settings(data_dir=tmp_path / "none", redis_url="redis://127.0.0.1:1")
    check = by_name(replace(services, settings=settings))["files"]
    assert not check.ok
    assert str(tmp_path) not in check.detail
