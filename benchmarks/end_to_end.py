"""From upload to DONE: how fast, what of it is parsing, what the queue costs, and whether it lasts.

``python -m benchmarks.end_to_end`` starts real processes (API, workers, Redis, SQLite) and prints

- resumes a second from upload to DONE for the sample resumes, and the share of the CPU that reading
  and parsing take when they run alone;
- CPU milliseconds a task costs on top of that, with documents so small that little else is left;
- median and 99th percentile of 202 while all workers are busy, beside those while they rest;
- how fast a large backlog drains against a small one, as a ratio.

``--postgres`` runs two API processes and four workers on a real PostgreSQL. Exit status 1 where a
resume has no result, the overhead is over its bound, or the large backlog drains much slower.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.running_service import Cost, RunningService
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume

SAMPLES = Path(__file__).resolve().parents[1] / "samples"

#: Most CPU that a task may cost beside the work itself, in milliseconds.
OVERHEAD_BOUND_MS = 5.0

#: Least rate of the large backlog in parts of the small one's.
LASTING_BOUND = 0.8

#: Uploads at a time while a backlog is made.
CLIENTS = 4

TINY = """Ada Example
ada.example{number}@example.org | +44 20 7946 0000

Experience
Engineer, Example Works, 2018 - 2021

Skills
Python, SQL
"""


@dataclass(frozen=True, slots=True)
class Drained:
    """A backlog that was made while the workers stood still, and then worked off."""

    size: int
    upload_seconds: float
    drain_seconds: float
    accepting: Cost
    draining: Cost

    @property
    def rate(self) -> float:
        """Resumes a second while the workers worked."""
        return self.size / self.drain_seconds


def main() -> int:
    """Run the benchmark; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--small", type=int, default=200, help="resumes of the small backlog")
    options.add_argument("--large", type=int, default=2_000, help="resumes of the large backlog")
    options.add_argument("--samples", type=int, default=200, help="sample resumes, repeated")
    options.add_argument("--uploads", type=int, default=200, help="uploads while workers are busy")
    given = options.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="end-to-end-")))
        apis, workers, children = (2, 4, 1) if given.postgres else (1, 1, 2)
        service = stack.enter_context(
            RunningService(folder, postgres=given.postgres, apis=apis, workers=workers,
                           children=children)
        )  # fmt: skip
        print(f"{apis} API, {workers} worker(s) of {children}, {service.database}", flush=True)
        return measure(service, given)


def measure(service: RunningService, given: argparse.Namespace) -> int:
    """All figures; returns the exit status."""
    drain(service, tiny_documents("warm-up"), 40)
    throughput(service, given.samples)
    small = drain(service, tiny_documents("small"), given.small)
    overhead = queue_overhead(small)
    acceptance(service, given.uploads)
    large = drain(service, tiny_documents("large"), given.large)
    ratio = large.rate / small.rate
    for drained in (small, large):
        print(f"backlog of {drained.size:6}: {drained.rate:7.1f} resumes/s drained, "
              f"{drained.size / drained.upload_seconds:7.1f}/s accepted before")  # fmt: skip
    print(f"rate of the large backlog / the small one: {ratio:.2f} (at least {LASTING_BOUND})")
    lost = service.unfinished()
    print(f"without a final state: {lost}")
    good = overhead <= OVERHEAD_BOUND_MS and ratio >= LASTING_BOUND and not lost
    return 0 if good else 1


def throughput(service: RunningService, count: int) -> None:
    """Resumes a second from upload to DONE, and the share of the work itself."""
    documents = sample_documents()
    alone = cpu_alone(itertools.islice(sample_documents(), min(count, 60)))
    before, began = service.cost(), time.perf_counter()
    upload(service, documents, count)
    service.wait_until_idle()
    seconds, cost = time.perf_counter() - began, service.cost() - before
    total = cost.total * 1000 / count
    print(f"sample resumes: {count / seconds:.1f}/s from upload to DONE "
          f"({cost.total / seconds:.2f} cores busy)")  # fmt: skip
    print(f"CPU a resume: {total:.1f} ms in all, reading and parsing alone {alone:.1f} ms: "
          f"share {alone / total:.2f}")  # fmt: skip


def queue_overhead(drained: Drained) -> float:
    """CPU milliseconds of a task beside its work; printed by process."""
    alone = cpu_alone(itertools.islice(tiny_documents("alone"), drained.size))
    a_task = drained.draining.total * 1000 / drained.size
    overhead = a_task - alone
    parts = ", ".join(
        f"{role} {seconds * 1000 / drained.size:.2f}"
        for role, seconds in sorted(drained.draining.seconds.items())
    )
    print(f"CPU a tiny task: {a_task:.2f} ms ({parts}); its reading and parsing alone {alone:.2f}")
    print(f"queue overhead: {overhead:.2f} ms of CPU a task (at most {OVERHEAD_BOUND_MS})")
    print(f"accepting: {drained.accepting.total * 1000 / drained.size:.2f} ms of CPU an upload")
    return overhead


def acceptance(service: RunningService, count: int) -> None:
    """How long 202 takes while the workers rest and while they are busy."""
    resting = timed_uploads(service, sample_documents(), 40)[5:]
    service.wait_until_idle()
    upload(service, sample_documents(), 4 * count)
    busy = timed_uploads(service, sample_documents(), count)
    still_busy = service.waiting() > 0
    service.wait_until_idle()
    for name, times in (("resting", resting), ("busy", busy)):
        print(f"202 while workers are {name}: median {statistics.median(times):.1f} ms, "
              f"p99 {percentile(times, 99):.1f} ms ({len(times)} uploads)")  # fmt: skip
    ratio = statistics.median(busy) / statistics.median(resting)
    print(f"busy / resting: {ratio:.2f}; work was left at the end: {still_busy}")


def drain(service: RunningService, documents: Iterator[bytes], count: int) -> Drained:
    """Upload ``count`` while the workers stand still, let them go, wait for the last one."""
    before = service.cost()
    with service.workers_standing_still():
        began = time.perf_counter()
        upload(service, documents, count)
        uploaded = time.perf_counter() - began
        made = service.cost()
        began = time.perf_counter()
    service.wait_until_idle()
    seconds = time.perf_counter() - began
    return Drained(count, uploaded, seconds, made - before, service.cost() - made)


def upload(service: RunningService, documents: Iterator[bytes], count: int) -> None:
    """Several at a time, over all API processes; each must be answered 202."""
    work = [(url, next(documents)) for url, _ in zip(itertools.cycle(service.urls), range(count))]
    with httpx.Client(timeout=120) as client, ThreadPoolExecutor(CLIENTS) as pool:
        for _ in pool.map(lambda one: post(client, *one), work):
            pass


def timed_uploads(service: RunningService, documents: Iterator[bytes], count: int) -> list[float]:
    """Milliseconds of each, one after the other."""
    with httpx.Client(timeout=120) as client:
        return [timed(lambda: post(client, service.urls[0], next(documents))) for _ in range(count)]


def post(client: httpx.Client, url: str, data: bytes) -> None:
    """One upload."""
    answer = client.post(f"{url}/v1/resumes", files={"file": ("resume", data)})
    if answer.status_code != httpx.codes.ACCEPTED:
        sys.exit(f"an upload was answered {answer.status_code}: {answer.text}")


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that a call takes."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def percentile(values: list[float], percent: int) -> float:
    """The value that so many per cent do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


_NUMBERS = itertools.count(1)


def tiny_documents(label: str) -> Iterator[bytes]:
    """Small texts, no two alike: the same bytes would be parsed once."""
    for number in _NUMBERS:
        yield f"{TINY.format(number=number)}\n{label} {number}\n".encode()


def sample_documents() -> Iterator[bytes]:
    """The PDFs among the samples, over and over, no two alike."""
    files = [path.read_bytes() for path in sorted(SAMPLES.glob("*.pdf"))]
    for number in _NUMBERS:
        yield files[number % len(files)] + f"\n% copy {number}\n".encode()


def cpu_alone(documents: Iterator[bytes]) -> float:
    """CPU milliseconds of reading and parsing one document, in this process, warm."""
    several = list(documents)
    for data in several[:5]:
        parse_resume(read_document(data, Limits()))
    began = time.process_time()
    for data in several:
        parse_resume(read_document(data, Limits()))
    return (time.process_time() - began) * 1000 / len(several)


if __name__ == "__main__":
    sys.exit(main())
