"""What a ranking costs with a real database: a new job against very many stored resumes.

    python -m benchmarks.stored_ranking [--url postgresql+psycopg://…] [--resumes 1000 10000 100000]

Without a URL a SQLite file in a new folder below the present one is used. Resumes are varied from
the invented people of evaluation/cases and stored as a worker stores them: record, result,
profile. Then a job is posted and two processes do what workers do: claim, split into parts, score
in chunks, commit. Printed are times, and what counts: the ratios of the cost of one resume between
pools, the growth of the workers' memory, and pages of the ranking beside a bare look-up by key in
the same database.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.scoring import JOB, invented, varied
from resume_processor.bootstrap import Services
from resume_processor.resume.encoding import to_json
from resume_processor.resume.record import ResumeStatus
from resume_processor.runtime.warm_up import warm_up
from resume_processor.scoring.profile import Profile, profile_of
from resume_processor.settings import Settings
from resume_processor.storage import transitions
from resume_processor.storage.blobs.local import LocalBlobs
from resume_processor.storage.search_text import search_text
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.kept_profiles import to_be_kept
from resume_processor.workflow.ports import NewResume, Outcome, RankingFilter, WorkerSign, WorkKind
from resume_processor.workflow.receive_job import NewJob, receive_job
from resume_processor.workflow.score_candidates import score_candidates

PAGE = 50
WORKERS = 2
#: Resumes inserted between two commits; only the benchmark stores so many at once.
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Run:
    """A pool ranked: seconds on the wall and of the processors, and memory of a worker in MiB."""

    wall: float
    cpu: float
    memory: int


@contextmanager
def services_at(url: str, folder: Path) -> Iterator[Services]:
    """What a worker has."""
    services = Services(
        settings=Settings(data_dir=folder, min_free_bytes=0),
        storage=SqlStorage(url),
        blobs=LocalBlobs(folder / "blobs"),
    )
    try:
        yield services
    finally:
        services.close()


def store(services: Services, profiles: Iterator[Profile], results: list[dict[str, Any]]) -> None:
    """Finished resumes, written to the tables that a worker writes."""
    assert isinstance(services.storage, SqlStorage)
    database = services.storage._database  # noqa: SLF001 - no worker stores so many at once
    chooser, now = random.Random(7), services.clock.now()
    chunk: list[tuple[dict[str, Any], ...]] = []
    for profile in profiles:
        now += timedelta(milliseconds=1)
        chunk.append(finished(new_id(now), profile, chooser.choice(results), now))
        if len(chunk) == CHUNK:
            write(database, chunk)
            chunk = []
    write(database, chunk)


def finished(
    resume_id: str, profile: Profile, result: dict[str, Any], now: Any
) -> tuple[dict[str, Any], ...]:
    """The rows of one resume: record, result, profile."""
    new = NewResume(
        id=resume_id,
        tenant="default",
        file_name="resume.pdf",
        size=1,
        sha256=resume_id.replace("-", "").rjust(64, "0"),
        blob_key=f"resumes/{resume_id}",
        now=now,
    )
    outcome = Outcome(ResumeStatus.DONE, "application/pdf", "benchmark", result)
    record = transitions.finished(transitions.received(new).record, outcome, now).record
    kept, of = to_be_kept(profile).stored, {"resume_id": resume_id, "tenant": "default"}
    return (
        {**rows.from_record(record), "search_text": search_text(record, result)},
        {**of, "body": result, "updated_at": now},
        {**of, "version": kept.version, "body": kept.body, "updated_at": now},
    )


def write(database: Any, chunk: list[tuple[dict[str, Any], ...]]) -> None:
    """One commit."""
    if not chunk:
        return
    with database.write(light=True) as connection:
        for number, table in enumerate((tables.resumes, tables.results, tables.profiles)):
            connection.execute(insert(table), [one[number] for one in chunk])


def work(url: str, folder: Path, ready: Any, done: Any) -> None:
    """A worker, warmed up as a real one: whatever waits is scored, until nothing does."""
    warm_up(fast=True)
    with services_at(url, folder) as services:
        services.storage.count_work()
        ready.wait()
        start = time.process_time()
        while True:
            now = services.clock.now()
            due = services.storage.due_work(now=now, dispatched_before=now, limit=9)
            if not due and not busy(services):
                break
            for item in due:
                score_candidates(item.subject_id, services, owner=services.new_owner())
            time.sleep(0 if due else 0.25)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    done.put((time.process_time() - start, memory))


def busy(services: Services) -> bool:
    """Whether any scoring waits or runs."""
    return any(kind is WorkKind.SCORE_JOB for kind, _ in services.storage.count_work())


def rank(url: str, folder: Path, services: Services, size: int) -> tuple[str, Run]:
    """Post a job and let the workers rank the pool."""
    spawn = multiprocessing.get_context("spawn")
    ready, done = spawn.Barrier(WORKERS + 1), spawn.Queue()
    now = services.clock.now()
    here = WorkerSign(
        "benchmark", children=WORKERS, memory_bytes=None, seen_at=now + timedelta(days=1)
    )
    services.storage.sign_on(here, forget_before=now)
    job = receive_job(NewJob(text=JOB.read_text("utf-8")), services)
    workers = [spawn.Process(target=work, args=(url, folder, ready, done)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    ready.wait()
    start = time.perf_counter()
    used = [done.get(timeout=3600) for _ in workers]
    for worker in workers:
        worker.join()
    wall = time.perf_counter() - start
    progress = services.storage.scoring_progress(job.id)
    assert (progress.scored, progress.candidates) == (size, size)
    return job.id, Run(wall, sum(cpu for cpu, _ in used), max(memory for _, memory in used))


def milliseconds(call: Callable[[], object]) -> tuple[float, float]:
    """The median of 21 calls: on the wall, and of the processor."""
    walls, cpus = [], []
    for _ in range(21):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return sorted(walls)[10] * 1000, sorted(cpus)[10] * 1000


def look_ups(services: Services, job_id: str) -> dict[str, tuple[float, float]]:
    """Pages of the ranking, in milliseconds."""
    storage = services.storage
    first = storage.ranking(job_id, limit=PAGE)
    best = first.rows[0].resume.id
    musts, rare = (
        RankingFilter(musts_met=True),
        RankingFilter(musts_met=True, min_months=600, language="german"),
    )
    pages = {
        "one score by key": lambda: storage.get_score(job_id, best),
        "first page": lambda: storage.ranking(job_id, limit=PAGE),
        "second page": lambda: storage.ranking(job_id, limit=PAGE, cursor=first.cursor),
        "first page, must-haves met": lambda: storage.ranking(job_id, limit=PAGE, only=musts),
        "first page, a filter that few meet": lambda: storage.ranking(
            job_id, limit=PAGE, only=rare
        ),
        "how far the scoring is": lambda: storage.scoring_progress(job_id),
    }
    return {name: milliseconds(call) for name, call in pages.items()}


def pools(url: str, folder: Path, sizes: list[int]) -> None:
    """Fill the database step by step, and rank each time."""
    resumes = invented()
    people, results = [profile_of(one) for one in resumes], [to_json(one) for one in resumes]
    stored, first = 0, 0.0
    with services_at(url, folder) as services:
        for size in sizes:
            pool = varied(people, size - stored)
            store(services, pool, results)
            stored = size
            job_id, run = rank(url, folder, services, size)
            each = (run.cpu) / size
            first = first or each
            print(
                f"{size:>7} resumes, {WORKERS} workers: {run.wall:6.1f} s, {run.cpu:6.1f} s of "
                f"processors, {each * 1e6:4.0f} µs each, ratio to the first {each / first:.2f}, "
                f"{run.cpu / run.wall:.1f} of {WORKERS} at work, at most {run.memory} MiB a worker",
                flush=True,
            )
            looked = look_ups(services, job_id)
            _, by_key = looked["one score by key"]
            for name, (wall, cpu) in looked.items():
                print(f"        {name:36} {wall:7.2f} ms, {cpu:6.2f} ms of the processor, "
                      f"{cpu / by_key:5.1f} × by key", flush=True)  # fmt: skip


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--url")
    parser.add_argument("--resumes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        url = options.url or f"sqlite:///{folder}/ranking.sqlite3"
        migrate(url)
        pools(url, folder, options.resumes)


if __name__ == "__main__":
    main()
