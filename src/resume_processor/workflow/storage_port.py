"""The storage as the workflow sees it, by topic.

Each method is one transaction: when it returns, what it did survives the death of any process, and
when it raises, it did nothing. What somebody was promised (a resume, an outcome, a job, a batch, a
deletion …) survives a power cut, too; the steps in between (claim, renew, enter_stages, release,
reap, note_dispatched) may be undone by one, and are then made again.

Times are aware UTC datetimes and come from the caller; nothing below reads a clock of its own. Any
method may raise StorageUnavailable, InvalidRequest where a text cannot be stored at all (NUL, half
a surrogate pair), and those that take a cursor InvalidRequest for one that is not of theirs.
Cursors are opaque and stay right while rows come and go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from resume_processor.resume.record import ResumeRecord, ResumeStatus
from resume_processor.workflow.audit_port import AuditStore
from resume_processor.workflow.batch_port import BatchStore
from resume_processor.workflow.correction_port import CorrectionStore
from resume_processor.workflow.decision_port import DecisionStore
from resume_processor.workflow.erasure_port import ErasureStore, RetentionStore
from resume_processor.workflow.figures import Total
from resume_processor.workflow.key_port import KeyStore
from resume_processor.workflow.scoring_port import ScoringStore
from resume_processor.workflow.stored_values import (
    ClaimedResume,
    EnteredStage,
    JobRecord,
    Listing,
    NewResume,
    Outcome,
    ResumeEvent,
    WorkerSign,
    WorkItem,
    WorkKind,
    WorkState,
)
from resume_processor.workflow.webhook_port import WebhookStore


class ResumeStore(Protocol):
    """Resumes, their results and their histories."""

    def add_resume(self, new: NewResume) -> tuple[ResumeRecord, bool]:
        """Store record and work item together.

        Returns the record and whether it is new: the same idempotency key with the same digest
        gives the one that was stored first. Raises IdempotencyMismatch for another digest, and
        NotFound for a batch that is not there (or is another tenant's). A resume with a failure
        gets no work item.
        """
        ...

    def hold_key(
        self, key: str, *, tenant: str, holder: str, now: datetime, until: datetime
    ) -> bool:
        """Note that ``holder`` works on the request under this idempotency key, or still does.

        False where another one does and its time is not up. A hint to who comes at the same time:
        what is stored under a key is one thing in any case.
        """
        ...

    def is_key_used(self, key: str, *, tenant: str) -> bool:
        """Whether something is stored under this idempotency key."""
        ...

    def drop_hold(self, key: str, *, tenant: str, holder: str) -> None:
        """The holder is done. What is stored under a key ends the hold of it, too."""
        ...

    def get_resume(self, resume_id: str, *, tenant: str | None = None) -> ResumeRecord:
        """Raises NotFound (also where the tenant is another one)."""
        ...

    def is_task_of(self, task_id: str, *, tenant: str) -> bool:
        """Whether it is the task of a resume of the tenant's."""
        ...

    def is_parsed_elsewhere(self, record: ResumeRecord) -> bool:
        """Whether a worker has the same bytes of the same tenant, uploaded before this record."""
        ...

    def find_same(self, sha256: str, *, tenant: str, pipeline_version: str) -> ResumeRecord | None:
        """The newest record of the same bytes that this pipeline parsed (DONE or NEEDS_REVIEW)."""
        ...

    def deleted_at(self, resume_id: str, *, tenant: str) -> datetime | None:
        """When this resume was deleted; None where it was not."""
        ...

    def get_result(self, resume_id: str) -> dict[str, Any] | None:
        """ParsedResume as JSON, or None while there is none.

        While a resume is processed again, the result of before stays until the new outcome.
        """
        ...

    def list_resumes(
        self,
        *,
        tenant: str,
        limit: int,
        cursor: str | None = None,
        status: ResumeStatus | None = None,
        text: str | None = None,
        batch_id: str | None = None,
        external_id: str | None = None,
    ) -> Listing[ResumeRecord]:
        """Newest first.

        Each word of ``text`` must stand in file name, external id, the candidate's name or skills;
        case and accents do not matter.
        """
        ...

    def resume_events(self, resume_id: str, *, after: int = 0) -> Sequence[ResumeEvent]:
        """The changes behind revision ``after``, oldest first; empty for an unknown resume."""
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

    def count_resumes(self, *, tenant: str | None = None) -> dict[ResumeStatus, int]:
        """How many resumes are in which state; states without any are left out."""
        ...


class WorkQueue(Protocol):
    """The work items: who does what until when. All moves are compare-and-set."""

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
        """WAITING and available, or RUNNING with an expired lease → RUNNING with attempt + 1.

        None where it is somebody else's, not due, finished or unknown. A resume becomes PROCESSING
        in the same transaction. WAITING work without attempts left becomes DEAD here (its resume
        FAILED), and None is returned; expired work without attempts left is the reaper's.
        """
        ...

    def claim_resume(
        self,
        resume_id: str,
        *,
        owner: str,
        now: datetime,
        lease_until: datetime,
        max_attempts: int,
        pipeline_version: str,
    ) -> ClaimedResume | None:
        """``claim`` of a resume's processing, with all that its worker wants to know first.

        It says what ``get_resume``, ``is_parsed_elsewhere`` and ``find_same`` would say next.
        """
        ...

    def renew(self, kind: WorkKind, subject_id: str, *, owner: str, lease_until: datetime) -> bool:
        """Heartbeat; False where the lease is not the owner's any more."""
        ...

    def enter_stages(self, resume_id: str, stages: Sequence[EnteredStage], *, owner: str) -> bool:
        """Note the stages in their order, each with its time; one that it is in already is skipped.

        False where the lease is not the owner's any more.
        """
        ...

    def finish_resume(
        self,
        resume_id: str,
        outcome: Outcome,
        *,
        owner: str,
        now: datetime,
        stages: Sequence[EnteredStage] = (),
    ) -> bool:
        """Result, scores, final status and the end of the work item in one transaction.

        Only where the owner still holds the lease; else nothing is written and False returned.
        ``stages`` are those on the way that were not noted yet. Scores for jobs that are gone are
        left out; open jobs of the tenant that the outcome has no score for (they came while the
        resume was processed) get a SCORE_JOB work item, or have the one that runs start once more.
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
        """Hand work back (RUNNING → WAITING; a resume → RECEIVED).

        ``error`` is a code, ``refund`` gives the attempt back (clean shutdown). False where the
        lease is not the owner's any more.
        """
        ...

    def finish_work(self, kind: WorkKind, subject_id: str, *, owner: str, now: datetime) -> bool:
        """The end of a work item that is no resume's; False where it is not the owner's any more.

        Work that something new came for while it ran (``WorkItem.again``) goes back to WAITING from
        its start instead of away.
        """
        ...

    def due_work(
        self, *, now: datetime, dispatched_before: datetime, limit: int
    ) -> Sequence[WorkItem]:
        """WAITING, available, and not dispatched or dispatched before the given time.

        Interactive first, but every fourth one is bulk where bulk waits, counted over all that
        ``note_dispatched`` was told; in each of the two the longest available first.
        """
        ...

    def note_dispatched(self, items: Sequence[WorkItem], *, now: datetime) -> None:
        """The queue has been told of these."""
        ...

    def expired_work(self, *, now: datetime, limit: int) -> Sequence[WorkItem]:
        """RUNNING with an expired lease, the longest expired first."""
        ...

    def reap(
        self, item: WorkItem, *, now: datetime, available_at: datetime, max_attempts: int
    ) -> WorkState | None:
        """Expired → WAITING, or DEAD at the attempt limit (its resume FAILED(worker_crashed)).

        Compare-and-set on owner and lease; None where it moved meanwhile.
        """
        ...

    def list_dead(
        self, *, limit: int, cursor: str | None = None, tenant: str | None = None
    ) -> Listing[WorkItem]:
        """The dead letters, newest first; ``last_error`` says why."""
        ...

    def replay(
        self, kind: WorkKind, subject_id: str, *, now: datetime, tenant: str | None = None
    ) -> WorkItem:
        """DEAD → WAITING with fresh attempts (its resume FAILED → RECEIVED).

        Raises NotFound, and Conflict where it is not dead.
        """
        ...

    def count_work(self, *, tenant: str | None = None) -> dict[tuple[WorkKind, WorkState], int]:
        """How many work items are in which state; combinations without any are left out."""
        ...

    def oldest_waiting(self, *, tenant: str | None = None) -> datetime | None:
        """Since when the longest waiting work item could have been started."""
        ...


class JobStore(Protocol):
    """Positions to fill, and how resumes stand against them."""

    def add_job(self, job: JobRecord) -> JobRecord:
        """Store the job and its SCORE_JOB work item together."""
        ...

    def get_job(self, job_id: str, *, tenant: str | None = None) -> JobRecord:
        """Raises NotFound (also where the tenant is another one)."""
        ...

    def list_jobs(
        self, *, tenant: str, limit: int, cursor: str | None = None, only_open: bool = False
    ) -> Listing[JobRecord]:
        """Newest first."""
        ...

    def delete_job(self, job_id: str, *, tenant: str, now: datetime) -> None:
        """Remove job, scores and work. Raises NotFound."""
        ...


class FigureStore(Protocol):
    """What an operator watches."""

    def totals(self) -> Mapping[Total, float]:
        """All running totals since the database was made, by all processes; never less later."""
        ...

    def sign_on(self, sign: WorkerSign, *, forget_before: datetime) -> None:
        """A worker lives; those that were last seen before the given time are forgotten."""
        ...

    def sign_off(self, instance: str) -> None:
        """A worker ends; nothing happens where it is not known."""
        ...

    def workers(self, *, seen_after: datetime) -> Sequence[WorkerSign]:
        """The workers that were seen since, by instance."""
        ...


class Storage(
    ResumeStore,
    ErasureStore,
    RetentionStore,
    WorkQueue,
    JobStore,
    ScoringStore,
    BatchStore,
    CorrectionStore,
    FigureStore,
    WebhookStore,
    AuditStore,
    DecisionStore,
    KeyStore,
    Protocol,
):
    """The truth. Implemented by ``storage.memory`` and ``storage.sql``."""

    def ping(self) -> None:
        """Raises StorageUnavailable."""
        ...

    def close(self) -> None:
        """Give connections back; the storage is not used afterwards."""
        ...
