"""From upload to DONE: how fast, what of it is parsing, what the queue costs, and whether it lasts.

``python -m benchmarks.end_to_end`` starts real processes (API, workers, Redis, SQLite) and prints

- ``throughput``: resumes a second from upload to DONE for the sample resumes, and the share of the
  CPU that reading and parsing take when they run alone;
- ``overhead``: CPU milliseconds of a task with documents so small that little else is left, and
  what remains for the queue when reading, parsing, scoring, storing the result and forgetting what
  was read are taken off: what they cost as many processes, at once, that have no queue;
- ``acceptance``: median and 99th percentile of 202 while all workers are busy, beside those while
  they rest;
- ``backlog``: how fast a large backlog of the small documents drains against a small one.

``--only`` runs some of these, each on a service of its own, so that a machine that is needed for
other things is not needed for long. ``--postgres`` runs two API processes and four workers on a
real PostgreSQL. Exit status 1 where a resume has no result, the queue costs more than its bound, or
the large backlog drains much slower.
"""

from __future__ import annotations

import argparse
import itertools
import logging
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
import structlog

from benchmarks.running_service import Cost, RunningService
from benchmarks.work_alone import work_alone

SAMPLES = Path(__file__).resolve().parents[1] / "samples"

#: Most CPU that a task may cost beside the work itself, in milliseconds.
OVERHEAD_BOUND_MS = 5.0

#: Least rate of the large backlog in parts of the small one's.
LASTING_BOUND = 0.8

#: How often the small backlog is made; the median counts, one takes no more than seconds.
SMALL_RUNS = 3

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
    options.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--small", type=int, default=200, help="resumes of the small backlog")
    options.add_argument("--large", type=int, default=20_000, help="resumes of the large backlog")
    options.add_argument("--samples", type=int, default=200, help="sample resumes, repeated")
    options.add_argument("--uploads", type=int, default=200, help="uploads while workers are busy")
    given = options.parse_args()
    logging.basicConfig(level=logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    # all of them are run, also where one is not good
    return max([run(part, given) for part in given.only])


def run(part: str, given: argparse.Namespace) -> int:
    """One part on a service of its own; its exit status."""
    apis, workers, children = (2, 4, 1) if given.postgres else (1, 1, 2)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="end-to-end-")))
        service = stack.enter_context(
            RunningService(folder, postgres=given.postgres, apis=apis, workers=workers,
                           children=children)
        )  # fmt: skip
        print(
            f"{part}: {apis} API, {workers} worker(s) of {children}, {service.database}", flush=True
        )
        drain(service, tiny_documents("warm-up"), 40 * workers * children)
        good = PARTS[part](service, given)
        lost = service.unfinished()
        print(f"without a final state: {lost}\n", flush=True)
    return 0 if good and not lost else 1


def backlog(service: RunningService, given: argparse.Namespace) -> bool:
    """Whether a large backlog drains about as fast as a small one."""
    several = [drain(service, tiny_documents("small"), given.small) for _ in range(SMALL_RUNS)]
    small = sorted(several, key=lambda one: one.rate)[SMALL_RUNS // 2]
    large = drain(service, tiny_documents("large"), given.large)
    for drained in (*several, large):
        print(f"backlog of {drained.size:6}: {drained.rate:7.1f} resumes/s drained, "
              f"{drained.size / drained.upload_seconds:7.1f}/s accepted before")  # fmt: skip
    ratio = large.rate / small.rate
    print(f"large backlog / median of the small ones: {ratio:.2f} (at least {LASTING_BOUND})")
    return ratio >= LASTING_BOUND


def throughput(service: RunningService, given: argparse.Namespace) -> bool:
    """Resumes a second from upload to DONE, and the share of the work itself."""
    count = given.samples
    alone = work_alone(service, sample_documents(), 40)
    before, began = service.cost(), time.perf_counter()
    upload(service, sample_documents(), count)
    service.wait_until_idle()
    seconds, cost = time.perf_counter() - began, service.cost() - before
    total = cost.total * 1000 / count
    print(f"sample resumes: {count / seconds:.1f}/s from upload to DONE "
          f"({cost.total / seconds:.2f} cores busy)")  # fmt: skip
    print(f"CPU a resume: {total:.1f} ms in all, upload included; reading and parsing alone "
          f"{alone.parsing:.1f} ms: share {alone.parsing / total:.2f}")  # fmt: skip
    return True


def overhead(service: RunningService, given: argparse.Namespace) -> bool:
    """Whether the queue costs no more CPU a task than it may."""
    drained = drain(service, tiny_documents("small"), max(given.small, 400))
    alone = work_alone(service, tiny_documents("alone"), 400)
    a_task = drained.draining.total * 1000 / drained.size
    queue = a_task - alone.total
    parts = ", ".join(
        f"{role} {seconds * 1000 / drained.size:.2f}"
        for role, seconds in sorted(drained.draining.seconds.items())
    )
    print(f"CPU a tiny task: {a_task:.2f} ms ({parts})")
    print(f"of it, as measured without a queue: reading and parsing {alone.parsing:.2f}, "
          f"scoring {alone.scoring:.2f}, storing the result {alone.storing:.2f}, "
          f"forgetting its words {alone.forgetting:.2f}")  # fmt: skip
    print(f"queue: {queue:.2f} ms of CPU a task (at most {OVERHEAD_BOUND_MS})")
    print(f"accepting: {drained.accepting.total * 1000 / drained.size:.2f} ms of CPU an upload")
    return queue <= OVERHEAD_BOUND_MS


def acceptance(service: RunningService, given: argparse.Namespace) -> bool:
    """How long 202 takes while the workers rest and while they are busy."""
    count = given.uploads
    resting = timed_uploads(service, sample_documents(), 40)[5:]
    service.wait_until_idle()
    upload(service, sample_documents(), 2 * count)
    busy = timed_uploads(service, sample_documents(), count)
    still_busy = service.waiting() > 0
    service.wait_until_idle()
    for name, times in (("resting", resting), ("busy", busy)):
        print(f"202 while workers are {name}: median {statistics.median(times):.1f} ms, "
              f"p99 {percentile(times, 99):.1f} ms ({len(times)} uploads)")  # fmt: skip
    ratio = statistics.median(busy) / statistics.median(resting)
    print(f"busy / resting: {ratio:.2f}; work was left at the end: {still_busy}")
    return True


#: What is measured → by what; each says whether its bound is kept.
PARTS: dict[str, Callable[[RunningService, argparse.Namespace], bool]] = {
    "throughput": throughput,
    "overhead": overhead,
    "acceptance": acceptance,
    "backlog": backlog,
}


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


if __name__ == "__main__":
    sys.exit(main())
