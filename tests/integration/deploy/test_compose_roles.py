"""The roles of ``deploy/compose.yaml`` as processes: its commands, its variables, real servers."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
import yaml

from resume_processor.runtime.embedded_redis import answers, find_server
from tests.acceptance.harness import RESUME, free_port

pytestmark = pytest.mark.integration

FILE = Path(__file__).resolve().parents[3] / "deploy/compose.yaml"
SERVICES = yaml.safe_load(FILE.read_text("utf-8"))["services"]
PASSWORD = "a-password-of-a-test"
KEY = "a-first-key-of-a-test-that-is-long-enough"

#: Deadline in seconds, far above what is needed: the machine may be slow and shared.
PATIENCE = 100.0


def filled_in(text):
    """``${NAME:-default}`` and ``${NAME:?message}`` as compose would put them."""
    return re.sub(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}", value_of, text)


def value_of(found):
    given = {"POSTGRES_PASSWORD": PASSWORD, "BOOTSTRAP_KEY": KEY}
    return given.get(found[1], found[2] or "")


def until(ask, running=()):
    """The first answer; the processes that have to give it must not end before."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := ask()):
        assert time.monotonic() < deadline, "it took too long"
        assert all(process.poll() is None for process in running), "a role ended by itself"
        time.sleep(0.1)
    return answer


def finished(process):
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture
def start(tmp_path):
    with contextlib.ExitStack() as stack:

        def run(name, command, **variables):
            log = stack.enter_context((tmp_path / f"{name}.log").open("wb"))
            environment = {**os.environ, **variables}
            process = subprocess.Popen(
                command, env=environment, cwd=tmp_path, stdout=log, stderr=log
            )
            stack.callback(finished, process)
            return process

        yield run


@pytest.fixture
def redis_url(start):
    """With the options of the file, on a port of our own."""
    port, [_, *options] = free_port(), SERVICES["redis"]["command"]
    start("redis", [str(find_server()), *options, "--port", str(port), "--bind", "127.0.0.1"])
    url = SERVICES["api"]["environment"]["REDIS_URL"].replace("redis:6379", f"127.0.0.1:{port}")
    until(lambda: answers(url))
    return url


@pytest.fixture
def database_url(postgres):
    """User, password and database of the file, on the server of the tests."""
    wanted = urlsplit(filled_in(SERVICES["api"]["environment"]["DATABASE_URL"]))
    made = {name: filled_in(value) for name, value in SERVICES["postgres"]["environment"].items()}
    user, password, name = (made[f"POSTGRES_{part}"] for part in ("USER", "PASSWORD", "DB"))
    assert (wanted.username, wanted.password, wanted.path) == (user, password, f"/{name}")
    with psycopg.connect(postgres.uri, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {user} LOGIN PASSWORD '{password}'")
        connection.execute(f"CREATE DATABASE {name} OWNER {user}")
        host, port = connection.info.host, connection.info.port
    place = f"/{name}?host={host}&port={port}" if host.startswith("/") else f"{host}:{port}/{name}"
    return f"{wanted.scheme}://{user}:{password}@{place}"


def role(name, **ours):
    """Command and variables of a service, with what is different outside of a container."""
    service = SERVICES[name]
    variables = {key: filled_in(value) for key, value in service["environment"].items()}
    assert ours.keys() <= variables.keys()
    return [sys.executable, "-m", "resume_processor.cli", *service["command"]], {
        **variables,
        **ours,
    }


def test_an_upload_to_the_composed_service_is_done(start, redis_url, database_url, tmp_path):
    places = {
        "REDIS_URL": redis_url,
        "DATABASE_URL": database_url,
        "RESUME_PROCESSOR_DATA_DIR": str(tmp_path / "data"),
    }
    port = free_port()
    command, variables = role("api", **places)
    command[command.index("--port") + 1] = str(port)
    roles = [start("api", command, **variables)]
    command, variables = role("worker", **places)
    roles.append(start("worker", command, **variables))
    allowed = {"Authorization": f"Bearer {KEY}"}
    address = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=address, headers=allowed, timeout=30) as client:
        until(lambda: answers_ready(client), roles)
        file = io.BytesIO(RESUME.format(number=1).encode())
        accepted = client.post("/v1/resumes", files={"file": ("resume.txt", file)})
        assert accepted.status_code == httpx.codes.ACCEPTED
        status = until(lambda: final_status(client, accepted.headers["location"]), roles)
    assert status == "DONE"


def answers_ready(client):
    with contextlib.suppress(httpx.TransportError):
        return client.get("/readyz").status_code == httpx.codes.OK
    return False


def final_status(client, path):
    record = client.get(path, params={"wait": 20}).json()
    return record["status"] if record["status"] not in ("RECEIVED", "PROCESSING") else None
