"""What a resume costs without a queue: read, parsed, scored and stored, one after the other."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

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

T = TypeVar("T")

#: Documents that are worked on before it counts, so that all is loaded.
WARM = 20


@dataclass(frozen=True, slots=True)
class Alone:
    """CPU milliseconds of one resume by step; those of a database server are in them."""

    parsing: float
    scoring: float
    storing: float
    forgetting: float  #: emptying what remembers words, and finding them out again for the next

    @property
    def total(self) -> float:
        """All steps."""
        return self.parsing + self.scoring + self.storing + self.forgetting


def alone_in_this_process(service: RunningService, documents: Iterable[bytes]) -> Alone:
    """Measured in an empty database of the same kind as the service's."""
    folder, url = service.folder / "alone", service.another_database()
    services = build_services(Settings(data_dir=folder, database_url=url, min_free_bytes=0))
    try:
        several = list(documents)
        measured(service, several[:WARM], services)
        return measured(service, several[WARM:], services)
    finally:
        services.close()


def measured(service: RunningService, documents: list[bytes], services: Services) -> Alone:
    """Step by step over all of them."""
    records = [received(data, services) for data in documents]
    parsing, parsed = cpu(
        service, lambda: [parse_resume(read_document(data, Limits())) for data in documents]
    )
    scoring, outcomes = cpu(
        service, lambda: [outcome_of(*one, services) for one in zip(records, parsed, strict=True)]
    )
    storing, _ = cpu(
        service, lambda: [store(*one, services) for one in zip(records, outcomes, strict=True)]
    )
    forgetful, _ = cpu(service, lambda: [parsed_and_forgotten(data) for data in documents])
    steps = (parsing, scoring, storing, forgetful - parsing)
    return Alone(*(one * 1000 / len(documents) for one in steps))


def cpu(service: RunningService, call: Callable[[], T]) -> tuple[float, T]:
    """Seconds of this process and of the database server, and what was returned."""
    server, own = service.cost().seconds.get("database", 0.0), time.process_time()
    result = call()
    own = time.process_time() - own
    return own + service.cost().seconds.get("database", 0.0) - server, result


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


def parsed_and_forgotten(data: bytes) -> None:
    """As a worker does it with each document."""
    parse_resume(read_document(data, Limits()))
    forget_texts()


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
