"""A batch of many files through the whole service: time, and memory that stays flat.

    python -m benchmarks.large_batch [--files 10000]

Starts the service on a port of its own, sends one zip of invented resumes as text, and looks at the
batch and at the memory of its processes until all are processed. No two files are the same.
"""

from __future__ import annotations

import argparse
import io
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

RESUME = """Ada Example {number}
ada{number}@example.com

Experience

Software Engineer, Example Works, January 2019 - December 2023
- Built services in Python and PostgreSQL

Skills

Python, PostgreSQL
"""


def main() -> None:
    """Print a line now and then, and the summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as (url, pid):
        measure(url, pid, archive_of(files))


def archive_of(files: int) -> bytes:
    """A zip of so many resumes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(files):
            archive.writestr(f"folder-{number % 10}/{number}.txt", RESUME.format(number=number))
    return file.getvalue()


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, int]]:
    """The service; its address and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "resume_processor.cli", "up", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--data-dir", str(folder / "data")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url)
        yield url, process.pid
        process.send_signal(signal.SIGTERM)


def wait_until_up(url: str) -> None:
    """Until it answers, two minutes at most."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/livez")
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the service does not start")


def measure(url: str, pid: int, archive: bytes) -> None:
    """Send the batch and follow it."""
    before, begin = memory(pid), time.monotonic()
    answer = httpx.post(
        f"{url}/v1/batches",
        content=archive,
        headers={"Content-Type": "application/zip"},
        timeout=300,
    ).raise_for_status()
    taken = time.monotonic() - begin
    batch = answer.json()
    print(f"{batch['expected']} files, {len(archive) / 1e6:.1f} MB: 202 after {taken:.2f} s")
    peaks, unpacked, shown = [before], None, 0.0
    while True:
        report = httpx.get(f"{url}/v1/batches/{batch['id']}", timeout=60).json()
        now = time.monotonic() - begin
        peaks.append(memory(pid))
        if unpacked is None and report["received"] == batch["expected"]:
            unpacked = now
        if now - shown > 15 or report["status"] == "COMPLETE":
            shown = now
            received, finished = report["received"], report["finished"]
            print(f"{now:6.1f} s  received {received:6}  final {finished:6}  {peaks[-1]:5.0f} MB")
        if report["status"] in ("COMPLETE", "FAILED"):
            break
        time.sleep(1)
    rate = batch["expected"] / now
    print(f"unpacked after {unpacked:.1f} s, all final after {now:.1f} s: {rate:.1f} resumes/s")
    print({status: count for status, count in report["counts"].items() if count})
    third = len(peaks) // 3
    early, late = max(peaks[: third + 1]), max(peaks[-third - 1 :])
    print(f"memory of all processes: {before:.0f} MB before, at most {max(peaks):.0f} MB;")
    print(f"last third to first third: {late / early:.2f}")


def memory(pid: int) -> float:
    """Proportional set size of a process and all below it, in MB."""
    own = 0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                own = int(line.split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return own / 1024 + sum(memory(int(child)) for child in children)


if __name__ == "__main__":
    main()
