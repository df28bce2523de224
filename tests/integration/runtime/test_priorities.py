"""Interactive goes before bulk, and bulk is never starved: measured on a worker that is full."""

import time

import pytest

from resume_processor.resume.record import Priority

pytestmark = pytest.mark.integration


#: Behind so many bulk resumes an interactive one may stand: what workers take in a second or two.
MOST_AHEAD = 120


def finished_before(service, resume_id, others):
    """How many of the others became final while this one waited: the same on any machine."""
    record = service.record(resume_id)
    ends = [service.record(one).finished_at for one in others]
    return sum(end is not None and record.created_at < end < record.finished_at for end in ends)


def test_what_people_wait_for_overtakes_a_backlog(service, patiently):
    service.start()
    service.wait_until_final([service.upload()], 90)
    bulk = [service.upload("SLEEP-5", priority=Priority.BULK) for _ in range(400)]
    patiently(lambda: any(service.record(one).status.final for one in bulk[:20]))
    interactive = [service.upload("SLEEP-5") for _ in range(5)]
    service.wait_until_final(interactive)
    left = sum(not service.record(one).status.final for one in bulk)
    assert left > 50, "the backlog was gone before"
    assert max(finished_before(service, one, bulk) for one in interactive) < MOST_AHEAD


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
