import contextlib
import signal
import threading
import time

import pytest

from resume_processor.runtime.time_limit import TimeIsUp, time_limit


def test_it_interrupts_what_takes_too_long():
    begin = time.monotonic()
    with pytest.raises(TimeIsUp), time_limit(0.05):
        time.sleep(5)
    assert time.monotonic() - begin < 2


def test_nothing_that_catches_errors_swallows_it():
    with pytest.raises(TimeIsUp), time_limit(0.05), contextlib.suppress(Exception):
        time.sleep(5)


def test_it_leaves_nothing_behind():
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(0.05):
        pass
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) == before


def test_a_longer_limit_around_it_goes_on():
    with time_limit(5):
        with time_limit(0.2):
            time.sleep(0.1)
        assert 4 < signal.getitimer(signal.ITIMER_REAL)[0] <= 4.9


def test_zero_means_no_limit():
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(0):
        assert signal.getsignal(signal.SIGALRM) == before


def test_in_another_thread_there_is_no_limit():
    ended = []

    def work():
        with time_limit(0.01):
            time.sleep(0.1)
        ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]
