"""What a test has other processes do to the same database: run as a module, told by arguments.

python -m tests.contracts.storage.other_process URL claim OWNER SUBJECT ...
python -m tests.contracts.storage.other_process URL add PREFIX     until it is killed
python -m tests.contracts.storage.other_process URL seal           until it is killed
python -m tests.contracts.storage.other_process URL view NUMBER    all that others look at, too
python -m tests.contracts.storage.other_process URL migrate
"""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from resume_processor.resume.record import ResumeStatus
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.audit_port import Seen, Viewing
from tests.contracts.storage.samples import at, claim, done, new_resume

ROOT = Path(__file__).parents[3]

#: What it prints when it has all it needs and waits to be told to begin.
READY = "ready"

#: What each process of ``view`` looks at.
VIEWED = 200


def start(url: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process at work; it waits for a line on its input before it begins."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.contracts.storage.other_process", url, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(process: subprocess.Popen[str]) -> str:
    """The next line it prints; empty where it ended instead."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def whole_lines(process: subprocess.Popen[str]) -> list[str]:
    """All that it printed up to its end; a line that it died in is left out."""
    assert process.stdout is not None
    return process.stdout.read().split("\n")[:-1]


def go(*processes: subprocess.Popen[str]) -> None:
    """Let them begin together, the slowest to start included."""
    assert [told(process) for process in processes] == [READY] * len(processes)
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()


@contextmanager
def killed_after(*processes: subprocess.Popen[str]) -> Iterator[None]:
    """kill -9 to all of them at the end, whatever happened, and nothing of them left open."""
    try:
        yield
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.communicate()


def lines(process: subprocess.Popen[str], seconds: float = 60) -> list[str]:
    """What it printed until it ended by itself."""
    output, _ = process.communicate(timeout=seconds)
    assert process.returncode == 0
    return output.split()


def _claim_all(storage: SqlStorage, owner: str, subjects: list[str]) -> None:
    for subject in subjects:
        if claim(storage, subject, owner) is not None:
            print(subject)  # noqa: T201


def _add_for_ever(storage: SqlStorage, prefix: str) -> None:
    """Prints an id when the resume with it is stored, or done."""
    for number in itertools.count():
        resume_id = f"{prefix}{number}"
        storage.add_resume(new_resume(resume_id))
        print(f"added:{resume_id}", flush=True)  # noqa: T201
        claim(storage, resume_id, prefix)
        if storage.finish_resume(resume_id, done(), owner=prefix, now=at(2)):
            print(f"{ResumeStatus.DONE}:{resume_id}", flush=True)  # noqa: T201


def _seal_for_ever(storage: SqlStorage) -> None:
    """Prints a line for each part that was sealed."""
    while True:
        if storage.seal_audit(limit=5):
            print("sealed", flush=True)  # noqa: T201


def _view(storage: SqlStorage, number: int) -> None:
    """Each process in an order of its own. Prints how many were new."""
    order = random.Random(number).sample(range(VIEWED), VIEWED)
    viewings = [Viewing("default", "local", f"r{one}", Seen.RECORD, at(1)) for one in order]
    print(sum(storage.note_viewings(part, forget_before=at(-3600)) for part in batched(viewings)))  # noqa: T201


def batched(viewings: list[Viewing]) -> Iterator[list[Viewing]]:
    return (viewings[first : first + 10] for first in range(0, len(viewings), 10))


def _main(url: str, what: str, *arguments: str) -> None:
    print(READY, flush=True)  # noqa: T201
    sys.stdin.readline()
    if what == "migrate":
        migrate(url)
        return
    storage = SqlStorage(url)
    if what == "claim":
        _claim_all(storage, arguments[0], list(arguments[1:]))
    elif what == "seal":
        _seal_for_ever(storage)
    elif what == "view":
        _view(storage, int(arguments[0]))
    else:
        _add_for_ever(storage, arguments[0])


if __name__ == "__main__":
    _main(*sys.argv[1:])
