"""Interactive goes before bulk, and bulk is never starved: measured on a worker that is full."""

import time

import pytest

from resume_processor.resume.record import Priority

pytestmark = pytest.mark.integration


def seconds_until_final(service, resume_id):
    record = service.record(resume_id)
    return (record.finished_at - record.created_at).total_seconds()


def test_what_people_wait_for_overtakes_a_backlog(service, patiently):
    service.start()
    service.wait_until_final([service.upload()], 90)
    # 50 ms each and two children: more than ten seconds of work
    bulk = [service.upload("SLEEP-5", priority=Priority.BULK) for _ in range(400)]
    patiently(lambda: any(service.record(one).status.final for one in bulk[:20]))
    interactive = [service.upload("SLEEP-5") for _ in range(10)]
    service.wait_until_final(interactive)
    left = sum(not service.record(one).status.final for one in bulk)
    slowest = max(seconds_until_final(service, one) for one in interactive)
    assert left > 200, "the backlog was gone before"
    assert slowest < 5, f"waited {slowest:.1f} s behind bulk"


def test_bulk_gets_its_share_of_a_full_worker(service, patiently):
    for _ in range(60):
        service.upload("SLEEP-5")
    bulk = [service.upload("SLEEP-5", priority=Priority.BULK) for _ in range(60)]
    service.start()
    service.wait_until_final([bulk[0]], 90)
    begin, done = time.monotonic(), 0
    while done < 8:
        # people never stop: there always is something interactive to do first
        service.upload("SLEEP-5")
        time.sleep(0.02)
        done = sum(service.record(one).status.final for one in bulk)
        assert time.monotonic() - begin < 60, f"only {done} of bulk were done"
