"""PostgreSQL, and more than one of everything."""

import random

from tests.chaos.play import Scenario


def postgres_restarted(play):
    """Without a goodbye, as after a crash; once while uploads come in."""
    play.upload(0.5)
    play.wait_for_more(10)
    play.postgres.restart()
    play.upload(0.5)
    play.wait_for_more(10)
    play.postgres.restart()
    play.note("2 crashes")


def many_of_each(play):
    """Two APIs and four workers on PostgreSQL, any of them killed at any time."""
    parts = ["server", "server-2", "worker", "worker-2", "worker-3", "worker-4"]
    random.shuffle(parts)
    while parts:
        play.upload(1 / 3)
        for _ in range(2):
            play.wait_for_more(5)
            play.stage.kill(parts.pop())
    play.note("each of them killed once")


SCENARIOS = {
    "postgres-restarted": Scenario(postgres_restarted, {"postgres": True}),
    "many-of-each": Scenario(
        many_of_each, {"postgres": True, "servers": 2, "workers": 4, "children": 1}, plain=False
    ),
}
