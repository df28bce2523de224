import threading
from types import SimpleNamespace

import pytest

from resume_processor.celery_config import late_states as module
from resume_processor.celery_config.late_states import LateStates


@pytest.fixture
def clock(monkeypatch):
    """Stands still until it is set, whatever holds the machine up."""
    clock = SimpleNamespace(now=100.0, monotonic=lambda: clock.now)
    monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(module, "LASTING_SECONDS", 0.02)
    return clock


@pytest.fixture
def states(clock):
    return LateStates()


def test_a_state_that_lasts_is_stored_once(clock, states):
    stored = threading.Semaphore(0)
    for task_id in ("one", "two"):  # the second wakes the thread that rests
        states.put(task_id, stored.release)
        assert not stored.acquire(timeout=0.1)
        clock.now += 1
        assert stored.acquire(timeout=10)
    assert not stored.acquire(timeout=0.1)


def test_a_state_that_is_over_is_not_stored(clock, states):
    stored, others = [], threading.Event()
    states.put("short", lambda: stored.append("short"))
    states.put("long", others.set)
    states.drop("short")
    states.drop("unknown")
    clock.now += 1
    assert others.wait(10)
    assert stored == []


def test_of_two_states_of_a_task_the_later_is_stored(clock, states):
    stored, is_stored = [], threading.Event()
    states.put("one", lambda: stored.append("first"))
    states.put("one", is_stored.set)
    clock.now += 1
    assert is_stored.wait(10)
    assert stored == []


def test_who_drops_a_state_that_is_being_stored_waits_for_it(clock, states):
    begun, go_on, order = threading.Event(), threading.Event(), []

    def store():
        begun.set()
        assert go_on.wait(10)
        order.append("stored")

    states.put("one", store)
    clock.now += 1
    assert begun.wait(10)
    dropper = threading.Thread(target=lambda: (states.drop("one"), order.append("dropped")))
    dropper.start()
    go_on.set()
    dropper.join(10)
    assert order == ["stored", "dropped"]


def test_a_store_that_fails_stops_no_other(clock, states):
    def fail():
        raise ConnectionError

    stored = threading.Event()
    states.put("one", fail)
    states.put("two", stored.set)
    clock.now += 1
    assert stored.wait(10)
