"""How records and work items move from state to state: pure, and the same for every storage.

A storage reads (and locks) a row, asks one of these for the next one, and writes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from resume_processor.errors import Conflict, NotFound, ResumeProcessorError
from resume_processor.resume.record import Failure, Priority, ResumeRecord, ResumeStatus, Stage
from resume_processor.storage.search_text import candidate_name
from resume_processor.workflow.stored_values import (
    Batch,
    EnteredStage,
    NewResume,
    Outcome,
    ResumeEvent,
    ScoringPart,
    WorkItem,
    WorkKind,
    WorkState,
)

#: Media type of what was not read yet.
UNKNOWN_TYPE = "application/octet-stream"

#: Code of work whose worker vanished.
WORKER_CRASHED = "worker_crashed"

#: Of records whose document was read and has a result.
PARSED = (ResumeStatus.DONE, ResumeStatus.NEEDS_REVIEW)

_CRASHED_MESSAGE = "Processing this document ended its worker each time it was tried."


@dataclass(frozen=True, slots=True)
class ChangedResume:
    """A record after one or several changes, with an entry for its history for each."""

    record: ResumeRecord
    events: tuple[ResumeEvent, ...]


# -- work items


def new_work(
    kind: WorkKind,
    subject_id: str,
    tenant: str,
    priority: Priority,
    now: datetime,
    *,
    trace: str | None = None,
) -> WorkItem:
    """A piece of work nobody has tried yet."""
    return WorkItem(
        kind=kind,
        subject_id=subject_id,
        state=WorkState.WAITING,
        priority=priority,
        attempts=0,
        available_at=now,
        created_at=now,
        tenant=tenant,
        trace=trace,
    )


def scoring_work(job_id: str, tenant: str, now: datetime) -> WorkItem:
    """The scoring of a job against all resumes; somebody waits for the ranking."""
    return new_work(WorkKind.SCORE_JOB, job_id, tenant, Priority.INTERACTIVE, now)


def scoring_parts(work: WorkItem, parts: int, now: datetime) -> list[WorkItem]:
    """The work of scoring a job in parts."""
    subjects = [ScoringPart(work.subject_id, number, parts).subject_id for number in range(parts)]
    return [scoring_work(subject, work.tenant, now) for subject in subjects]


def may_be_claimed(work: WorkItem, now: datetime) -> bool:
    """Waiting and available, or running with an expired lease."""
    if work.state is WorkState.WAITING:
        return work.available_at <= now
    return is_expired(work, now)


def is_expired(work: WorkItem, now: datetime) -> bool:
    """Running, and its owner has not been heard of for as long as the lease held."""
    return (
        work.state is WorkState.RUNNING and work.lease_until is not None and work.lease_until <= now
    )


def is_owned(work: WorkItem | None, owner: str) -> bool:
    """The fence: whether what ``owner`` did may be written."""
    return work is not None and work.state is WorkState.RUNNING and work.owner == owner


def claimed(work: WorkItem, owner: str, now: datetime, lease_until: datetime) -> WorkItem:
    """One more attempt, by ``owner``."""
    return replace(
        work,
        state=WorkState.RUNNING,
        attempts=work.attempts + 1,
        owner=owner,
        claimed_at=now,
        lease_until=lease_until,
    )


def got_on(work: WorkItem, progress: str | None) -> WorkItem:
    """A long piece of work that came further, by its owner.

    The attempt limit is there for what kills its worker at the same place each time. What gets on
    is not that, however many workers it outlives, so its attempts count from here.
    """
    if progress == work.progress:
        return work
    return replace(work, progress=progress, attempts=min(work.attempts, 1))


def handed_back(
    work: WorkItem, available_at: datetime, error: str | None, *, refund: bool
) -> WorkItem:
    """Waiting again, not before ``available_at``, and to be published anew."""
    return replace(
        work,
        state=WorkState.WAITING,
        attempts=max(0, work.attempts - 1) if refund else work.attempts,
        available_at=available_at,
        dispatched_at=None,
        owner=None,
        claimed_at=None,
        lease_until=None,
        last_error=error or work.last_error,
    )


def buried(work: WorkItem, error: str) -> WorkItem:
    """A dead letter."""
    return replace(
        work,
        state=WorkState.DEAD,
        owner=None,
        claimed_at=None,
        lease_until=None,
        dispatched_at=None,
        last_error=error,
    )


def restarted(work: WorkItem, now: datetime) -> WorkItem:
    """From its beginning, with fresh attempts."""
    return new_work(work.kind, work.subject_id, work.tenant, work.priority, now)


def replayed(work: WorkItem, now: datetime) -> WorkItem:
    """A dead letter with fresh attempts: what a batch was taken apart into is there already."""
    again = restarted(work, now)
    return replace(again, progress=work.progress) if work.kind is WorkKind.UNPACK_BATCH else again


def processing_work(new: NewResume) -> WorkItem:
    """The processing of a resume that was just received."""
    return new_work(
        WorkKind.PROCESS_RESUME, new.id, new.tenant, new.priority, new.now, trace=new.trace
    )


def unpacking_work(batch: Batch) -> WorkItem:
    """The taking apart of a batch; short beside what comes out of it, so it goes first."""
    return new_work(
        WorkKind.UNPACK_BATCH, batch.id, batch.tenant, Priority.INTERACTIVE, batch.created_at
    )


def scored_once_more(
    work: WorkItem | None, job_id: str, tenant: str, now: datetime
) -> WorkItem | None:
    """What becomes of a job's scoring when a resume came that it may have missed.

    None where the work that is there will find the resume by itself: it waits and has not begun.
    """
    if work is None or work.state is WorkState.DEAD:
        return scoring_work(job_id, tenant, now)
    if work.state is WorkState.RUNNING:
        return None if work.again else replace(work, again=True)
    return None if work.progress is None else replace(work, progress=None)


def require_dead(work: WorkItem | None, tenant: str | None) -> WorkItem:
    """Raises NotFound (also where the tenant is another one), Conflict where it is alive."""
    if work is None or tenant not in (None, work.tenant):
        raise NotFound("There is no such work.")
    if work.state is not WorkState.DEAD:
        raise Conflict("This work is not dead.")
    return work


# -- batches


def unpacked(batch: Batch, size: int, failure: Failure | None) -> Batch:
    """No more resumes come; the file is kept only where another try may come to need it."""
    kept = None if failure is None else batch.blob_key
    return replace(batch, size=size, failure=failure, blob_key=kept)


def unpacked_again(batch: Batch) -> Batch:
    """More resumes may come after all."""
    return replace(batch, size=None, failure=None, completed_at=None)


# -- resumes


def received(new: NewResume) -> ChangedResume:
    """The first state of a record: the last one already where nothing can be done."""
    record = ResumeRecord(
        id=new.id,
        tenant=new.tenant,
        status=ResumeStatus.RECEIVED,
        stage=Stage.QUEUED,
        file_name=new.file_name,
        media_type=UNKNOWN_TYPE,
        size=new.size,
        sha256=new.sha256,
        blob_key=new.blob_key,
        created_at=new.now,
        updated_at=new.now,
        priority=new.priority,
        job_id=new.job_id,
        external_id=new.external_id,
        batch_id=new.batch_id,
    )
    if new.failure is not None:
        record = _failed(record, new.failure, new.now)
    return ChangedResume(record, (_event(record, None),))


def processing(record: ResumeRecord, attempts: int, now: datetime) -> ChangedResume:
    """Claimed by a worker."""
    return _changed(
        replace(record, status=ResumeStatus.PROCESSING, stage=Stage.READING, attempts=attempts),
        now,
    )


def at_stages(record: ResumeRecord, stages: Sequence[EnteredStage]) -> ChangedResume:
    """Some steps further in its processing; no event where it is there already."""
    events: list[ResumeEvent] = []
    for entered in stages:
        if entered.stage is not record.stage:
            change = _changed(replace(record, stage=entered.stage), entered.at)
            record, events = change.record, [*events, *change.events]
    return ChangedResume(record, tuple(events))


def queued_again(
    record: ResumeRecord, attempts: int, now: datetime, code: str | None
) -> ChangedResume:
    """Waiting for another attempt; ``code`` says what the last one died of."""
    waiting = replace(record, status=ResumeStatus.RECEIVED, stage=Stage.QUEUED, attempts=attempts)
    return _changed(waiting, now, code)


def fresh_start(record: ResumeRecord, now: datetime) -> ChangedResume:
    """To be processed again as if it had just been received."""
    fresh = replace(
        record,
        status=ResumeStatus.RECEIVED,
        stage=Stage.QUEUED,
        attempts=0,
        finished_at=None,
        failure=None,
    )
    return _changed(fresh, now)


def finished(
    record: ResumeRecord, outcome: Outcome, now: datetime, stages: Sequence[EnteredStage] = ()
) -> ChangedResume:
    """The final word of a worker, after the stages that were not noted yet."""
    before = at_stages(record, stages)
    final = replace(
        before.record,
        status=outcome.status,
        stage=Stage.FINISHED,
        media_type=outcome.media_type,
        pipeline_version=outcome.pipeline_version,
        candidate_name=candidate_name(outcome.result),
        failure=outcome.failure,
        finished_at=now,
    )
    change = _changed(final, now)
    return ChangedResume(change.record, (*before.events, *change.events))


def given_up(record: ResumeRecord, error: str, now: datetime) -> ChangedResume:
    """FAILED because no attempt is left."""
    return _changed(_failed(record, failure_for(error), now), now)


def cancelled(record: ResumeRecord, now: datetime) -> ChangedResume:
    """Raises Conflict where nothing is left to cancel."""
    if record.status.final:
        raise Conflict(f"The resume is {record.status.value} already.")
    stopped = replace(record, status=ResumeStatus.CANCELLED, stage=Stage.FINISHED, finished_at=now)
    return _changed(stopped, now)


def require_final(record: ResumeRecord) -> None:
    """Raises Conflict where the resume is still being worked on."""
    if not record.status.final:
        raise Conflict(f"The resume is {record.status.value}; wait for its end or cancel it.")


def failure_for(error: str) -> Failure:
    """What a stranger may read about work that was given up."""
    if error == WORKER_CRASHED:
        return Failure(WORKER_CRASHED, _CRASHED_MESSAGE)
    return Failure(error, ResumeProcessorError.default_message)


def _failed(record: ResumeRecord, failure: Failure, now: datetime) -> ResumeRecord:
    return replace(
        record,
        status=ResumeStatus.FAILED,
        stage=Stage.FINISHED,
        candidate_name=None,
        failure=failure,
        finished_at=now,
    )


def _changed(record: ResumeRecord, now: datetime, code: str | None = None) -> ChangedResume:
    changed = replace(record, revision=record.revision + 1, updated_at=now)
    return ChangedResume(changed, (_event(changed, code),))


def _event(record: ResumeRecord, code: str | None) -> ResumeEvent:
    return ResumeEvent(
        resume_id=record.id,
        revision=record.revision,
        at=record.updated_at,
        status=record.status,
        stage=record.stage,
        attempts=record.attempts,
        code=record.failure.code if record.failure else code,
    )
