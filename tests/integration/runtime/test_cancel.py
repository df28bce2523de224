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


def test_what_waits_is_cancelled(service):
    resume_id = service.upload()
    cancel(service, resume_id)
    service.start()
    other = service.upload("no twin")
    service.wait_until_final([other])
    assert service.record(resume_id).status == "CANCELLED"
    assert service.record(resume_id).attempts == 0


def test_what_runs_stops_within_a_heartbeat_and_its_child_goes_on(make_service, patiently):
    service = make_service(workers=1)
    service.start()
    running = service.upload("SLEEP-6000")
    patiently(lambda: service.record(running).status == "PROCESSING")
    (child,) = service.worker_children()
    others = [service.upload() for _ in range(3)]
    begin = time.monotonic()
    cancel(service, running)
    service.wait_until_final(others)
    heartbeat = service.settings.lease_seconds / 3
    assert time.monotonic() - begin < heartbeat + 5
    assert service.worker_children() == [child]
    assert service.record(running).status == "CANCELLED"
    assert service.services.storage.get_result(running) is None
    assert service.none_twice([running, *others])
    client = redis.Redis.from_url(service.redis.url)
    told = client.get(f"celery-task-meta-{task_id_for(running)}") or b""
    client.close()
    assert b"CANCELLED" in told


def test_what_no_signal_reaches_loses_its_child(make_service, patiently):
    service = make_service(workers=1)
    service.start()
    hanging = service.upload("HANG")
    patiently(lambda: service.record(hanging).status == "PROCESSING")
    cancel(service, hanging)
    other = service.upload()
    service.wait_until_final([other])
    assert service.record(hanging).status == "CANCELLED"
    assert service.record(other).attempts == 1


def test_what_was_cancelled_can_be_processed_again(service):
    resume_id = service.upload()
    cancel(service, resume_id)
    services = service.services
    services.storage.reprocess_resume(resume_id, tenant="default", now=services.clock.now())
    service.start()
    service.wait_until_final([resume_id])
    assert service.record(resume_id).status in ("DONE", "NEEDS_REVIEW")
