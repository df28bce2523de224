"""The main job: a stored file becomes a parsed, scored record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.documents.sniff import media_type_of
from resume_processor.errors import (
    DocumentError,
    LeaseLost,
    NotFound,
    ReadTimedOut,
    ResumeProcessorError,
    ServiceError,
    TooLarge,
)
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.resume.encoding import to_json
from resume_processor.resume.record import Failure, ResumeRecord, ResumeStatus, Stage
from resume_processor.scoring.profile import profile_of
from resume_processor.workflow.attempt import (
    Attempt,
    KeepLease,
    claim_resume,
    handed_back_on_error,
    without_heartbeat,
)
from resume_processor.workflow.describe_error import describe
from resume_processor.workflow.earlier_parse import Parse, earlier_parse
from resume_processor.workflow.kept_profiles import KeptProfile, to_be_kept
from resume_processor.workflow.open_jobs import score_against_open_jobs
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.pipeline import is_fast, pipeline_version
from resume_processor.workflow.ports import Outcome, ScoreRecord
from resume_processor.workflow.spans import span

log = structlog.get_logger(__name__)


#: Pause before looking again what became of the same bytes in another worker.
TWIN_PAUSE = timedelta(seconds=0.5)

#: Media type of a document that could not be recognised.
UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class ProcessSummary:
    """What a task returns: short, and without anything that stood in the document."""

    resume_id: str
    status: ResumeStatus
    code: str | None = None  #: of the failure
    attempts: int = 0
    scores: tuple[tuple[str, int], ...] = ()  #: (job id, total)

    def to_json(self) -> dict[str, Any]:
        """As it goes into the result backend."""
        return {
            "resume_id": self.resume_id,
            "status": self.status.value,
            "code": self.code,
            "attempts": self.attempts,
            "scores": [{"job_id": job_id, "total": total} for job_id, total in self.scores],
        }


def process_resume(
    resume_id: str,
    parts: Parts,
    *,
    owner: str,
    keep_lease: KeepLease = without_heartbeat,
    timeouts: tuple[type[BaseException], ...] = (),
) -> ProcessSummary | None:
    """Read, parse, score, store. None where the work is a duplicate: nothing was done.

    Nor is it while another worker has the same bytes: what that one finds is taken over then.

    A document at fault ends as FAILED and is not tried again. ``timeouts`` are the exceptions by
    which a time limit interrupts the work. Raises LeaseLost where another worker took over, and
    whatever else went wrong after the work was handed back to the queue.
    """
    version = pipeline_version(parts.settings)
    claimed = claim_resume(resume_id, owner, version, parts)
    if claimed is None:
        return None
    attempt, record = Attempt(claimed.work, owner, parts), claimed.record
    with keep_lease(attempt), handed_back_on_error(attempt):
        if claimed.is_parsed_elsewhere:
            attempt.hand_back(pause=TWIN_PAUSE, error=None, refund=True)
            return None
        try:
            with _limits_blame_the_document(timeouts):
                parse = earlier_parse(claimed, parts)
                if parse is None:
                    # 1. Read: bytes become words with places (the claim says that it begins).
                    with span("read"):
                        data = _load(record, parts)
                        document = read_document(data, Limits.from_settings(parts.settings))
                    # 2. Parse: words become a record with evidence.
                    attempt.enter(Stage.PARSING)
                    as_of, fast = record.created_at.date(), is_fast(parts.settings)
                    with span("parse"):
                        parse = Parse(document.media_type, parse_resume(document, as_of, fast=fast))
                # 3. Score: the record against every open job.
                attempt.enter(Stage.SCORING)
                profile = to_be_kept(profile_of(parse.parsed))
                with span("score"):
                    scores = score_against_open_jobs(record, profile, parts)
            outcome = _success(parse, profile, scores, version)
        except Exception as error:  # noqa: BLE001 - sorted by kind; what may pass goes on
            outcome = _outcome_of(error, attempt, record)
        # 4. Store: result, scores and final state at once, if this attempt still owns the work.
        with span("store"):
            return _store(outcome, attempt)


def summary_of(record: ResumeRecord, scores: Sequence[ScoreRecord] = ()) -> ProcessSummary:
    """The summary of a resume as it stands in the storage."""
    return ProcessSummary(
        resume_id=record.id,
        status=record.status,
        code=None if record.failure is None else record.failure.code,
        attempts=record.attempts,
        scores=tuple((score.job_id, score.total) for score in scores),
    )


def _load(record: ResumeRecord, parts: Parts) -> bytes:
    with parts.blobs.open(record.blob_key) as file:
        return file.read()


@contextmanager
def _limits_blame_the_document(timeouts: tuple[type[BaseException], ...]) -> Iterator[None]:
    """Out of time and out of memory are what the document did."""
    try:
        yield
    except timeouts as error:
        raise ReadTimedOut from error
    except (MemoryError, RecursionError) as error:
        raise TooLarge("The document needs more memory than is allowed.") from error


def _success(
    parse: Parse, profile: KeptProfile, scores: Sequence[ScoreRecord], version: str
) -> Outcome:
    doubtful = any(doubt.blocking for doubt in parse.parsed.warnings)
    return Outcome(
        status=ResumeStatus.NEEDS_REVIEW if doubtful else ResumeStatus.DONE,
        media_type=parse.media_type,
        pipeline_version=version,
        result=to_json(parse.parsed),
        profile=profile.stored,
        scores=scores,
    )


def _outcome_of(error: Exception, attempt: Attempt, record: ResumeRecord) -> Outcome:
    """The final word for a document at fault and for the last attempt; else ``error`` goes on."""
    media_type = _media_type(record, attempt.parts)
    version = pipeline_version(attempt.parts.settings)
    if isinstance(error, DocumentError):
        return _failure(Failure(error.code, error.message), media_type, version)
    if isinstance(error, ServiceError) or not attempt.is_last:
        raise error
    log.error("gave_up", resume_id=attempt.work.subject_id, **describe(error))
    failure = Failure(ResumeProcessorError.code, ResumeProcessorError.default_message)
    return _failure(failure, media_type, version)


def _failure(failure: Failure, media_type: str, version: str) -> Outcome:
    return Outcome(
        status=ResumeStatus.FAILED,
        media_type=media_type,
        pipeline_version=version,
        failure=failure,
    )


def _media_type(record: ResumeRecord, parts: Parts) -> str:
    try:
        return media_type_of(_load(record, parts))
    except (DocumentError, NotFound):
        return UNKNOWN_TYPE


def _store(outcome: Outcome, attempt: Attempt) -> ProcessSummary:
    """Raises LeaseLost where another worker took over; then nothing was written."""
    storage, resume_id = attempt.parts.storage, attempt.work.subject_id
    now, stages = attempt.parts.clock.now(), attempt.take_stages()
    if not storage.finish_resume(resume_id, outcome, owner=attempt.owner, now=now, stages=stages):
        raise LeaseLost
    return ProcessSummary(
        resume_id=resume_id,
        status=outcome.status,
        code=None if outcome.failure is None else outcome.failure.code,
        attempts=attempt.work.attempts,
        scores=tuple((score.job_id, score.total) for score in outcome.scores),
    )
