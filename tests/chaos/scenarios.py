"""Each scenario takes a running service apart while resumes are in flight, and puts it together.

A scenario is a function of a ``Play``; it returns the ids that are meant to fail. What it needs of
the stage (a proxy, PostgreSQL, a second worker, settings) stands in its ``needs``.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import redis

from tests.chaos.stage import wait_for

#: Hundredths of a second that a resume takes, so that many are in flight when something happens.
WORK = "SLEEP-5"


@dataclass
class Play:
    """A running service, its client, and how many resumes to send."""

    stage: Any
    client: Any
    resumes: int
    proxies: dict[str, Any] = field(default_factory=dict)
    postgres: Any = None
    away_seconds: float = 60.0

    def upload(self, share=1.0, addition=WORK):
        return self.client.upload(int(self.resumes * share), addition)

    def wait_for_progress(self, share=0.1):
        """Until some are done."""
        wait_for(lambda: self.finished() >= self.resumes * share, 60)

    def finished(self):
        counts = self.stage.services.storage.count_resumes()
        return sum(number for status, number in counts.items() if status.final)

    def redis(self):
        return redis.Redis.from_url(self.stage.redis.url)


@dataclass(frozen=True)
class Scenario:
    play: Callable[[Play], Any]
    needs: dict[str, Any] = field(default_factory=dict)


def kill_children(play):
    play.upload()
    for _ in range(10):
        children = wait_for(play.stage.worker_children)
        kill(random.choice(children))
        time.sleep(0.5)


def kill_worker(play):
    play.upload()
    for _ in range(5):
        play.wait_for_progress(0.02)
        play.stage.kill("worker")
        time.sleep(2.0)


def kill_worker_and_children(play):
    play.upload()
    for _ in range(5):
        play.wait_for_progress(0.02)
        os.killpg(play.stage.pid("worker"), signal.SIGKILL)
        time.sleep(2.0)


def kill_api_in_uploads(play):
    play.upload()
    assert play.stage.restarts("server") >= 4


def kill_api_and_dispatcher(play):
    for _ in range(3):
        play.upload(1 / 3)
        play.stage.kill("server")


def kill_redis(play):
    play.upload()
    for _ in range(3):
        play.wait_for_progress(0.05)
        play.stage.kill("redis")
        time.sleep(1.5)


def redis_away(play):
    play.upload(0.5)
    play.wait_for_progress(0.05)
    play.stage.stop("redis")
    play.upload(0.5)
    time.sleep(play.away_seconds)
    play.stage.start("redis")


def redis_comes_back_empty(play):
    play.redis().config_set("appendonly", "no")
    play.upload()
    play.wait_for_progress(0.1)
    play.stage.kill("redis")
    play.stage.stop("redis")
    play.stage.empty_redis()
    play.stage.start("redis")


def redis_full(play):
    play.upload(0.5)
    play.redis().config_set("maxmemory", "1mb")
    play.upload(0.5)
    time.sleep(8)
    play.redis().config_set("maxmemory", "0")


def redis_evicts(play):
    client = play.redis()
    client.config_set("maxmemory-policy", "allkeys-lru")
    play.upload()
    for _ in range(5):
        client.config_set("maxmemory", "1mb")
        time.sleep(0.5)
        client.config_set("maxmemory", "0")
        time.sleep(0.5)
    client.config_set("maxmemory-policy", "noeviction")


def network(fault, seconds=12):
    """Both the API and the worker reach Redis through a proxy that misbehaves for a while."""

    def play_it(play):
        play.upload(0.5)
        play.wait_for_progress(0.05)
        for proxy in play.proxies.values():
            getattr(proxy, fault)()
        play.upload(0.5)
        time.sleep(seconds)
        for proxy in play.proxies.values():
            proxy.heal()

    return Scenario(play_it, {"proxies": ("server", "worker")})


def deaf_worker(play):
    play.upload()
    play.wait_for_progress(0.1)
    os.kill(play.stage.pid("worker"), signal.SIGSTOP)


def postgres_restarted(play):
    play.upload(0.5)
    play.wait_for_progress(0.05)
    play.postgres.restart()
    play.upload(0.5)


def full_disk(play):
    play.upload(0.5)
    ballast = play.stage.settings.data_dir / "ballast"
    with ballast.open("wb") as file:
        try:
            while True:
                file.write(b"\0" * 65536)
                file.flush()
        except OSError:
            pass
    play.client.patience = 2.0
    play.upload(0.1)
    time.sleep(3)
    ballast.unlink()
    play.client.patience = 60.0
    play.upload(0.5)


def poison(play):
    play.upload(0.5)
    bad = play.client.upload(10, "KILL-THE-PROCESS")
    play.upload(0.5)
    return bad


def hanging(play):
    play.upload(0.5)
    bad = play.client.upload(2, "HANG") + play.client.upload(2, "SLEEP-6000")
    play.upload(0.5)
    return bad


def sigterm_of_everything(play):
    play.upload()
    for _ in range(2):
        play.wait_for_progress(0.05)
        play.stage.stop()
        play.stage.start()
        time.sleep(3)


def host_cut_off(play):
    """One of two workers loses Redis and database for longer than its leases, then comes back."""
    play.upload()
    play.wait_for_progress(0.1)
    for proxy in play.proxies.values():
        proxy.stall()
    time.sleep(10)
    for proxy in play.proxies.values():
        proxy.heal()


def two_of_each(play):
    """PostgreSQL with two workers, each killed in turn."""
    play.upload()
    for number in range(4):
        play.wait_for_progress(0.05)
        play.stage.kill("worker" if number % 2 else "worker-2")
        time.sleep(1.5)


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


SCENARIOS = {
    "kill-children": Scenario(kill_children),
    "kill-worker": Scenario(kill_worker),
    "kill-worker-and-children": Scenario(kill_worker_and_children),
    "kill-api-in-uploads": Scenario(
        kill_api_in_uploads, {"environment": {"CHAOS_KILL_AFTER": "45"}}
    ),
    "kill-api-and-dispatcher": Scenario(kill_api_and_dispatcher),
    "kill-redis": Scenario(kill_redis),
    "redis-away": Scenario(redis_away),
    "redis-comes-back-empty": Scenario(redis_comes_back_empty),
    "redis-full": Scenario(redis_full),
    "redis-evicts": Scenario(redis_evicts),
    "redis-stalls": network("stall"),
    "redis-half-open": network("half_open"),
    "redis-resets": network("reset"),
    "redis-refuses": network("refuse"),
    "deaf-worker": Scenario(deaf_worker),
    "postgres-restarted": Scenario(postgres_restarted, {"postgres": True}),
    "full-disk": Scenario(full_disk, {"disk_megabytes": 48, "min_free_bytes": 0}),
    "poison": Scenario(poison),
    "hanging": Scenario(
        hanging, {"read_seconds": 3.0, "environment": {"CHAOS_OVERDUE_SECONDS": "5"}}
    ),
    "sigterm-of-everything": Scenario(sigterm_of_everything),
    "host-cut-off": Scenario(host_cut_off, {"postgres": True, "workers": 2, "cut": "worker-2"}),
    "two-of-each": Scenario(two_of_each, {"postgres": True, "workers": 2}),
}
