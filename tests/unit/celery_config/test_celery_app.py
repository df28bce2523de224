import os
import subprocess
import sys

import pytest
from celery import Celery

from resume_processor import celery_config, tasks
from resume_processor.celery_config import celery_app as module
from resume_processor.celery_config.celery_app import celery_app
from resume_processor.workflow.ports import WorkKind

GIVEN = {
    "task_serializer": "json",
    "accept_content": ["json"],
    "result_serializer": "json",
    "timezone": "UTC",
    "enable_utc": True,
    "task_track_started": True,
    "task_time_limit": 300,
    "task_soft_time_limit": 240,
    "worker_prefetch_multiplier": 1,
    "worker_max_tasks_per_child": 1000,
}


@pytest.mark.parametrize(("name", "value"), GIVEN.items())
def test_each_given_setting_is_as_given(name, value):
    assert celery_app.conf[name] == value


def test_the_app_is_as_given():
    assert isinstance(celery_app, Celery)
    assert celery_app.main == "resume_processor"
    assert celery_app.conf.include == ["resume_processor.tasks"]


def test_importing_the_package_does_not_hide_the_module():
    assert celery_config.celery_app is module


@pytest.mark.parametrize("url", [None, "redis://elsewhere:1234/5"])
def test_redis_url_is_read_from_the_environment(url):
    environment = {key: value for key, value in os.environ.items() if key != "REDIS_URL"}
    if url is not None:
        environment["REDIS_URL"] = url
    code = (
        "from resume_processor.celery_config.celery_app import REDIS_URL, celery_app as a;"
        "print(REDIS_URL, a.conf.broker_url, a.conf.result_backend)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [url or "redis://localhost:6379/0"] * 3


def test_a_stalled_broker_is_noticed_in_seconds():
    options = celery_app.conf.broker_transport_options
    assert options["socket_timeout"] == 5.0
    assert options["socket_connect_timeout"] == 3.0
    assert options["socket_keepalive"] is True
    assert celery_app.conf.redis_socket_timeout == 5.0
    assert celery_app.conf.redis_socket_connect_timeout == 3.0


def test_running_work_survives_the_loss_of_the_broker():
    assert celery_app.conf.worker_cancel_long_running_tasks_on_connection_loss is False
    assert celery_app.conf.broker_connection_retry_on_startup is True
    assert celery_app.conf.broker_connection_max_retries is None


def test_results_are_kept():
    assert celery_app.conf.task_ignore_result is False
    assert celery_app.conf.result_expires > 24 * 3600


def test_acknowledgements_stay_early():
    # A message is a hint; the row in the database brings lost work back. Late acknowledgements
    # would bring a document that kills its worker back for ever.
    assert celery_app.conf.task_acks_late is False
    assert celery_app.conf.task_reject_on_worker_lost is None


def test_every_task_says_what_it_is_about():
    ours = [name for name in celery_app.tasks if name.startswith(tasks.__name__)]
    assert len(ours) == len(WorkKind)
    assert len({celery_app.tasks[name].subject for name in ours}) == len(ours)
