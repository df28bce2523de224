"""The work items: claimed, renewed, handed back, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from resume_processor.resume.record import ResumeRecord
from resume_processor.storage import audited, events_told, transitions
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.completion import (
    complete_batch,
    count_resumes_of,
    lock_batch,
    write_batch,
)
from resume_processor.storage.sql.figures import add_up
from resume_processor.storage.sql.outbox import tell
from resume_processor.storage.sql.outcomes import write_outcome, write_result
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.sql.resumes import is_in_work, same_bytes
from resume_processor.storage.sql.statements import (
    SqlPart,
    delete_work,
    end_owned,
    lock_owned,
    lock_resume,
    lock_work,
    write_resume,
    write_work,
)
from resume_processor.workflow import figures
from resume_processor.workflow.stored_values import (
    ClaimedResume,
    EnteredStage,
    Outcome,
    WorkItem,
    WorkKind,
    WorkState,
)

_RENEW = Prepared(
    update(tables.work)
    .where(
        tables.work.c.kind == bindparam("of"),
        tables.work.c.subject_id == bindparam("its"),
        tables.work.c.state == WorkState.RUNNING.value,
        tables.work.c.owner == bindparam("by"),
    )
    .values(lease_until=bindparam("until"))
)


class SqlWork(SqlPart):
    """The half of ``WorkQueue`` that moves work items."""

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
        """See ``WorkQueue``."""
        with self._database.write(light=True) as connection:
            work = self._claimable(connection, kind, subject_id, now, max_attempts)
            if work is None:
                return None
            taken = transitions.claimed(work, owner, now, lease_until)
            if kind is WorkKind.PROCESS_RESUME and _begin(connection, taken, now) is None:
                return None
            write_work(connection, taken)
            add_up(connection, subject_id, figures.of_claim(taken, now))
            return taken

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
        """See ``WorkQueue``."""
        kind = WorkKind.PROCESS_RESUME
        with self._database.write(light=True) as connection:
            work = self._claimable(connection, kind, resume_id, now, max_attempts)
            if work is None:
                return None
            taken = transitions.claimed(work, owner, now, lease_until)
            record = _begin(connection, taken, now)
            if record is None:
                return None
            write_work(connection, taken)
            in_work = is_in_work(connection, record)
            same = same_bytes(connection, record.sha256, record.tenant, pipeline_version)
            add_up(connection, resume_id, figures.of_claim(taken, now))
            return ClaimedResume(taken, record, in_work, same)

    def _claimable(
        self,
        connection: Connection,
        kind: WorkKind,
        subject_id: str,
        now: datetime,
        max_attempts: int,
    ) -> WorkItem | None:
        """The work where it may be claimed; what has no attempts left is buried here."""
        work = lock_work(connection, kind, subject_id)
        if work is None or not transitions.may_be_claimed(work, now):
            return None
        if work.attempts < max_attempts:
            return work
        if work.state is WorkState.WAITING:
            error = work.last_error or transitions.WORKER_CRASHED
            _bury(connection, work, error, now, self.actor)
        return None

    def renew(self, kind: WorkKind, subject_id: str, *, owner: str, lease_until: datetime) -> bool:
        """See ``WorkQueue``."""
        lease = {"of": kind.value, "its": subject_id, "by": owner, "until": lease_until}
        with self._database.write(light=True) as connection:
            return _RENEW.run(connection, lease) > 0

    def enter_stages(self, resume_id: str, stages: Sequence[EnteredStage], *, owner: str) -> bool:
        """See ``WorkQueue``."""
        with self._database.write(light=True) as connection:
            if lock_owned(connection, WorkKind.PROCESS_RESUME, resume_id, owner) is None:
                return False
            record = lock_resume(connection, resume_id)
            if record is None:
                return False
            change = transitions.at_stages(record, stages)
            if change.events:
                write_resume(connection, change)
            return True

    def finish_resume(
        self,
        resume_id: str,
        outcome: Outcome,
        *,
        owner: str,
        now: datetime,
        stages: Sequence[EnteredStage] = (),
    ) -> bool:
        """See ``WorkQueue``."""
        with self._database.write() as connection:
            work = end_owned(connection, WorkKind.PROCESS_RESUME, resume_id, owner)
            record = None if work is None else lock_resume(connection, resume_id)
            if work is None or record is None:
                return False
            finished = transitions.finished(record, outcome, now, stages)
            scores = write_outcome(connection, finished, outcome, now)
            tell(connection, events_told.of_resume(finished.record), record.tenant, now)
            complete_batch(connection, record.batch_id, now)
            told = [*audited.of_outcome(finished.record, outcome), *audited.of_scores(scores)]
            note_down(connection, self.actor, record.tenant, now, told)
            ended = figures.of_end(work, now)
            add_up(connection, resume_id, ended, figures.of_outcome(finished.record))
            return True

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
        """See ``WorkQueue``."""
        with self._database.write(light=True) as connection:
            work = lock_owned(connection, kind, subject_id, owner)
            if work is None:
                return False
            _hand_back(connection, work, now, available_at, error, refund=refund)
            return True

    def finish_work(self, kind: WorkKind, subject_id: str, *, owner: str, now: datetime) -> bool:
        """See ``WorkQueue``."""
        with self._database.write() as connection:
            work = lock_owned(connection, kind, subject_id, owner)
            if work is None:
                return False
            if work.again:
                write_work(connection, transitions.restarted(work, work.created_at))
            else:
                delete_work(connection, kind, subject_id)
            add_up(connection, subject_id, figures.of_end(work, now))
            return True

    def reap(
        self, item: WorkItem, *, now: datetime, available_at: datetime, max_attempts: int
    ) -> WorkState | None:
        """See ``WorkQueue``."""
        with self._database.write(light=True) as connection:
            work = lock_work(connection, item.kind, item.subject_id)
            if work is None or not transitions.is_expired(work, now):
                return None
            if (work.owner, work.lease_until) != (item.owner, item.lease_until):
                return None
            error = transitions.WORKER_CRASHED
            if work.attempts >= max_attempts:
                state = _bury(connection, work, error, now, self.actor)
            else:
                state = _hand_back(connection, work, now, available_at, error, refund=False)
            add_up(connection, work.subject_id, figures.of_expired(work, state))
            return state

    def replay(
        self, kind: WorkKind, subject_id: str, *, now: datetime, tenant: str | None = None
    ) -> WorkItem:
        """See ``WorkQueue``."""
        with self._database.write() as connection:
            work = transitions.require_dead(lock_work(connection, kind, subject_id), tenant)
            if kind is WorkKind.PROCESS_RESUME:
                record = lock_resume(connection, subject_id)
                assert record is not None  # deleting it deletes its work first
                write_resume(connection, transitions.fresh_start(record, now))
            replayed = write_work(connection, transitions.replayed(work, now))
            if kind is WorkKind.UNPACK_BATCH:
                batch = lock_batch(connection, subject_id)
                assert batch is not None  # batches are never deleted
                write_batch(connection, transitions.unpacked_again(batch))
            told = [audited.of_replay(work)]
            note_down(connection, self.actor, work.tenant, now, told)
            return replayed


def _begin(connection: Connection, taken: WorkItem, now: datetime) -> ResumeRecord | None:
    """The record, which is being processed now; None where it was deleted meanwhile."""
    record = lock_resume(connection, taken.subject_id)
    if record is None:  # deleted while it was about to be processed again
        delete_work(connection, taken.kind, taken.subject_id)
        return None
    return write_resume(connection, transitions.processing(record, taken.attempts, now))


def _hand_back(
    connection: Connection,
    work: WorkItem,
    now: datetime,
    available_at: datetime,
    error: str | None,
    *,
    refund: bool,
) -> WorkState:
    back = write_work(connection, transitions.handed_back(work, available_at, error, refund=refund))
    record = lock_resume(connection, work.subject_id) if _is_resume(work) else None
    if record is not None:
        write_resume(connection, transitions.queued_again(record, back.attempts, now, error))
    return back.state


def _bury(
    connection: Connection, work: WorkItem, error: str, now: datetime, actor: str
) -> WorkState:
    dead = write_work(connection, transitions.buried(work, error))
    record = lock_resume(connection, work.subject_id) if _is_resume(work) else None
    if record is not None:
        given_up = transitions.given_up(record, error, now)
        write_result(connection, given_up, None)
        tell(connection, events_told.of_resume(given_up.record), record.tenant, now)
        complete_batch(connection, record.batch_id, now)
        told = audited.of_failure(given_up.record)
        note_down(connection, actor, record.tenant, now, told)
        add_up(connection, record.id, figures.of_outcome(given_up.record))
    if work.kind is WorkKind.UNPACK_BATCH:
        _end_unpacking(connection, work.subject_id, error, now)
    return dead.state


def _end_unpacking(connection: Connection, batch_id: str, error: str, now: datetime) -> None:
    """A batch that cannot be taken apart ends with what came out of it so far."""
    batch = lock_batch(connection, batch_id)
    if batch is not None:
        size = count_resumes_of(connection, batch_id)
        failure = transitions.failure_for(error)
        write_batch(connection, transitions.unpacked(batch, size, failure))
        complete_batch(connection, batch_id, now)


def _is_resume(work: WorkItem) -> bool:
    return work.kind is WorkKind.PROCESS_RESUME
