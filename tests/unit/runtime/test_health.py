from dataclasses import replace

import pytest

from resume_processor.errors import StorageUnavailable
from resume_processor.runtime.health import readiness
from resume_processor.settings import Settings
from resume_processor.workflow.ports import WorkerSign


@pytest.fixture
def services(services, tmp_path):
    return replace(services, settings=Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:1"))


def by_name(services):
    return {check.name: check for check in readiness(services)}


def test_each_part_is_named(services):
    checks = by_name(services)
    assert checks["database"].ok
    assert checks["disk"].ok
    assert not checks["broker"].ok


def test_neither_broker_nor_workers_are_needed_to_take_uploads(services):
    checks = by_name(services)
    assert {name for name, check in checks.items() if check.required} == {"database", "disk"}


def test_a_database_that_is_away_is_named(services):
    class Away(type(services.storage)):
        def ping(self):
            raise StorageUnavailable

    checks = by_name(replace(services, storage=Away()))
    assert not checks["database"].ok
    assert checks["database"].detail == StorageUnavailable.default_message


def test_a_folder_that_takes_no_file_is_named(services, tmp_path):
    settings = Settings(data_dir=tmp_path / "none", redis_url="redis://127.0.0.1:1")
    check = by_name(replace(services, settings=settings))["disk"]
    assert not check.ok
    assert str(tmp_path) not in check.detail


def test_a_disk_that_is_nearly_full_is_named(services, tmp_path):
    settings = Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:1", min_free_bytes=2**62)
    check = by_name(replace(services, settings=settings))["disk"]
    assert (check.ok, check.detail) == (False, "nearly full")


def sign_on(services, children):
    sign = WorkerSign("host:1", children, None, services.clock.now())
    services.storage.sign_on(sign, forget_before=services.clock.now())


def test_a_worker_is_there_until_it_falls_silent(services, clock):
    assert "none heard of" in by_name(services)["workers"].detail
    sign_on(services, 2)
    assert by_name(services)["workers"].ok
    clock.advance(60)
    assert not by_name(services)["workers"].ok


def test_a_worker_without_children_does_no_work(services):
    sign_on(services, 0)
    check = by_name(services)["workers"]
    assert (check.ok, check.detail) == (False, "none has a process that can take work")
