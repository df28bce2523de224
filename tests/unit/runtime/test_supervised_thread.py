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


def test_a_pause_ends_when_it_is_to_stop():
    calls = []
    thread = SupervisedThread("test", lambda: calls.append(1), pause=lambda: 60.0)
    thread.start()
    wait_for(lambda: calls)
    begin = time.monotonic()
    thread.stop()
    assert time.monotonic() - begin < 1
    assert calls == [1]


def test_nothing_that_a_step_raises_ends_it():
    calls = []

    def step():
        calls.append(1)
        if len(calls) == 1:
            raise SystemExit
        time.sleep(0.001)

    thread = SupervisedThread("test", step)
    thread.start()
    wait_for(lambda: len(calls) > 2)
    thread.stop()


def test_each_turn_can_be_seen_also_where_its_step_fails():
    turns = []
    thread = SupervisedThread("test", lambda: 1 / 0, on_turn=lambda: turns.append(1))
    thread.start()
    wait_for(lambda: turns)
    thread.stop()
