"""Workers are killed, frozen, deaf, and told to go."""

import os
import random
import signal
import time

from celery import Celery

from tests.chaos.play import Scenario
from tests.chaos.stage import wait_for


def kill_children(play):
    play.upload()
    for _ in range(10):
        play.wait_for_more(3)
        kill(random.choice(wait_for(play.stage.worker_children)))
    play.note("10 children killed")


def kill_worker(play):
    play.upload()
    for _ in range(5):
        play.wait_for_more(10)
        play.stage.kill("worker")
    play.note("5 main processes killed")


def kill_worker_and_children(play):
    play.upload()
    for _ in range(5):
        play.wait_for_more(10)
        os.killpg(play.stage.pid("worker"), signal.SIGKILL)
    play.note("5 process groups killed")


def deaf_worker(play):
    """Its main process is there, connected, and does nothing."""
    play.upload()
    play.wait_for_progress(0.1)
    os.kill(play.stage.pid("worker"), signal.SIGSTOP)
    play.note("main process stopped")


def deaf_consumer(play):
    """It answers, it pings, it has children: it only takes no messages any more."""
    play.upload()
    play.wait_for_progress(0.1)
    with Celery(broker=play.stage.redis.url) as app:
        answers = app.control.cancel_consumer("celery", reply=True, timeout=5)
    assert any("ok" in answer for one in answers for answer in one.values())
    play.note("consumer cancelled")


def frozen_worker(play):
    """One of two stands still for longer than its leases, then goes on as if nothing had been."""
    play.upload()
    play.wait_for_progress(0.1)
    group = play.stage.pid("worker-2")
    os.killpg(group, signal.SIGSTOP)
    time.sleep(3 * play.stage.settings.lease_seconds)
    os.killpg(group, signal.SIGCONT)
    play.note("frozen for three leases")


def sigterm_of_everything(play):
    """Once as an operator does it, once to all processes at the same moment."""
    play.upload()
    play.wait_for_progress(0.1)
    play.stage.stop()
    play.stage.start()
    play.wait_for_more(20)
    for name in play.stage.programs:
        os.kill(play.stage.pid(name), signal.SIGTERM)
    play.note("2 shutdowns")


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


SCENARIOS = {
    "kill-children": Scenario(kill_children, loses_plainly=True),
    "kill-worker": Scenario(kill_worker, loses_plainly=True),
    "kill-worker-and-children": Scenario(kill_worker_and_children, loses_plainly=True),
    "deaf-worker": Scenario(deaf_worker, loses_plainly=True),
    "deaf-consumer": Scenario(deaf_consumer, loses_plainly=True),
    "frozen-worker": Scenario(frozen_worker, {"workers": 2, "deaf_seconds": 60.0}),
    "sigterm-of-everything": Scenario(sigterm_of_everything),
}
