"""Celery's view of a task."""

import threading

from resume_processor.api.routes import tasks
from resume_processor.api.schemas.system import TaskReport
from resume_processor.errors import BrokerUnavailable


def test_a_task_is_told_as_celery_has_it(api):
    api.tasks["t"] = TaskReport(
        task_id="t",
        state="SUCCESS",
        ready=True,
        result={"resume_id": "r"},
        error=None,
        finished_at=None,
    )
    body = api.client.get("/v1/tasks/t").json()
    assert (body["state"], body["ready"], body["result"]) == ("SUCCESS", True, {"resume_id": "r"})


def test_without_redis_it_is_unavailable(api):
    def away():
        raise BrokerUnavailable

    api.tasks["t"] = away
    answer = api.client.get("/v1/tasks/t")
    assert (answer.status_code, answer.json()["code"]) == (503, "broker_unavailable")
    assert int(answer.headers["retry-after"]) > 0


def test_a_redis_that_hangs_is_not_waited_for(api, monkeypatch):
    monkeypatch.setattr(tasks, "ANSWER_SECONDS", 0.1)
    end = threading.Event()
    api.tasks["t"] = lambda: end.wait(60)
    answer = api.client.get("/v1/tasks/t")
    end.set()
    assert (answer.status_code, answer.json()["code"]) == (503, "broker_unavailable")
