"""How fast an upload is answered while every worker is busy, and whether the last result comes.

``python -m benchmarks.accept_latency`` starts the whole service on embedded defaults, with one
worker child a core, measures uploads while nothing else happens, then fills the queue so that all
workers parse, and measures 200 uploads in a row. Exit status 1 where the median is over the bound,
where the workers were not busy meanwhile, or where a result is missing at the end.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
#: Bound of the median of 202 while the workers are busy, in milliseconds.
BOUND_MS = 20.0
#: Uploads that keep the workers busy while the others are measured.
BACKLOG = 600
#: Uploads that are measured alone, and those before them that are not.
ALONE = 30
WARM_UPS = 5
#: Uploads between two looks at whether the workers are busy.
LOOK_EVERY = 10
#: Deadlines in seconds.
READY_SECONDS = 120.0
FINISH_SECONDS = 600.0
GOOD = {"DONE", "NEEDS_REVIEW"}
FINAL = GOOD | {"FAILED", "CANCELLED"}


def main() -> int:
    """Run the benchmark; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--uploads", type=int, default=200)
    options.add_argument("--workers", type=int, default=2)
    given = options.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="accept-latency-") as folder,
        running_service(Path(folder), given.workers) as client,
    ):
        return measure(client, given.uploads, given.workers)


def measure(client: httpx.Client, uploads: int, workers: int) -> int:
    """Measure and print; returns the exit status."""
    files = [path.read_bytes() for path in sorted(SAMPLES.glob("*.pdf"))]
    least = [timed(lambda: client.get("/livez")) for _ in range(uploads)]
    alone = upload_alone(client, files)
    _, backlog = upload_all(client, files, BACKLOG, "bulk")
    until(lambda: at_work(client)[0] >= workers, READY_SECONDS)
    busy, ids, looks = upload_while_busy(client, files, uploads)
    print_times(
        {
            "GET /livez (the least it can be)": least,
            "202, workers idle": alone,
            f"202, {workers} workers busy ({uploads} in a row)": busy,
        }
    )
    print(f"busy / idle: {statistics.median(busy) / statistics.median(alone):.2f}")
    running, waiting = statistics.mean(look[0] for look in looks), min(look[1] for look in looks)
    print(f"resumes at work: {running:.2f} on average; waiting: {waiting} at least")
    started = time.perf_counter()
    print(f"last result: {wait_for(client, ids[-1])} after {time.perf_counter() - started:.1f} s")
    failed = sum(wait_for(client, one) not in GOOD for one in (*ids, *backlog))
    print(f"all {len(ids) + len(backlog)} finished; without a result: {failed}")
    return 0 if statistics.median(busy) < BOUND_MS and waiting > 0 and not failed else 1


def print_times(measured: dict[str, list[float]]) -> None:
    """Median and 99th percentile of each, in milliseconds."""
    print(f"{'':36}{'median':>10}{'p99':>10}")
    for name, times in measured.items():
        print(f"{name:36}{statistics.median(times):8.2f}ms{percentile(times, 99):8.2f}ms")


def upload_alone(client: httpx.Client, files: list[bytes]) -> list[float]:
    """Milliseconds of uploads that each wait until the one before is finished."""
    times: list[float] = []
    for number in range(WARM_UPS + ALONE):
        took, ids = upload_all(client, files, 1, f"interactive alone {number}")
        wait_for(client, ids[0])
        times += took
    return times[WARM_UPS:]


def upload_while_busy(
    client: httpx.Client, files: list[bytes], uploads: int
) -> tuple[list[float], list[str], list[tuple[int, int]]]:
    """Milliseconds and ids, and what was at work and waiting meanwhile."""
    times: list[float] = []
    ids: list[str] = []
    looks = [at_work(client)]
    for number in range(0, uploads, LOOK_EVERY):
        took, more = upload_all(client, files, LOOK_EVERY, f"interactive busy {number}")
        times, ids = times + took, ids + more
        looks.append(at_work(client))
    return times, ids, looks


def upload_all(
    client: httpx.Client, files: list[bytes], count: int, label: str
) -> tuple[list[float], list[str]]:
    """Milliseconds and ids of ``count`` uploads, one after the other; each must be answered 202.

    ``label`` begins with the priority and makes the files of two calls differ.
    """
    times, ids = [], []
    for number in range(count):
        # a comment at the end makes them differ: the same bytes would be parsed once
        data = files[number % len(files)] + f"\n% {label} {number}\n".encode()
        started = time.perf_counter()
        answer = client.post(
            "/v1/resumes",
            files={"file": (f"{number}.pdf", data)},
            data={"priority": label.split(maxsplit=1)[0]},
        )
        times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != httpx.codes.ACCEPTED:
            sys.exit(f"an upload was answered {answer.status_code}: {answer.text}")
        ids.append(str(answer.json()["id"]))
    return times, ids


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def percentile(values: list[float], percent: int) -> float:
    """The value that so many per cent do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def at_work(client: httpx.Client) -> tuple[int, int]:
    """Pieces of work that a worker has, and that wait for one."""
    state = client.get("/v1/system").json()
    return int(state["running"]), int(state["waiting"])


def wait_for(client: httpx.Client, resume_id: str) -> str:
    """The final status of a resume."""

    def status() -> str | None:
        state = client.get(f"/v1/resumes/{resume_id}", params={"wait": 20}).json()["status"]
        return state if state in FINAL else None

    return until(status, FINISH_SECONDS)


def until(look: Callable[[], object], seconds: float) -> str:
    """What ``look`` returns once it is true."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            sys.exit("waited for too long")
        time.sleep(0.02)
    return str(found)


@contextlib.contextmanager
def running_service(folder: Path, workers: int) -> Iterator[httpx.Client]:
    """``resume-processor up`` on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    kept["RESUME_PROCESSOR_REQUESTS_PER_SECOND"] = "0"  # one client stands for many
    log = folder / "log.txt"
    command = [sys.executable, "-m", "resume_processor.cli", "up", "--port", str(port),
               "--workers", str(workers), "--data-dir", str(folder / "data")]  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=kept)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            until(lambda: is_ready(client, process, log), READY_SECONDS)
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def is_ready(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> bool:
    """Whether the service takes uploads and has its Redis."""
    if process.poll() is not None:
        sys.exit(f"the service ended:\n{log.read_text('utf-8', 'replace')[-4000:]}")
    with contextlib.suppress(httpx.TransportError):
        answer = client.get("/readyz")
        return answer.status_code == httpx.codes.OK and answer.json()["status"] == "ready"
    return False


if __name__ == "__main__":
    sys.exit(main())
