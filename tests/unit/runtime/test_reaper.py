from dataclasses import replace
from datetime import timedelta

import pytest

from resume_processor.resume.record import ResumeStatus
from resume_processor.runtime.reaper import Reaper
from resume_processor.workflow.ports import WorkKind, WorkState


@pytest.fixture
def crash(services, clock):
    """A worker takes a resume and is never heard of again."""

    def do(resume_id):
        now = clock.now()
        item = services.storage.claim(
            WorkKind.PROCESS_RESUME,
            resume_id,
            owner="gone",
            now=now,
            lease_until=now + timedelta(seconds=30),
            max_attempts=services.settings.max_attempts,
        )
        assert item is not None
        clock.advance(31)

    return do


def test_an_expired_lease_goes_back_after_a_pause(services, upload, crash, clock):
    crash(upload())
    services.wake.wait(0)
    assert Reaper(services).reap() == 1
    assert services.wake.wait(0)
    due = {"dispatched_before": clock.now(), "limit": 9}
    assert not services.storage.due_work(now=clock.now(), **due)
    clock.advance(services.settings.retry_base_seconds)
    assert len(services.storage.due_work(now=clock.now(), **due)) == 1


def test_a_living_lease_is_left_alone(services, upload, crash, clock):
    crash(upload())
    clock.advance(-10)
    assert Reaper(services).reap() == 0


def test_at_the_limit_it_is_a_dead_letter(services, upload, crash, clock, published):
    resume_id = upload()
    for _ in range(services.settings.max_attempts):
        crash(resume_id)
        Reaper(services).reap()
        clock.advance(services.settings.retry_max_seconds)
    record = services.storage.get_resume(resume_id)
    assert record.status is ResumeStatus.FAILED
    assert record.failure.code == "worker_crashed"
    assert services.storage.count_work()[WorkKind.PROCESS_RESUME, WorkState.DEAD] == 1
    assert published == [resume_id]  # so that its task has a result


def test_a_queue_that_is_away_does_not_keep_it_from_dying(services, upload, crash, clock):
    def away(_id):
        raise ConnectionError

    services = replace(services, dispatchers=dict.fromkeys(WorkKind, away))
    resume_id = upload()
    for _ in range(services.settings.max_attempts):
        crash(resume_id)
        Reaper(services).reap()
        clock.advance(services.settings.retry_max_seconds)
    assert services.storage.get_resume(resume_id).status is ResumeStatus.FAILED


def test_two_reapers_move_each_row_once(services, upload, crash):
    crash(upload())
    first, second = Reaper(services), Reaper(services)
    assert first.reap() + second.reap() == 1


def test_the_pause_between_two_looks_varies_around_the_setting(services):
    pauses = {Reaper(services).pause() for _ in range(50)}
    middle = services.settings.reap_seconds
    assert len(pauses) > 40
    assert all(middle / 2 < pause < middle * 1.5 for pause in pauses)
