"""What scoring costs: one resume for one job, a profile, and a job against very many resumes.

    python -m benchmarks.scoring [--resumes 1000 10000 100000]

The resumes are varied from the invented people of evaluation/cases. A pool is a file of profiles,
one a line, as a store would hold them; two processes read, score and rank it. Printed are times and
what counts: the ratios of the cost of one resume between pools, and of scoring to reading JSON.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from resume_processor.resume.parsed_resume import Facts, ParsedResume
from resume_processor.scoring.profile import Profile, profile_of, skills_in
from resume_processor.scoring.profile_encoding import profile_from_json, profile_to_json
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score import JobRequirements
from resume_processor.scoring.score_resume import score_profile

ROOT = Path(__file__).parents[1]
PEOPLE = ROOT / "evaluation/cases/people"
JOB = ROOT / "samples/job.txt"
CHUNK = 500
BEST = 50


def invented() -> list[ParsedResume]:
    """The invented people."""
    people = [json.loads(path.read_text("utf-8")) for path in sorted(PEOPLE.glob("*.json"))]
    facts = Facts(highest_degree="bachelor", language="en")
    return [ParsedResume(one["resume"], facts=facts) for one in people]


def varied(people: list[Profile], count: int) -> Iterator[Profile]:
    """So many profiles: work of one, skills of another, other dates."""
    random_source = random.Random(7)
    for _ in range(count):
        one, other = random_source.choice(people), random_source.choice(people)
        kept = [unit for unit in one.units if random_source.random() < 0.9]
        lent = [unit for unit in other.units if unit.entry < 0 and random_source.random() < 0.5]
        units = tuple(kept + lent)
        yield replace(one, units=units, skills=skills_in(units))


def seconds(work: Callable[[], object], times: int) -> float:
    """Mean time of one call, the best of three rounds."""
    rounds = []
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(times):
            work()
        rounds.append((time.perf_counter() - start) / times)
    return min(rounds)


def rank_part(path: Path, part: int, parts: int, job: JobRequirements) -> list[tuple[int, int]]:
    """The best of every ``parts``-th chunk of a pool."""
    best: list[tuple[int, int]] = []
    with path.open("rb") as lines:
        for number, chunk in enumerate(iter(lambda: list(islice(lines, CHUNK)), [])):
            if number % parts == part:
                scored = (
                    (
                        score_profile(profile_from_json(json.loads(line)), job).total,
                        number * CHUNK + n,
                    )
                    for n, line in enumerate(chunk)
                )
                best = heapq.nlargest(BEST, (*best, *scored))
    return best


def rank(path: Path, job: JobRequirements, processes: int) -> tuple[float, int]:
    """Seconds for a pool, and the highest memory of a process in MiB."""
    start = time.perf_counter()
    with ProcessPoolExecutor(processes) as pool:
        parts = [pool.submit(rank_part, path, n, processes, job) for n in range(processes)]
        best = heapq.nlargest(BEST, (one for part in parts for one in part.result()))
    assert best
    return (
        time.perf_counter() - start,
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    )


def pools(people: list[Profile], job: JobRequirements, sizes: list[int]) -> None:
    """Rank pools of several sizes and print the ratios of the cost of one resume."""
    processes, first = os.cpu_count() or 1, 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "profiles.jsonl"
            with path.open("w", encoding="utf-8") as out:
                out.writelines(
                    json.dumps(profile_to_json(one)) + "\n" for one in varied(people, size)
                )
            took, memory = rank(path, job, processes)
        each = took / size
        first = first or each
        print(f"{size:>7} resumes on {processes} processes: {took:6.2f} s, {each * 1e6:4.0f} "
        f"µs each, "
              f"ratio to the first {each / first:.2f}, at most {memory} MiB a process")  # fmt: skip


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--resumes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    args = parser.parse_args()
    job, resumes = read_job(JOB.read_text("utf-8")), invented()
    people = [profile_of(one) for one in resumes]
    kept: list[Any] = [json.dumps(profile_to_json(one)) for one in people]
    making = seconds(lambda: [profile_of(one) for one in resumes], 3) / len(people)
    loading = seconds(lambda: [json.loads(one) for one in kept], 20) / len(people)
    reading = seconds(lambda: [profile_from_json(json.loads(one)) for one in kept], 20) / len(
        people
    )
    scoring = seconds(lambda: [score_profile(one, job) for one in people], 20) / len(people)
    print(
        f"one resume for one job: {scoring * 1e6:.0f} µs ({scoring / loading:.1f} × reading "
        f"its JSON)"
    )
    print(f"reading a kept profile: {reading * 1e6:.0f} µs; making one: {making * 1e3:.2f} ms "
          f"({making / scoring:.0f} × scoring)")  # fmt: skip
    pools(people, job, args.resumes)


if __name__ == "__main__":
    main()
