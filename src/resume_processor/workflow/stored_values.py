"""The values that cross the border between workflow and storage; ``ports`` names who keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from resume_processor.resume.record import Failure, Priority, ResumeRecord, ResumeStatus, Stage
from resume_processor.scoring.facets import Facets

T = TypeVar("T")

#: A worker that has given no sign of life for so long counts as gone, in seconds.
SILENT_WORKER_SECONDS = 20.0


class WorkKind(StrEnum):
    """What can wait in the queue."""

    PROCESS_RESUME = "process_resume"  #: subject: a resume
    SCORE_JOB = "score_job"  #: subject: a job, against all resumes
    UNPACK_BATCH = "unpack_batch"  #: subject: a batch, whose files become resumes


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
    tenant: str = "default"
    again: bool = False  #: something new came while it ran: its end starts it once more
    claimed_at: datetime | None = None  #: when the attempt that runs began
    trace: str | None = None  #: W3C traceparent of the request that brought it


@dataclass(frozen=True, slots=True)
class ClaimedResume:
    """A resume that a worker has claimed, and what is known of the same bytes of its tenant."""

    work: WorkItem
    record: ResumeRecord
    is_parsed_elsewhere: bool  #: another worker has them, uploaded before this record
    same: ResumeRecord | None  #: the newest record of them that the pipeline asked for has parsed


@dataclass(frozen=True, slots=True)
class ScoringPart:
    """What one piece of SCORE_JOB work is about: all resumes, or one of ``of`` parts of them.

    A resume belongs to a part by the last character of its id, so the parts are the same whoever
    asks, and no resume is in two of them.
    """

    job_id: str
    number: int = 0
    of: int = 1

    @property
    def subject_id(self) -> str:
        """Of the work item; the job's own id where it is about all resumes."""
        return self.job_id if self.of == 1 else f"{self.job_id}.{self.number}.{self.of}"

    @classmethod
    def from_subject(cls, subject_id: str) -> ScoringPart:
        """The other way."""
        job_id, _, rest = subject_id.partition(".")
        number, _, of = rest.partition(".")
        return cls(job_id, int(number), int(of)) if of else cls(job_id)

    @property
    def endings(self) -> str:
        """Last characters of its ids; an id with another one belongs to the first part."""
        return ENDINGS[self.number :: self.of]


#: What an id of ours ends with; no job is scored in more parts than there are of these.
ENDINGS = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class EnteredStage:
    """A step that the processing of a resume came to, and when."""

    stage: Stage
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkerSign:
    """What a worker's main process says of itself every few seconds."""

    instance: str  #: host and process id
    children: int  #: processes that can take work, alive
    memory_bytes: int | None  #: resident, of the main process and its children; None: not known
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class NewResume:
    """A resume about to be stored.

    ``idempotency`` is the key and the digest of the request's body. With a ``failure`` it is FAILED
    from the start, and there is no work to do (a file of a batch that cannot even be taken out).
    """

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
    trace: str | None = None  #: W3C traceparent of the request
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class ResumeEvent:
    """One change of a resume; ``revision`` numbers the changes of each resume from 1."""

    resume_id: str
    revision: int
    at: datetime
    status: ResumeStatus
    stage: Stage
    attempts: int
    code: str | None = None  #: of the failure, or why the work came back to the queue


@dataclass(frozen=True, slots=True)
class Erasure:
    """A deleted resume of which something may be left outside of the storage's rows."""

    resume_id: str
    tenant: str
    blob_key: str
    deleted_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """Resumes that came together.

    ``blob_key`` names the zip file with what is still to be taken out of it; it is there until all
    of it was. ``expected`` is how many files were counted in it, ``size`` how many resumes came out
    of it, None while more may come. ``failure`` is why it could not be taken apart to its end.
    """

    id: str
    tenant: str
    created_at: datetime
    size: int | None = None
    expected: int | None = None
    blob_key: str | None = None
    job_id: str | None = None
    priority: Priority = Priority.BULK
    failure: Failure | None = None
    completed_at: datetime | None = None  #: when the last of its resumes became final


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """A batch and how many of its resumes are in which state (states without any are left out)."""

    batch: Batch
    counts: Mapping[ResumeStatus, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether no more resumes come and all that came are final."""
        return self.batch.completed_at is not None


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
    retention_days: float | None = None  #: how long its applicants' resumes are kept


@dataclass(frozen=True, slots=True)
class ScoreInputs:
    """Hashes of what a score was made from: SHA-256 of the canonical JSON."""

    profile: str
    requirements: str


@dataclass(frozen=True, slots=True)
class ScoreRecord:
    """One resume against one job; ``ledger`` is Score as JSON, ``total`` its total.

    ``earlier_total`` is what the score was before it last changed, None where it never did.
    """

    job_id: str
    resume_id: str
    total: int
    ledger: dict[str, Any]
    version: str
    created_at: datetime
    facets: Facets = field(default_factory=Facets)
    earlier_total: int | None = None
    inputs: ScoreInputs | None = field(default=None, compare=False)  #: for the audit log only


@dataclass(frozen=True, slots=True)
class EarlierScore:
    """What a score was before it last changed."""

    total: int
    ledger: dict[str, Any]
    version: str


@dataclass(frozen=True, slots=True)
class RankingFilter:
    """Which rows of a ranking are wanted; the default is all."""

    musts_met: bool = False  #: only those that meet all that the job cannot do without
    min_months: int | None = None  #: of relevant experience
    language: str | None = None  #: English name in lower case
    moved: bool = False  #: only those whose total changed when they were last scored


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """What scoring knows of a resume, as JSON; ``version`` is of what made it."""

    version: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resume to be scored; no profile: it has to be made from the result."""

    resume_id: str
    profile: StoredProfile | None


@dataclass(frozen=True, slots=True)
class ScoringProgress:
    """How far the scoring of a job is; ``work`` is None where none waits or runs."""

    scored: int  #: resumes that have a score
    candidates: int  #: resumes that can have one
    work: WorkState | None = None


@dataclass(frozen=True, slots=True)
class RankedResume:
    """A row of a ranking."""

    resume: ResumeRecord
    score: ScoreRecord


@dataclass(frozen=True, slots=True)
class Outcome:
    """How processing ended. ``result`` is ParsedResume as JSON (None for failures)."""

    status: ResumeStatus
    media_type: str
    pipeline_version: str
    result: dict[str, Any] | None = None
    profile: StoredProfile | None = None  #: of the result
    failure: Failure | None = None
    scores: Sequence[ScoreRecord] = ()


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A page of a listing; ``cursor`` asks for the next one, None where there is none."""

    rows: tuple[T, ...]
    cursor: str | None
