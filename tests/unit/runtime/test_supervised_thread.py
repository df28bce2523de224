import threading
import time

from resume_processor.runtime.supervised_thread import SupervisedThread


def wait_for(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_it_survives_a_step_that_fails():
    calls = []

    def step():
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("first")
        time.sleep(0.001)

    thread = SupervisedThread("test", step)
    thread.start()
    wait_for(lambda: len(calls) > 3)
    assert thread.healthy
    thread.stop()
    assert not thread.healthy


def test_it_says_when_it_fails():
    thread = SupervisedThread("test", lambda: 1 / 0)
    thread.start()
    wait_for(lambda: not thread.healthy)
    thread.stop()
    assert thread.seconds_since_success >= 0


def test_stop_waits_for_the_step_at_hand():
    entered, ended = threading.Event(), []

    def step():
        entered.set()
        time.sleep(0.1)
        ended.append(True)

    thread = SupervisedThread("test", step)
    thread.start()
    entered.wait(5)
    thread.stop()
    assert ended
