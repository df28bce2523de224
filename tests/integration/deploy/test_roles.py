"""The commands and variables of the compose file, as plain processes on real servers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import boto3
import httpx
import pytest
import yaml
from moto.server import ThreadedMotoServer

from resume_processor.runtime.embedded_redis import EmbeddedRedis
from resume_processor.runtime.supervisor import Supervisor
from tests.acceptance.harness import free_port, stop
from tests.chaos.stage import wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

COMPOSE = yaml.safe_load(
    (Path(__file__).resolve().parents[3] / "deploy/compose.yaml").read_text("utf-8")
)
RESUME = b"""Ada Example
ada@example.org | +44 20 7946 0000

Experience
Engineer, Example Works, 2018 - 2021

Skills
Python, SQL
"""


@pytest.fixture
def redis_url(tmp_path):
    server, ended = EmbeddedRedis.claim(tmp_path / "redis"), threading.Event()
    thread = threading.Thread(target=Supervisor([server.program]).run, args=(ended,))
    thread.start()
    yield server.url
    ended.set()
    thread.join(30)
    server.release()


@pytest.fixture
def bucket():
    """Variables that name a bucket on a real S3 server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url, keys = f"http://{host}:{port}", {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    client = boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="a",
        aws_secret_access_key="b",
    )
    client.create_bucket(Bucket="resumes")
    yield {"BLOB_URL": "s3://resumes/files", "AWS_ENDPOINT_URL": url, **keys}
    client.close()
    server.stop()


def environment_of(service, **ours):
    """The variables of a service, with defaults filled in and our servers for its own."""
    defaults = {
        name: re.sub(r"\$\{\w+:[-?]([^}]*)\}", r"\1", value)
        for name, value in COMPOSE["services"][service]["environment"].items()
    }
    return {**os.environ, **defaults, **ours}


@contextmanager
def started(service, log, *options, **ours):
    command = [
        sys.executable,
        "-m",
        "resume_processor.cli",
        *COMPOSE["services"][service]["command"],
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, *options],
            env=environment_of(service, **ours),
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        stop(process)


def answered(client, path):
    try:
        return client.get(path)
    except httpx.TransportError:
        return None


def status_of(client, resume_id):
    return client.get(f"/v1/resumes/{resume_id}", params={"wait": 10}).json()["status"]


def test_api_and_workers_of_the_compose_file_work_together(
    empty_postgres_url, redis_url, bucket, tmp_path
):
    database = empty_postgres_url.replace("postgresql+psycopg://", "postgresql://")
    port, log = free_port(), tmp_path / "log.txt"
    ours = {
        "REDIS_URL": redis_url,
        "DATABASE_URL": database,
        "RESUME_PROCESSOR_DATA_DIR": str(tmp_path / "data"),
        **bucket,
    }
    with (
        started("api", log, "--host", "127.0.0.1", "--port", str(port), **ours),
        started("worker", log, **ours),
        started("worker", log, **ours),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
    ):
        wait_for(lambda: (a := answered(client, "/readyz")) and a.status_code == 200, 240)
        wait_for(lambda: "resume_processor_workers 2.0" in client.get("/metrics").text, 240)
        assert client.get("/readyz").json()["not_ready"] == []
        ids = []
        for number in range(6):
            file = {"file": ("a.txt", RESUME + str(number).encode())}
            ids.append(client.post("/v1/resumes", files=file).json()["id"])
        for one in ids:
            wait_for(lambda one=one: status_of(client, one) in ("DONE", "NEEDS_REVIEW"), 120)
        assert client.get(f"/v1/resumes/{ids[0]}/original").content == RESUME + b"0"
    assert not (tmp_path / "data/blobs").exists()
