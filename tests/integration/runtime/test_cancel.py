import time
from pathlib import Path

import pytest
import redis

from resume_processor.resume.record import task_id_for

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds processes in /proc"),
]


def cancel(service, resume_id):
    services = service.services
    services.storage.cancel_resume(resume_id, tenant="default", now=services.clock.now())


def start(service):
    """Runs, and has done something: a start on a busy machine takes its time."""
    service.start()
    service.wait_until_final([service.upload("first")], 90)


def test_what_waits_is_cancelled(service):
    resume_id = service.upload()
    cancel(service, resume_id)
    start(service)
    assert service.record(resume_id).status == "CANCELLED"
    assert service.record(resume_id).attempts == 0


def test_what_runs_stops_within_a_heartbeat_and_its_child_goes_on(service, patiently):
    start(service)
    running = [service.upload("SLEEP-6000") for _ in range(service.settings.workers)]
    patiently(lambda: service.statuses(running)["PROCESSING"] == len(running))
    children = service.worker_children()
    others = [service.upload() for _ in range(3)]
    begin = time.monotonic()
    for resume_id in running:
        cancel(service, resume_id)
    service.wait_until_final(others)
    heartbeat = service.settings.lease_seconds / 3
    assert time.monotonic() - begin < heartbeat + 10, "60 s of work were not stopped"
    assert service.worker_children() == children
    assert service.statuses(running) == {"CANCELLED": len(running)}
    assert service.services.storage.get_result(running[0]) is None
    assert service.none_twice([*running, *others])
    task = f"celery-task-meta-{task_id_for(running[0])}"
    with redis.Redis.from_url(service.redis.url) as client:  # told a moment after the record
        patiently(lambda: b"CANCELLED" in (client.get(task) or b""))


def test_what_no_signal_reaches_loses_its_child(service, patiently):
    start(service)
    hanging = [service.upload("HANG") for _ in range(service.settings.workers)]
    patiently(lambda: service.statuses(hanging)["PROCESSING"] == len(hanging))
    for resume_id in hanging:
        cancel(service, resume_id)
    other = service.upload()
    service.wait_until_final([other])
    assert service.statuses(hanging) == {"CANCELLED": len(hanging)}
    assert service.record(other).attempts == 1


def test_what_was_cancelled_can_be_processed_again(service):
    resume_id = service.upload()
    cancel(service, resume_id)
    services = service.services
    services.storage.reprocess_resume(resume_id, tenant="default", now=services.clock.now())
    start(service)
    service.wait_until_final([resume_id])
    assert service.record(resume_id).status in ("DONE", "NEEDS_REVIEW")
