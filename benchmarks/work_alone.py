"""What a resume costs without a queue: read, parsed, scored and stored, one after the other."""

from __future__ import annotations

import io
import itertools
import logging
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from typing import Any

import structlog

from benchmarks.running_service import RunningService
from resume_processor.bootstrap import Services, build_services
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.resume.encoding import to_json
from resume_processor.resume.parsed_resume import ParsedResume
from resume_processor.resume.record import ResumeRecord, ResumeStatus
from resume_processor.runtime.forget_texts import forget_texts
from resume_processor.scoring.profile import profile_of
from resume_processor.settings import Settings
from resume_processor.workflow.kept_profiles import to_be_kept
from resume_processor.workflow.open_jobs import score_against_open_jobs
from resume_processor.workflow.ports import Outcome, WorkKind
from resume_processor.workflow.receive_resume import Upload, receive_resume

#: Documents that each process works on before it counts, so that all is loaded.
WARM = 20

#: What is told apart.
STEPS = ("parsing", "scoring", "storing", "forgetting")

#: Within so many seconds all processes have loaded the parser, and have done their work.
PATIENCE_SECONDS = 900.0

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Alone:
    """CPU milliseconds of one resume by step; those of a database server are in them.

    One document after another goes through all steps, as in a worker, so that a step finds the
    processor's caches as it does there: filled with what the other steps used.
    """

    parsing: float
    scoring: float
    storing: float
    forgetting: float  #: emptying what remembers words; what is found out again is in the others

    @property
    def total(self) -> float:
        """All steps."""
        return self.parsing + self.scoring + self.storing + self.forgetting


def work_alone(service: RunningService, documents: Iterator[bytes], each: int) -> Alone:
    """Measured on ``each`` documents in each of as many processes as the service has children.

    All work at once, as the same work costs more where all cores are busy; each has an empty
    database of the service's kind.
    """
    processes = service.workers * service.children
    context = multiprocessing.get_context("spawn")
    steps, answers = context.Barrier(processes + 1), context.SimpleQueue()
    for _ in range(processes):
        folder, url = service.folder / f"alone-{next(_NUMBERS)}", service.another_database()
        settings = Settings(data_dir=folder, database_url=url, min_free_bytes=0)
        given = (settings, list(itertools.islice(documents, WARM + each)), steps, answers)
        context.Process(target=_measure, args=given, daemon=True).start()
    steps.wait(PATIENCE_SECONDS)
    server = service.cost().seconds.get("database", 0.0)
    steps.wait(PATIENCE_SECONDS)
    spent = Counter[str]({"storing": service.cost().seconds.get("database", 0.0) - server})
    for _ in range(processes):
        spent.update(answers.get())
    return Alone(**{step: spent[step] * 1000 / (processes * each) for step in STEPS})


def _measure(settings: Settings, documents: list[bytes], steps: Barrier, answers: Any) -> None:
    """One of several processes, which begin and end at the same moment."""
    logging.basicConfig(level=logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    services = build_services(settings)
    try:
        work = [(received(data, services), data) for data in documents]
        measured(work[:WARM], services)
        steps.wait(PATIENCE_SECONDS)
        spent = measured(work[WARM:], services)
        steps.wait(PATIENCE_SECONDS)
        answers.put(spent)
    except BaseException:
        steps.abort()  # nobody waits for one that failed
        raise
    finally:
        services.close()


def measured(work: Sequence[tuple[ResumeRecord, bytes]], services: Services) -> dict[str, float]:
    """CPU seconds of this process by step, all documents one after the other."""
    spent = dict.fromkeys(STEPS, 0.0)
    for record, data in work:
        with counted(spent, "parsing"):
            parsed = parse_resume(read_document(data, Limits()))
        with counted(spent, "scoring"):
            outcome = outcome_of(record, parsed, services)
        with counted(spent, "storing"):
            store(record, outcome, services)
        with counted(spent, "forgetting"):
            forget_texts()
    return spent


@contextmanager
def counted(spent: dict[str, float], step: str) -> Iterator[None]:
    """Adds the CPU seconds of this process while the block runs."""
    began = time.process_time()
    yield
    spent[step] += time.process_time() - began


def received(data: bytes, services: Services) -> ResumeRecord:
    """Uploaded and claimed, so that its result can be stored."""
    record = receive_resume(Upload("resume", io.BytesIO(data)), services).record
    now = services.clock.now()
    claimed = services.storage.claim(
        WorkKind.PROCESS_RESUME,
        record.id,
        owner="alone",
        now=now,
        lease_until=now + timedelta(hours=1),
        max_attempts=1,
    )
    assert claimed is not None
    return record


def outcome_of(record: ResumeRecord, parsed: ParsedResume, services: Services) -> Outcome:
    """What there is to store."""
    profile = to_be_kept(profile_of(parsed))
    return Outcome(
        status=ResumeStatus.DONE,
        media_type="text/plain",
        pipeline_version="alone",
        result=to_json(parsed),
        profile=profile.stored,
        scores=score_against_open_jobs(record, profile, services),
    )


def store(record: ResumeRecord, outcome: Outcome, services: Services) -> None:
    """One transaction, as a worker does it."""
    now = services.clock.now()
    assert services.storage.finish_resume(record.id, outcome, owner="alone", now=now)
