"""The product from the outside: its command line and a running service, with invented people."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

#: Deadlines in seconds, far above what is needed: the machine may be slow and shared.
READY_SECONDS = 120.0
FINISH_SECONDS = 180.0
STOP_SECONDS = 60.0

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FINAL = {"DONE", "NEEDS_REVIEW", "FAILED", "CANCELLED"}
OURS = ("REDIS_URL", "DATABASE_URL")

RESUME = """Ada Lindqvist
Backend Engineer
ada.lindqvist{number}@example.org | +44 20 7946 0000 | London, United Kingdom

Experience

Backend Engineer, Example Works, London
Jan 2018 - Mar 2021
- Built services with Python and PostgreSQL
- Ran them on Kubernetes

Junior Developer, Sample Labs, London
Jun 2015 - Dec 2017
- Wrote tools in Python

Education

BSc Computer Science, University of Example, 2012 - 2015

Skills
Python, PostgreSQL, Kubernetes, Docker

Languages
English (native), German (B2)
"""

JOB = """Backend Engineer

Requirements:
- Python and PostgreSQL
- 3 years of experience
- Bachelor's degree in Computer Science
- English

Nice to have: Kubernetes
"""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def pdf_of(text, *, password=None):
    """The text as a PDF, under a password where one is given."""
    out = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(out, invariant=1, encrypt=encryption)
    lines = canvas.beginText(50, 790)
    for line in text.splitlines():
        lines.textLine(line)
    canvas.drawText(lines)
    canvas.save()
    return out.getvalue()


#: Files that cannot be processed: name → (bytes, the code that says why).
HOPELESS = {
    "corrupt.pdf": (b"%PDF-1.7\n" + b"\x80garbage " * 200, "corrupt"),
    "truncated.pdf": (pdf_of(RESUME)[:300], "corrupt"),
    "picture.pdf": (PNG, "no_text"),
    "program.pdf": (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "unsupported_type"),
    "locked.pdf": (pdf_of(RESUME, password="secret"), "encrypted"),
    "blank.pdf": (pdf_of(""), "no_text"),
}


def environment(**more):
    """This process's environment without what would change the product's settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("RESUME_PROCESSOR_")
    }
    return {**kept, **more}


def run_cli(*arguments, cwd=None, timeout=FINISH_SECONDS, **more):
    """The finished command line."""
    return subprocess.run(
        [sys.executable, "-m", "resume_processor.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        cwd=cwd,
        env=environment(**more),
    )


class Service:
    """A running service and a client of it."""

    def __init__(self, process, client, log):
        self.process = process
        self.client = client
        self.log = log

    @property
    def url(self):
        return str(self.client.base_url)

    def upload(self, name, data, **fields):
        """An accepted upload's receipt."""
        answer = self.client.post("/v1/resumes", files={"file": (name, data)}, data=fields)
        assert answer.status_code == 202, answer.text
        return answer.json()

    def wait(self, resume_id, seconds=FINISH_SECONDS):
        """The resume once it is final."""
        deadline = time.monotonic() + seconds
        while True:
            answer = self.client.get(f"/v1/resumes/{resume_id}", params={"wait": 20})
            assert answer.status_code == 200, answer.text
            state = answer.json()
            if state["status"] in FINAL:
                return state
            assert time.monotonic() < deadline, (state, self.tail())

    def until(self, look, seconds=FINISH_SECONDS):
        """What ``look`` returns once it is true."""
        deadline = time.monotonic() + seconds
        while not (found := look()):
            assert time.monotonic() < deadline, self.tail()
            time.sleep(0.1)
        return found

    def tail(self):
        """The end of the service's log."""
        return self.log.read_text("utf-8", "replace")[-4000:]


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running_service(folder, **more):
    """``resume-processor up`` on a free port, ready; stopped at the end."""
    port, log = free_port(), folder / "log.txt"
    command = [
        sys.executable,
        "-m",
        "resume_processor.cli",
        "up",
        "--port",
        str(port),
        "--workers",
        "2",
        "--data-dir",
        str(folder / "data"),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=environment(**more)
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            wait_until_ready(process, client, log)
            yield Service(process, client, log)
    finally:
        stop(process)


def wait_until_ready(process, client, log):
    deadline = time.monotonic() + READY_SECONDS
    while True:
        with contextlib.suppress(httpx.TransportError):
            answer = client.get("/readyz")
            if answer.status_code == 200 and answer.json()["status"] == "ready":
                return
        assert process.poll() is None, log.read_text("utf-8", "replace")
        assert time.monotonic() < deadline, log.read_text("utf-8", "replace")
        time.sleep(0.1)


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
