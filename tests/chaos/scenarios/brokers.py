"""Redis dies, is away, forgets, is full, evicts, and says everything several times."""

import time

from tests.chaos.play import Scenario


def kill_redis(play):
    play.upload()
    for _ in range(3):
        play.wait_for_more(10)
        play.stage.kill("redis")
    play.note("3 kills")


def restart_redis(play):
    play.upload()
    for _ in range(3):
        play.wait_for_more(10)
        play.stage.stop("redis")
        play.stage.start("redis")
    play.note("3 restarts")


def redis_away(play):
    play.upload(0.5)
    play.wait_for_progress(0.05)
    play.stage.stop("redis")
    play.upload(0.5)
    time.sleep(play.away_seconds)
    play.stage.start("redis")
    play.note(f"away for {play.away_seconds:.0f} s and half of the uploads")


def redis_keeps_nothing(play):
    """No append-only file, no snapshot: each time it comes back empty."""
    play.upload()
    for _ in range(2):
        play.wait_for_more(10)
        play.stage.kill("redis")
    assert not (play.stage.settings.data_dir / "redis" / "appendonlydir").exists()
    play.note("came back empty twice")


def redis_full(play):
    play.upload(0.5)
    client = play.redis()
    client.config_set("maxmemory", "1mb")
    play.upload(0.5)
    time.sleep(8)
    refused = client.info("errorstats").get("errorstat_OOM", {}).get("count", 0)
    client.config_set("maxmemory", "0")
    client.close()
    assert int(refused) > 0
    play.note(f"{refused} commands refused")


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
    evicted = client.info("stats")["evicted_keys"]
    client.close()
    assert evicted > 0
    play.note(f"{evicted} keys evicted")


def messages_doubled(play):
    """Each message that waits is there several times over, and finished ones come once more."""
    client, doubled = play.redis(), 0
    play.upload()
    for _ in range(5):
        play.wait_for_more(5)
        messages = client.lrange("celery", 0, -1)
        doubled += len(messages)
        for message in messages:
            client.rpush("celery", message, message)
    client.close()
    play.note(f"{2 * doubled} messages too many")


SCENARIOS = {
    "kill-redis": Scenario(kill_redis),
    "restart-redis": Scenario(restart_redis),
    "redis-away": Scenario(redis_away),
    "redis-keeps-nothing": Scenario(
        redis_keeps_nothing, {"redis_options": ("--appendonly", "no")}, loses_plainly=True
    ),
    "redis-full": Scenario(redis_full),
    "redis-evicts": Scenario(redis_evicts, loses_plainly=True),
    "messages-doubled": Scenario(messages_doubled),
}
