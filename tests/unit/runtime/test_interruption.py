import signal
import threading
import time

import pytest

from resume_processor.runtime.interruption import Overtaken, interruptible


def soon(action):
    timer = threading.Timer(0.05, action)
    timer.start()
    return timer


def interrupted(action):
    with interruptible() as interrupt:
        soon(interrupt)
        action()


def test_the_block_is_left_at_once():
    begin = time.monotonic()
    with pytest.raises(Overtaken):
        interrupted(lambda: time.sleep(10))
    assert time.monotonic() - begin < 5


def test_nothing_that_expects_bad_documents_swallows_it():
    def careless():
        try:
            time.sleep(10)
        except Exception:  # noqa: BLE001 - that is the point
            time.sleep(10)

    with pytest.raises(Overtaken):
        interrupted(careless)


def test_what_was_set_before_is_set_again():
    before = signal.getsignal(signal.SIGUSR2)
    with interruptible():
        assert signal.getsignal(signal.SIGUSR2) != before
    assert signal.getsignal(signal.SIGUSR2) == before


def test_another_thread_is_left_alone():
    ended = []

    def work():
        with interruptible() as interrupt:
            interrupt()
            ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]
