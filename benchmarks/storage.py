"""What the storage costs: one resume from upload to outcome, and a long backlog.

    python -m benchmarks.storage [--url postgresql+psycopg://…] [--count 400] [--backlog 20000]

Without a URL a SQLite file in a new folder below the present one is used, so that the disk is the
one that is asked about. Printed for each call are wall and CPU time; what counts are the ratios: of
a stored resume to a bare commit of one row on the same disk, of what the audit log adds to what
there is without it (to a resume, and to a look at one), and of the same calls with a long and a
short backlog.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from resume_processor.resume.record import Priority, ResumeStatus, Stage
from resume_processor.runtime.viewing_writer import BATCH
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.audit_chain import digest, seal_all
from resume_processor.workflow.audit_port import Action, Happening, Seen, Viewing
from resume_processor.workflow.ports import EnteredStage, NewResume, Outcome, WorkKind
from resume_processor.workflow.viewings import Viewings

NOW = datetime.now(UTC)
LATER = NOW + timedelta(seconds=30)
KIND = WorkKind.PROCESS_RESUME
SHORT = 200

#: About as large as the result of a resume of two pages, in values with evidence.
VALUES = 200


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one call, in milliseconds."""

    wall: float
    cpu: float


def cost(call: Callable[[int], object], count: int) -> Cost:
    """The mean of so many calls."""
    wall, cpu = time.perf_counter(), time.process_time()
    for number in range(count):
        call(number)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Cost(wall / count * 1000, cpu / count * 1000)


def result() -> dict[str, Any]:
    """A ParsedResume as JSON, in size."""
    evidence = {
        "places": [{"page": 1, "box": [72.5, 60.25, 180.75, 74.0]}],
        "source": "Words as they stand in the document",
        "rule": "entry",
        "confidence": 0.93,
    }
    return {
        "resume": {"basics": {"name": "Mara Vogel"}, "skills": [{"name": "Pruning"}]},
        "evidence": {f"/work/{number}/position": evidence for number in range(VALUES)},
    }


def add(storage: SqlStorage, number: int, priority: Priority = Priority.INTERACTIVE) -> None:
    """Store a resume."""
    storage.add_resume(
        NewResume(
            id=f"{priority}{number:08}",
            tenant="default",
            file_name="resume.pdf",
            size=1,
            sha256=f"{number:064}",
            blob_key=f"resumes/{number}",
            now=NOW,
            priority=priority,
        )
    )


def steps(storage: SqlStorage) -> dict[str, Callable[[int], object]]:
    """What happens to a resume, in order."""

    def name(number: int) -> str:
        return f"{Priority.INTERACTIVE}{number:08}"

    outcome = Outcome(ResumeStatus.DONE, "application/pdf", "v1", result())
    return {
        "add_resume": lambda n: add(storage, n),
        "due_work (10)": lambda _: storage.due_work(now=LATER, dispatched_before=NOW, limit=10),
        "claim": lambda n: storage.claim(
            KIND, name(n), owner="o", now=NOW, lease_until=LATER, max_attempts=3
        ),
        "enter_stages": lambda n: storage.enter_stages(
            name(n), [EnteredStage(Stage.SCORING, NOW)], owner="o"
        ),
        "renew": lambda n: storage.renew(KIND, name(n), owner="o", lease_until=LATER),
        "finish_resume": lambda n: storage.finish_resume(name(n), outcome, owner="o", now=NOW),
        "get_resume": lambda n: storage.get_resume(name(n)),
        "get_result": lambda n: storage.get_result(name(n)),
        "list_resumes (50)": lambda _: storage.list_resumes(tenant="default", limit=50),
    }


def audit(storage: SqlStorage, count: int) -> dict[str, Cost]:
    """What the audit log adds to a resume: notes, the hash of its result, sealed entries."""
    told = [Happening(Action.RESUME_PARSED, "r", None, {"version": "v1", "result": "0" * 64})]
    with storage._database.write(light=True) as connection:  # noqa: SLF001 - without the commit
        noting = cost(lambda _: note_down(connection, "o", "default", NOW, told), count)
    parsed = result()
    hashing = cost(lambda _: digest(parsed), count)
    wall, cpu = time.perf_counter(), time.process_time()
    entries = seal_all(storage)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    sealing = Cost(wall / entries * 1000, cpu / entries * 1000)
    each = {"2 notes": noting, "its hash": hashing, "2 sealed": sealing}
    return {
        name: Cost(one.wall * times, one.cpu * times)
        for (name, one), times in zip(each.items(), (2, 1, 2), strict=True)
    }


def looks(storage: SqlStorage, count: int) -> dict[str, Cost]:
    """What a look at a resume costs: the first of the hour, the next ones, and storing them."""
    kept = Viewings()
    seen = [Viewing("default", "key:k", f"r{n}", Seen.RECORD, NOW) for n in range(count)]
    first = cost(lambda number: kept.add(seen[number]), count)
    again = cost(lambda number: kept.add(seen[number]), count)
    whole = cost(lambda _: storage.note_viewings(seen, forget_before=NOW - timedelta(hours=2)), 1)
    return {
        "first look": first,
        "another look": again,
        "a look stored": Cost(whole.wall / count, whole.cpu / count),
    }


def bare_commit(folder: Path, count: int) -> Cost:
    """One row and one sync, without anything around it."""
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE bare (x)")
    measured = cost(
        lambda _: connection.execute("INSERT INTO bare VALUES (?)", ("x" * 400,)), count
    )
    connection.close()
    return measured


def backlog(storage: SqlStorage, length: int) -> dict[str, Cost]:
    """Calls of the dispatcher and of an upload while so many resumes wait."""
    waiting = sum(storage.count_work().values())
    for number in range(waiting, length):
        add(storage, number, Priority.BULK)
    return {
        "due_work (100)": cost(
            lambda _: storage.due_work(now=LATER, dispatched_before=NOW, limit=100), 50
        ),
        "count_work": cost(lambda _: storage.count_work(), 50),
        "oldest_waiting": cost(lambda _: storage.oldest_waiting(), 50),
    }


def report(url: str, folder: Path, count: int, length: int) -> None:
    """Print the table."""
    migrate(url)
    storage = SqlStorage(url)
    bare = bare_commit(folder, count)
    print(f"{'bare commit (SQLite)':22} {bare.wall:8.2f} ms {bare.cpu:8.2f} ms CPU")
    total, read = Cost(0, 0), 0.0
    for name, step in steps(storage).items():
        measured = cost(step, count)
        print(f"{name:22} {measured.wall:8.2f} ms {measured.cpu:8.2f} ms CPU")
        if name in ("add_resume", "claim", "enter_stages", "finish_resume"):
            total = Cost(total.wall + measured.wall, total.cpu + measured.cpu)
        if name in ("get_resume", "get_result"):
            read += measured.wall
        if name == "add_resume":
            print(f"{'':22} {1000 / measured.wall:8.0f} a second")
            print(f"{'':22} {measured.wall / bare.wall:8.1f} bare commits")
    print(f"{'upload to outcome':22} {total.wall:8.2f} ms {total.cpu:8.2f} ms CPU")
    added = 0.0
    for name, measured in audit(storage, count).items():
        print(f"audit: {name:15} {measured.wall:8.2f} ms {measured.cpu:8.2f} ms CPU")
        added += measured.cpu
    print(f"{'audit log':22} {added / total.cpu:8.0%} of the CPU from upload to outcome")
    for name, measured in looks(storage, min(count, BATCH)).items():
        print(f"{name:22} {measured.wall:8.4f} ms, {measured.wall / read:.1%} of reading a resume")
    short, long = backlog(storage, SHORT), backlog(storage, length)
    for name, measured in long.items():
        ratio = measured.wall / short[name].wall
        print(f"{name:22} {measured.wall:8.2f} ms with {length} waiting, {ratio:.1f} × {SHORT}")
    storage.close()


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--backlog", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        url = options.url or f"sqlite:///{folder}/storage.sqlite3"
        report(url, Path(folder), options.count, options.backlog)


if __name__ == "__main__":
    main()
