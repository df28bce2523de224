"""The server with a real database and no Redis: nothing that a client waits for needs one."""

from __future__ import annotations

import contextlib
import socket
import time
from functools import partial
from types import SimpleNamespace

import pytest

from resume_processor import server
from resume_processor.documents.limits import Limits
from resume_processor.errors import BrokerUnavailable, UnsupportedType
from resume_processor.runtime.page_views import in_child
from resume_processor.runtime.untrusted import text_of
from resume_processor.settings import Settings
from tests.local_client import local_client

pytestmark = pytest.mark.integration

#: Seconds in which even a slow machine answers; a request that waits for Redis takes far longer.
AT_ONCE = 5.0


@pytest.fixture
def client(tmp_path):
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = probe.getsockname()[1]
    settings = Settings(
        data_dir=tmp_path, redis_url=f"redis://127.0.0.1:{nobody}/0", reap_seconds=0.1
    )
    with local_client(server.create_app(settings)) as client:
        yield client


def test_uploads_are_accepted_without_redis(client):
    started = time.monotonic()
    answer = client.post("/v1/resumes", files={"file": ("ada.txt", b"Ada Example")})
    assert time.monotonic() - started < AT_ONCE
    assert answer.status_code == 202
    state = client.get(f"/v1/resumes/{answer.json()['id']}").json()
    assert (state["status"], state["task_id"]) == ("RECEIVED", answer.json()["task_id"])


def test_what_needs_redis_says_so(client):
    answer = client.get("/v1/tasks/some-task")
    assert (answer.status_code, answer.json()["code"]) == (503, "broker_unavailable")
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert "broker" in ready.json()["not_ready"]


def test_page_and_api_are_served_together(client):
    assert client.get("/").headers["content-type"].startswith("text/html")
    assert client.get("/openapi.json").json()["openapi"].startswith("3.1")


def test_the_database_is_there_after_a_restart(tmp_path):
    settings = Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:1/0", reap_seconds=0.1)
    with local_client(server.create_app(settings)) as first:
        resume_id = first.post("/v1/resumes", files={"file": ("a.txt", b"x")}).json()["id"]
    with local_client(server.create_app(settings)) as second:
        assert second.get(f"/v1/resumes/{resume_id}").status_code == 200


def celery_that_has(monkeypatch, meta):
    """Lets Celery's result backend answer so; an exception is raised."""

    def get_task_meta(_task_id, *, cache):
        assert cache is False
        if isinstance(meta, Exception):
            raise meta
        return meta

    backend = SimpleNamespace(get_task_meta=get_task_meta)
    monkeypatch.setattr(server, "celery_app", SimpleNamespace(backend=backend))


def test_a_success_is_told_with_its_result(monkeypatch):
    celery_that_has(monkeypatch, {"status": "SUCCESS", "result": {"resume_id": "r"}})
    report = server.task_report("t")
    assert (report.state, report.ready, report.error) == ("SUCCESS", True, None)
    assert report.result == {"resume_id": "r"}


def test_a_failure_tells_nothing_of_the_inside(monkeypatch):
    celery_that_has(monkeypatch, {"status": "FAILURE", "result": ValueError("/secret/path")})
    report = server.task_report("t")
    assert (report.state, report.ready, report.result) == ("FAILURE", True, None)
    assert "secret" not in report.model_dump_json()


def test_what_is_not_begun_is_not_ready(monkeypatch):
    celery_that_has(monkeypatch, {"status": "PENDING", "result": None})
    assert not server.task_report("t").ready


def test_whatever_a_client_of_redis_raises_is_one_error(monkeypatch):
    celery_that_has(monkeypatch, ConnectionResetError("10.0.0.7:6379"))
    with pytest.raises(BrokerUnavailable) as caught:
        server.task_report("t")
    assert "10.0.0.7" not in str(caught.value)


def test_the_text_of_a_file_is_read_in_a_child():
    settings = Settings()
    read = partial(in_child, partial(text_of, limits=Limits.from_settings(settings)))
    assert read(b"Engineer\n\nPython", settings=settings) == "Engineer\n\nPython"
    with pytest.raises(UnsupportedType):
        read(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, settings=settings)
