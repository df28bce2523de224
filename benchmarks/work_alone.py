"""What a resume costs without a queue: read, parsed, scored and stored, one after the other."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

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

#: Documents that are worked on before it counts, so that all is loaded.
WARM = 20


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
    """All of them, one after the other; what the database server did is counted as storing."""
    records = [received(data, services) for data in documents]
    spent = dict.fromkeys(("parsing", "scoring", "storing", "forgetting"), 0.0)
    server = service.cost().seconds.get("database", 0.0)
    for record, data in zip(records, documents, strict=True):
        with counted(spent, "parsing"):
            parsed = parse_resume(read_document(data, Limits()))
        with counted(spent, "scoring"):
            outcome = outcome_of(record, parsed, services)
        with counted(spent, "storing"):
            store(record, outcome, services)
        with counted(spent, "forgetting"):
            forget_texts()
    spent["storing"] += service.cost().seconds.get("database", 0.0) - server
    return Alone(**{step: seconds * 1000 / len(documents) for step, seconds in spent.items()})


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
