"""What the workflow needs from the outside, as protocols; ``storage`` and the doors implement them.

Each method of ``Storage`` is one transaction: when it returns, what it did is durable. Times are
aware UTC datetimes and come from the caller; nothing below reads a clock of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Generic, Protocol, TypeVar

from resume_processor.resume.record import Failure, Priority, ResumeRecord, ResumeStatus, Stage


T = TypeVar("T")


class Clock(Protocol):
    """The time, as an argument."""

    def now(self) -> datetime:
        """Aware UTC datetime."""
        ...


class Dispatch(Protocol):
    """Hands a subject's id to the queue, e.g. ``process_resume_background.delay``.

    Raises any exception of the broker's client where the broker is away.
    """

    def __call__(self, subject_id: str, /) -> object: ...


class Wake(Protocol):
    """Tells the dispatcher that work waits. Never blocks and never fails; a hint only."""

    def __call__(self) -> None: ...


class BlobStore(Protocol):
    """Files by key. ``put`` is durable when it returns (fsync of file and folder)."""

    def put(self, key: str, source: BinaryIO) -> None: ...
    def open(self, key: str) -> AbstractContextManager[BinaryIO]: ...
    def local_path(self, key: str) -> AbstractContextManager[Path]: ...
    def delete(self, key: str) -> None: ...
    def exists(self, key: str) -> bool: ...


class WorkKind(StrEnum):
    """What can wait in the queue."""

    PROCESS_RESUME = "process_resume"  #: subject: a resume
    SCORE_JOB = "score_job"  #: subject: a job, against all resumes


class WorkState(StrEnum):
    """WAITING and RUNNING are alive; DEAD is the dead letters; finished work has no row."""

    WAITING = "waiting"
    RUNNING = "running"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """The row that makes sure that something is done; the Celery message is only a hint."""

    kind: WorkKind
    subject_id: str
    state: WorkState
    priority: Priority
    attempts: int
    available_at: datetime
    created_at: datetime
    dispatched_at: datetime | None = None
    owner: str | None = None
    lease_until: datetime | None = None
    last_error: str | None = None  #: a code, never text of a document
    progress: str | None = None  #: where a long piece of work goes on, e.g. the last resume scored


@dataclass(frozen=True, slots=True)
class NewResume:
    """A resume about to be stored. ``idempotency`` is the key and the digest of the request's body."""

    id: str
    tenant: str
    file_name: str
    size: int
    sha256: str
    blob_key: str
    now: datetime
    priority: Priority = Priority.INTERACTIVE
    job_id: str | None = None
    external_id: str | None = None
    batch_id: str | None = None
    idempotency: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A position to fill. ``requirements`` is JobRequirements as JSON."""

    id: str
    tenant: str
    title: str
    text: str
    requirements: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    revision: int = 1
    open: bool = True


@dataclass(frozen=True, slots=True)
class ScoreRecord:
    """One resume against one job; ``ledger`` is Score as JSON, ``total`` its total."""

    job_id: str
    resume_id: str
    total: int
    ledger: dict[str, Any]
    version: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RankedResume:
    """A row of a ranking."""

    resume: ResumeRecord
    score: ScoreRecord
    name: str | None  #: the candidate's, for display


@dataclass(frozen=True, slots=True)
class Outcome:
    """How processing ended. ``result`` is ParsedResume as JSON (None for failures)."""

    status: ResumeStatus
    media_type: str
    pipeline_version: str
    result: dict[str, Any] | None = None
    failure: Failure | None = None
    scores: Sequence[ScoreRecord] = ()


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A page of a listing; ``cursor`` asks for the next one, None where there is none."""

    rows: tuple[T, ...]
    cursor: str | None


class Storage(Protocol):
    """The truth. Implemented by ``storage.memory`` and ``storage.sql``."""

    # -- resumes
    def add_resume(self, new: NewResume) -> tuple[ResumeRecord, bool]:
        """Store record and work item together.

        Returns the record and whether it is new: the same idempotency key with the same digest
        gives the one that was stored first. Raises IdempotencyMismatch for another digest.
        """
        ...

    def get_resume(self, resume_id: str, *, tenant: str | None = None) -> ResumeRecord:
        """Raises NotFound (also where the tenant is another one)."""
        ...

    def get_result(self, resume_id: str) -> dict[str, Any] | None:
        """ParsedResume as JSON, or None while there is none."""
        ...

    def list_resumes(
        self,
        *,
        tenant: str,
        limit: int,
        cursor: str | None = None,
        status: ResumeStatus | None = None,
        text: str | None = None,
    ) -> Listing[ResumeRecord]:
        """Newest first. ``text`` looks in file name, external id and the candidate's name and skills."""
        ...

    def delete_resume(self, resume_id: str, *, tenant: str, now: datetime) -> str:
        """Remove record, result, scores and work; returns the blob key. Raises NotFound."""
        ...

    def blob_in_use(self, blob_key: str) -> bool:
        """Whether any record still names this blob."""
        ...

    def cancel_resume(self, resume_id: str, *, tenant: str, now: datetime) -> ResumeRecord:
        """Queued or running → CANCELLED and fenced. Raises NotFound, Conflict where it is final."""
        ...

    def reprocess_resume(self, resume_id: str, *, tenant: str, now: datetime) -> ResumeRecord:
        """Final → RECEIVED with fresh attempts. Raises NotFound, Conflict where it is not final."""
        ...

    def iterate_results(
        self, *, tenant: str, after: str | None, limit: int
    ) -> Sequence[tuple[str, dict[str, Any]]]:
        """(resume id, result) of finished resumes by id, for scoring in chunks."""
        ...

    # -- work
    def claim(
        self,
        kind: WorkKind,
        subject_id: str,
        *,
        owner: str,
        now: datetime,
        lease_until: datetime,
        max_attempts: int,
    ) -> WorkItem | None:
        """Compare-and-set: WAITING and available, or RUNNING with an expired lease, and attempts left
        → RUNNING with attempt + 1. None where it is somebody else's, finished or unknown.
        For PROCESS_RESUME the record becomes PROCESSING in the same transaction.
        """
        ...

    def renew(self, kind: WorkKind, subject_id: str, *, owner: str, lease_until: datetime) -> bool:
        """Heartbeat; False where the lease is not the owner's any more."""
        ...

    def set_stage(self, resume_id: str, stage: Stage, *, owner: str, now: datetime) -> bool:
        """Note the stage; False where the lease is not the owner's any more."""
        ...

    def finish_resume(self, resume_id: str, outcome: Outcome, *, owner: str, now: datetime) -> bool:
        """Result, scores, final status and the end of the work item in one transaction, only where
        the owner still holds the lease; else nothing is written and False returned.
        """
        ...

    def release(
        self,
        kind: WorkKind,
        subject_id: str,
        *,
        owner: str,
        now: datetime,
        available_at: datetime,
        error: str | None,
        refund: bool,
    ) -> bool:
        """Hand work back (RUNNING → WAITING). ``refund`` gives the attempt back (clean shutdown)."""
        ...

    def due_work(
        self, *, now: datetime, dispatched_before: datetime, limit: int
    ) -> Sequence[WorkItem]:
        """WAITING, available, and not dispatched or dispatched before the given time; interactive
        first, but every fourth one is bulk where bulk waits."""
        ...

    def note_dispatched(self, items: Sequence[WorkItem], *, now: datetime) -> None: ...

    def expired_work(self, *, now: datetime, limit: int) -> Sequence[WorkItem]:
        """RUNNING with an expired lease."""
        ...

    def reap(
        self, item: WorkItem, *, now: datetime, available_at: datetime, max_attempts: int
    ) -> WorkState | None:
        """Expired → WAITING, or DEAD at the attempt limit (its resume FAILED(worker_crashed)).
        Compare-and-set on owner and lease; None where it moved meanwhile."""
        ...

    def count_work(self) -> dict[tuple[WorkKind, WorkState], int]: ...
    def oldest_waiting(self) -> datetime | None: ...
    def count_resumes(self, *, tenant: str | None = None) -> dict[ResumeStatus, int]: ...

    # -- jobs and scores
    def add_job(self, job: JobRecord) -> JobRecord:
        """Store the job and its SCORE_JOB work item together."""
        ...

    def get_job(self, job_id: str, *, tenant: str | None = None) -> JobRecord: ...
    def list_jobs(
        self, *, tenant: str, limit: int, cursor: str | None = None, only_open: bool = False
    ) -> Listing[JobRecord]: ...
    def delete_job(self, job_id: str, *, tenant: str) -> None: ...

    def save_scores(
        self,
        scores: Sequence[ScoreRecord],
        *,
        job_id: str,
        owner: str,
        progress: str | None,
        now: datetime,
    ) -> bool:
        """A chunk of a SCORE_JOB and how far it got, fenced by the owner."""
        ...

    def finish_work(self, kind: WorkKind, subject_id: str, *, owner: str) -> bool:
        """The end of a work item that is no resume's; fenced."""
        ...

    def ranking(
        self, job_id: str, *, limit: int, cursor: str | None = None
    ) -> Listing[RankedResume]:
        """Best first; equal totals by resume id."""
        ...

    def get_score(self, job_id: str, resume_id: str) -> ScoreRecord:
        """Raises NotFound."""
        ...

    # -- life
    def ping(self) -> None:
        """Raises StorageUnavailable."""
        ...

    def close(self) -> None: ...


class ResumeChanges(Protocol):
    """A stream of the states of one resume, for Server-Sent Events and ``?wait=``."""

    def watch(self, resume_id: str, *, until: datetime) -> Iterator[ResumeRecord]: ...
