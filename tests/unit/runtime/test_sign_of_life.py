import os
from dataclasses import replace
from datetime import timedelta

from resume_processor.runtime import sign_of_life as module
from resume_processor.runtime.sign_of_life import SignOfLife, resident_bytes


def seen(services):
    return services.storage.workers(seen_after=services.clock.now() - timedelta(seconds=1))


def test_it_tells_of_itself_and_its_children(services):
    SignOfLife(services, lambda: [os.getppid()]).give()
    [sign] = seen(services)
    assert (sign.instance, sign.children, sign.seen_at) == ("test", 1, services.clock.now())
    assert sign.memory_bytes > resident_bytes([os.getpid()]) > 1_000_000


def test_processes_that_are_gone_cost_nothing(services):
    assert resident_bytes([2**30]) is None
    assert resident_bytes([2**30, os.getpid()]) > 1_000_000


def test_it_goes_on_until_it_ends_and_then_is_gone(services, monkeypatch, clock):
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.01)
    signs = SignOfLife(services, list)
    signs.start()
    for _ in range(2):
        clock.advance(60)
        while not seen(services):
            pass
    signs.stop()
    assert seen(services) == ()


def test_those_that_vanished_are_forgotten_in_time(services, clock):
    SignOfLife(replace(services, instance="vanished"), list).give()
    clock.advance(module.FORGET_SECONDS + 1)
    SignOfLife(services, list).give()
    ever = services.storage.workers(seen_after=clock.now() - timedelta(days=9))
    assert [sign.instance for sign in ever] == ["test"]
