import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from resume_processor.errors import InvalidRequest
from resume_processor.runtime.run_all import run
from resume_processor.settings import Settings
from tests.chaos.stage import RESUME, children_of, wait_for

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds processes in /proc"),
]

#: Says on standard output when it is ready.
PROGRAM = """
import sys
from pathlib import Path
from resume_processor.runtime import embedded_redis
from resume_processor.runtime.run_all import run
from resume_processor.settings import Settings
embedded_redis.DEFAULT_REDIS_URL = "redis://127.0.0.1:1/0"  # whatever runs on this machine
run(Settings(data_dir=Path(sys.argv[1])), "127.0.0.1", int(sys.argv[2]), 1,
    on_ready=lambda url, _link: print(url, flush=True))
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def up(tmp_path):
    """The whole service in a process of its own; its process and its address."""
    environment = {key: value for key, value in os.environ.items() if key != "REDIS_URL"}
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(port)],
        env={**environment, "RESUME_PROCESSOR_SHUTDOWN_SECONDS": "3"},
        stdout=subprocess.PIPE,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while (line := process.stdout.readline()).strip() != url:
            assert line, "it ended before it was ready"
        yield process, url
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def upload(url):
    files = {"file": ("resume.txt", f"{RESUME}{time.monotonic_ns()}".encode())}
    response = httpx.post(f"{url}/v1/resumes", files=files)
    assert response.status_code == 202
    return response.json()["id"]


def status(url, resume_id):
    return httpx.get(f"{url}/v1/resumes/{resume_id}").json()["status"]


def final(url, resume_id):
    return status(url, resume_id) in ("DONE", "NEEDS_REVIEW", "FAILED")


def commands(pids):
    """What runs under these process ids."""
    return {
        pid: Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode() for pid in pids
    }


def child(process, word):
    """The child whose command line has this word."""
    return wait_for(
        lambda: next((p for p, c in commands(children_of(process.pid)).items() if word in c), None)
    )


def test_all_of_it_runs_on_a_private_redis(up, tmp_path):
    _, url = up
    resume_id = upload(url)
    wait_for(lambda: final(url, resume_id), 40)
    assert status(url, resume_id) != "FAILED"
    report = httpx.get(f"{url}/v1/resumes/{resume_id}").json()
    task = wait_for(
        lambda: (
            (found := httpx.get(f"{url}/v1/tasks/{report['task_id']}").json())["ready"] and found
        )
    )
    assert task["state"] == "SUCCESS"
    assert task["result"]["resume_id"] == resume_id
    assert (tmp_path / "redis" / "appendonlydir").is_dir()
    assert "not_ready" not in json.dumps(httpx.get(f"{url}/readyz").json()["status"])


def test_each_part_that_is_killed_is_started_again(up):
    process, url = up
    for word in ("uvicorn", "celery_worker", "-server "):
        pid = child(process, word)
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda pid=pid, word=word: child(process, word) != pid)

    def answers():
        try:
            return httpx.get(f"{url}/livez").status_code == 200
        except httpx.TransportError:
            return False

    wait_for(answers)
    resume_id = upload(url)
    wait_for(lambda: final(url, resume_id), 40)


def test_it_ends_as_a_whole(up, tmp_path):
    process, _ = up
    child(process, "celery_worker")
    family = [*children_of(process.pid)]
    family += [grandchild for pid in family for grandchild in children_of(pid)]
    assert len(family) >= 3
    begin = time.monotonic()
    process.terminate()
    assert process.wait(30) == 0
    assert time.monotonic() - begin < 20
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), 5)
    assert not (tmp_path / "redis" / "url").exists()


def test_a_port_that_is_taken_is_refused(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InvalidRequest, match=str(port)):
            run(Settings(data_dir=tmp_path), "127.0.0.1", port, 1, stop=threading.Event())


@pytest.mark.parametrize(
    "command",
    [
        ["src/resume_processor/celery_config/celery_worker.py"],
        ["-m", "resume_processor.celery_config.celery_worker"],
        ["-m", "celery", "-A", "resume_processor.celery_config.celery_app", "worker", "-l", "info"],
    ],
)
def test_a_worker_can_be_started_by_hand(service, command):
    service.start("redis", "dispatcher")
    environment = {**os.environ, **service.programs["worker"].environment}
    worker = subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        cwd=Path(__file__).parents[3],
        start_new_session=True,
    )
    try:
        service.wait_until_final([service.upload()])
    finally:
        worker.terminate()
        assert worker.wait(30) == 0
