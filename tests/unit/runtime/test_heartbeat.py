import time
from dataclasses import replace
from datetime import timedelta

import pytest

from resume_processor.errors import StorageUnavailable
from resume_processor.runtime import heartbeat
from resume_processor.runtime.heartbeat import Heartbeat
from resume_processor.settings import Settings
from resume_processor.workflow.clock import SystemClock
from resume_processor.workflow.ports import WorkKind


@pytest.fixture
def services(services):
    settings = Settings(**{**services.settings.model_dump(), "lease_seconds": 0.3})
    return replace(services, settings=settings, clock=SystemClock())


@pytest.fixture
def work(services, upload):
    resume_id, now = upload(), services.clock.now()
    return services.storage.claim(
        WorkKind.PROCESS_RESUME,
        resume_id,
        owner="me",
        now=now,
        lease_until=now + timedelta(seconds=0.3),
        max_attempts=3,
    )


def expired(services):
    return services.storage.expired_work(now=services.clock.now(), limit=9)


def test_a_lease_holds_as_long_as_the_heart_beats(services, work):
    beats = []
    with Heartbeat(work, services, on_beat=lambda: beats.append(1)):
        for _ in range(8):
            time.sleep(0.1)
            assert not expired(services)
    time.sleep(0.4)
    assert expired(services)
    assert len(beats) >= 3


def test_it_ends_with_the_work(services, work):
    beats = []
    with Heartbeat(work, services, on_beat=lambda: beats.append(1)):
        pass
    time.sleep(0.25)
    assert beats == []


def test_it_stops_when_the_lease_is_lost(services, work):
    beats = []
    now = services.clock.now()
    services.storage.cancel_resume(work.subject_id, tenant="default", now=now)
    with Heartbeat(work, services, on_beat=lambda: beats.append(1)):
        time.sleep(0.5)
    assert len(beats) == 1


def test_work_whose_lease_is_lost_is_told_to_stop(services, work, monkeypatch):
    monkeypatch.setattr(heartbeat, "LAST_WORDS_SECONDS", 0.1)
    told = []
    now = services.clock.now()
    services.storage.cancel_resume(work.subject_id, tenant="default", now=now)

    def heart(**options):
        return Heartbeat(work, services, on_lost=lambda: told.append("stop"), **options)

    with heart():
        time.sleep(0.15)
    assert told == ["stop"]
    with heart(on_overdue=told.append):
        time.sleep(0.4)
    assert told == ["stop", "stop", work]


def test_a_storage_that_is_away_for_a_beat_does_not_stop_it(services, work):
    class Flaky:
        calls = 0

        def renew(self, *arguments, **options):
            self.calls += 1
            if self.calls == 1:
                raise StorageUnavailable
            return services.storage.renew(*arguments, **options)

    flaky = Flaky()
    with Heartbeat(work, replace(services, storage=flaky)):
        time.sleep(0.5)
    assert flaky.calls >= 3


def test_work_that_never_ends_is_reported_once(services, work):
    reported = []
    with Heartbeat(work, services, on_overdue=reported.append, overdue_seconds=0.15):
        time.sleep(0.4)
    assert reported == [work]
