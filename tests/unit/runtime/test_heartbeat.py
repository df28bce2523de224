import threading
import time
from dataclasses import replace

import pytest

from resume_processor.errors import StorageUnavailable
from resume_processor.resume.record import Stage
from resume_processor.runtime import heartbeat
from resume_processor.runtime.heartbeat import Heart
from resume_processor.settings import Settings
from resume_processor.workflow.attempt import claim
from resume_processor.workflow.clock import SystemClock
from resume_processor.workflow.ports import WorkKind


@pytest.fixture
def services(services):
    settings = Settings(**{**services.settings.model_dump(), "lease_seconds": 0.3})
    return replace(services, settings=settings, clock=SystemClock())


@pytest.fixture
def attempt(services, upload):
    return claim(WorkKind.PROCESS_RESUME, upload(), "me", services)


@pytest.fixture
def heart():
    return Heart()


def expired(services):
    return services.storage.expired_work(now=services.clock.now(), limit=9)


def cancel(services, attempt):
    subject, now = attempt.work.subject_id, services.clock.now()
    services.storage.cancel_resume(subject, tenant="default", now=now)


def stage_of(services, attempt):
    return services.storage.get_resume(attempt.work.subject_id).stage


def hearts():
    return [one for one in threading.enumerate() if one.name == "heartbeat"]


def test_a_lease_holds_as_long_as_the_heart_beats(services, attempt, heart):
    beats = []
    with heart.beating(attempt, on_beat=lambda: beats.append(1)):
        for _ in range(8):
            time.sleep(0.1)
            assert not expired(services)
    time.sleep(0.4)
    assert expired(services)
    assert len(beats) >= 3


def test_it_rests_with_the_work_and_wakes_with_the_next(services, attempt, heart, upload):
    beats, before = [], len(hearts())
    with heart.beating(attempt, on_beat=lambda: beats.append(1)):
        pass
    time.sleep(0.4)
    assert beats == []
    another = claim(WorkKind.PROCESS_RESUME, upload(), "me", services)
    with heart.beating(another, on_beat=lambda: beats.append(2)):
        time.sleep(0.4)
    assert set(beats) == {2}
    assert len(hearts()) == before + 1


def test_it_beats_for_several_at_once(services, attempt, heart, upload):
    another = claim(WorkKind.PROCESS_RESUME, upload(), "me", services)
    with heart.beating(attempt), heart.beating(another):
        time.sleep(0.5)
        assert not expired(services)


def test_it_stops_when_the_lease_is_lost(services, attempt, heart):
    beats = []
    cancel(services, attempt)
    with heart.beating(attempt, on_beat=lambda: beats.append(1)):
        time.sleep(0.5)
    assert len(beats) == 1


def test_work_whose_lease_is_lost_is_told_to_stop(services, attempt, heart, monkeypatch):
    monkeypatch.setattr(heartbeat, "LAST_WORDS_SECONDS", 0.2)
    told = []
    cancel(services, attempt)

    def beating(**options):
        return heart.beating(attempt, on_lost=lambda: told.append("stop"), **options)

    with beating():
        time.sleep(0.2)
    assert told == ["stop"]
    with beating(on_overdue=told.append):
        time.sleep(0.6)
    assert told == ["stop", "stop", attempt]


def test_a_storage_that_is_away_for_a_beat_does_not_stop_it(services, attempt, heart):
    class Flaky:
        calls = 0

        def renew(self, *arguments, **options):
            self.calls += 1
            if self.calls == 1:
                raise StorageUnavailable
            return services.storage.renew(*arguments, **options)

    flaky = Flaky()
    parts = replace(services, storage=flaky)
    with heart.beating(replace(attempt, parts=parts)):
        time.sleep(0.6)
    assert flaky.calls >= 3


def test_work_that_never_ends_is_reported_once(attempt, heart):
    reported = []
    with heart.beating(attempt, on_overdue=reported.append, overdue_seconds=0.15):
        time.sleep(0.5)
    assert reported == [attempt]


def test_a_report_that_fails_does_not_stop_it(services, attempt, heart, upload):
    def fails(_attempt):
        raise StorageUnavailable

    with heart.beating(attempt, on_overdue=fails, overdue_seconds=0):
        time.sleep(0.2)
    another = claim(WorkKind.PROCESS_RESUME, upload(), "me", services)
    with heart.beating(another):
        time.sleep(0.5)
        assert another.work.subject_id not in {item.subject_id for item in expired(services)}


def test_a_stage_that_lasts_is_shown_while_it_lasts(services, attempt, heart):
    with heart.beating(attempt):
        attempt.enter(Stage.PARSING)
        assert stage_of(services, attempt) is Stage.READING
        time.sleep(0.5)
        assert stage_of(services, attempt) is Stage.PARSING
    assert attempt.take_stages() == ()


def test_who_enters_a_stage_that_lasts_without_the_lease_is_told(services, attempt, heart):
    settings = Settings(**{**services.settings.model_dump(), "lease_seconds": 300})
    told = []
    cancel(services, attempt)
    patient = replace(attempt, parts=replace(services, settings=settings))
    with heart.beating(patient, on_lost=lambda: told.append("stop")):
        patient.enter(Stage.PARSING)
        time.sleep(0.6)
    assert told == ["stop"]
