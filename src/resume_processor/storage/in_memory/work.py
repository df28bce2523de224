"""The work items in memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from resume_processor.resume.record import Priority, ResumeRecord
from resume_processor.storage import audited, events_told, search_text, transitions
from resume_processor.storage.in_memory.tables import Part, newest_first
from resume_processor.workflow import figures
from resume_processor.workflow.stored_values import (
    ClaimedResume,
    EnteredStage,
    Listing,
    Outcome,
    ScoreRecord,
    WorkItem,
    WorkKind,
    WorkState,
)


class MemoryWork(Part):
    """``WorkQueue``."""

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
        with self._lock:
            work = self._tables.work.get((kind, subject_id))
            if work is None or not transitions.may_be_claimed(work, now):
                return None
            if work.attempts >= max_attempts:
                if work.state is WorkState.WAITING:
                    self._bury(work, work.last_error or transitions.WORKER_CRASHED, now)
                return None
            taken = self._write_work(transitions.claimed(work, owner, now, lease_until))
            record = self._subject(work)
            if record is not None:
                self._write_resume(transitions.processing(record, taken.attempts, now))
            self._add_up(figures.of_claim(taken, now))
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
        with self._lock:
            work = self.claim(
                WorkKind.PROCESS_RESUME,
                resume_id,
                owner=owner,
                now=now,
                lease_until=lease_until,
                max_attempts=max_attempts,
            )
            if work is None:
                return None
            record = self._tables.resumes[resume_id]
            return ClaimedResume(
                work,
                record,
                self._tables.is_in_work(record),
                self._tables.same_bytes(record.sha256, record.tenant, pipeline_version),
            )

    def renew(self, kind: WorkKind, subject_id: str, *, owner: str, lease_until: datetime) -> bool:
        """See ``WorkQueue``."""
        with self._lock:
            work = self._owned(kind, subject_id, owner)
            if work is None:
                return False
            self._write_work(replace(work, lease_until=lease_until))
            return True

    def enter_stages(self, resume_id: str, stages: Sequence[EnteredStage], *, owner: str) -> bool:
        """See ``WorkQueue``."""
        with self._lock:
            work = self._owned(WorkKind.PROCESS_RESUME, resume_id, owner)
            if work is None:
                return False
            change = transitions.at_stages(self._tables.resumes[resume_id], stages)
            if change.events:
                self._write_resume(change)
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
        with self._lock:
            work = self._owned(WorkKind.PROCESS_RESUME, resume_id, owner)
            if work is None:
                return False
            result = None if outcome.result is None else json.dumps(outcome.result)
            del self._tables.work[WorkKind.PROCESS_RESUME, resume_id]
            record = self._write_resume(
                transitions.finished(self._tables.resumes[resume_id], outcome, now, stages)
            )
            self._write_result(record, result, outcome)
            scores = self._replace_scores(record, outcome, now)
            told = [*audited.of_outcome(record, outcome), *audited.of_scores(scores)]
            self._note(record.tenant, now, *told)
            self._add_up([*figures.of_end(work, now), *figures.of_outcome(record)])
            self._tell(events_told.of_resume(record), record.tenant, now)
            self._complete_batch(record.batch_id, now)
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
        with self._lock:
            work = self._owned(kind, subject_id, owner)
            if work is None:
                return False
            self._hand_back(work, now, available_at, error, refund=refund)
            return True

    def finish_work(self, kind: WorkKind, subject_id: str, *, owner: str, now: datetime) -> bool:
        """See ``WorkQueue``."""
        with self._lock:
            work = self._owned(kind, subject_id, owner)
            if work is None:
                return False
            if work.again:
                self._write_work(transitions.restarted(work, work.created_at))
            else:
                del self._tables.work[kind, subject_id]
            self._add_up(figures.of_end(work, now))
            return True

    def due_work(
        self, *, now: datetime, dispatched_before: datetime, limit: int
    ) -> Sequence[WorkItem]:
        """See ``WorkQueue``."""
        with self._lock:
            due = sorted(
                (
                    work
                    for work in self._tables.work.values()
                    if work.state is WorkState.WAITING
                    and work.available_at <= now
                    and (work.dispatched_at is None or work.dispatched_at < dispatched_before)
                ),
                key=lambda work: (work.available_at, work.subject_id),
            )
        return self._tables.fair_order.merge(
            [work for work in due if work.priority is Priority.INTERACTIVE],
            [work for work in due if work.priority is Priority.BULK],
            limit,
        )

    def note_dispatched(self, items: Sequence[WorkItem], *, now: datetime) -> None:
        """See ``WorkQueue``."""
        with self._lock:
            for item in items:
                work = self._tables.work.get((item.kind, item.subject_id))
                if work is not None and work.state is WorkState.WAITING:
                    self._write_work(replace(work, dispatched_at=now))
        self._tables.fair_order.note(len(items))

    def expired_work(self, *, now: datetime, limit: int) -> Sequence[WorkItem]:
        """See ``WorkQueue``."""
        with self._lock:
            expired = [w for w in self._tables.work.values() if transitions.is_expired(w, now)]
        return sorted(expired, key=lambda work: (work.lease_until, work.subject_id))[:limit]

    def reap(
        self, item: WorkItem, *, now: datetime, available_at: datetime, max_attempts: int
    ) -> WorkState | None:
        """See ``WorkQueue``."""
        with self._lock:
            work = self._tables.work.get((item.kind, item.subject_id))
            if work is None or not transitions.is_expired(work, now):
                return None
            if (work.owner, work.lease_until) != (item.owner, item.lease_until):
                return None
            if work.attempts >= max_attempts:
                state = self._bury(work, transitions.WORKER_CRASHED, now)
            else:
                error = transitions.WORKER_CRASHED
                state = self._hand_back(work, now, available_at, error, refund=False)
            self._add_up(figures.of_expired(work, state))
            return state

    def list_dead(
        self, *, limit: int, cursor: str | None = None, tenant: str | None = None
    ) -> Listing[WorkItem]:
        """See ``WorkQueue``."""
        with self._lock:
            dead = [
                work
                for work in self._tables.work.values()
                if work.state is WorkState.DEAD and tenant in (None, work.tenant)
            ]
        return newest_first(dead, lambda work: (work.created_at, work.subject_id), limit, cursor)

    def replay(
        self, kind: WorkKind, subject_id: str, *, now: datetime, tenant: str | None = None
    ) -> WorkItem:
        """See ``WorkQueue``."""
        with self._lock:
            work = transitions.require_dead(self._tables.work.get((kind, subject_id)), tenant)
            record = self._subject(work)
            if record is not None:
                self._write_resume(transitions.fresh_start(record, now))
            if kind is WorkKind.UNPACK_BATCH:
                batch = self._tables.batches[subject_id]
                self._write_batch(transitions.unpacked_again(batch))
            self._note(work.tenant, now, audited.of_replay(work))
            return self._write_work(transitions.replayed(work, now))

    def count_work(self, *, tenant: str | None = None) -> dict[tuple[WorkKind, WorkState], int]:
        """See ``WorkQueue``."""
        return dict(Counter((work.kind, work.state) for work in self._work_of(tenant)))

    def oldest_waiting(self, *, tenant: str | None = None) -> datetime | None:
        """See ``WorkQueue``."""
        waiting = [work for work in self._work_of(tenant) if work.state is WorkState.WAITING]
        return min((work.available_at for work in waiting), default=None)

    def _work_of(self, tenant: str | None) -> list[WorkItem]:
        with self._lock:
            return [w for w in self._tables.work.values() if tenant in (None, w.tenant)]

    # -- what the methods above are made of; the lock is held

    def _owned(self, kind: WorkKind, subject_id: str, owner: str) -> WorkItem | None:
        work = self._tables.work.get((kind, subject_id))
        return work if transitions.is_owned(work, owner) else None

    def _subject(self, work: WorkItem) -> ResumeRecord | None:
        if work.kind is not WorkKind.PROCESS_RESUME:
            return None
        return self._tables.resumes[work.subject_id]

    def _hand_back(
        self,
        work: WorkItem,
        now: datetime,
        available_at: datetime,
        error: str | None,
        *,
        refund: bool,
    ) -> WorkState:
        back = self._write_work(transitions.handed_back(work, available_at, error, refund=refund))
        record = self._subject(work)
        if record is not None:
            self._write_resume(transitions.queued_again(record, back.attempts, now, error))
        return back.state

    def _bury(self, work: WorkItem, error: str, now: datetime) -> WorkState:
        dead = self._write_work(transitions.buried(work, error))
        record = self._subject(work)
        if record is not None:
            given_up = self._write_resume(transitions.given_up(record, error, now))
            self._write_result(given_up, None, None)
            self._add_up(figures.of_outcome(given_up))
            self._tell(events_told.of_resume(given_up), record.tenant, now)
            self._complete_batch(record.batch_id, now)
            self._note(record.tenant, now, *audited.of_failure(given_up))
        if work.kind is WorkKind.UNPACK_BATCH:
            self._end_unpacking(work.subject_id, error, now)
        return dead.state

    def _end_unpacking(self, batch_id: str, error: str, now: datetime) -> None:
        """A batch that cannot be taken apart ends with what came out of it so far."""
        size = sum(record.batch_id == batch_id for record in self._tables.resumes.values())
        batch = self._tables.batches[batch_id]
        self._write_batch(transitions.unpacked(batch, size, transitions.failure_for(error)))
        self._complete_batch(batch_id, now)

    def _write_result(
        self, record: ResumeRecord, text: str | None, outcome: Outcome | None
    ) -> None:
        tables, result = self._tables, None if outcome is None else outcome.result
        tables.search_texts[record.id] = search_text.search_text(record, result)
        if text is None:
            tables.results.pop(record.id, None)
            tables.profiles.pop(record.id, None)
            self._drop_scores(lambda _job, resume: resume == record.id)
        else:
            tables.results[record.id] = (text, record.updated_at)
            self._write_profile(record.id, None if outcome is None else outcome.profile)

    def _replace_scores(
        self, record: ResumeRecord, outcome: Outcome, now: datetime
    ) -> list[ScoreRecord]:
        """New scores for old ones; jobs that came meanwhile are to be scored once more.

        Returns the scores that were written.
        """
        tables = self._tables
        written = [score for score in outcome.scores if score.job_id in tables.jobs]
        for score in written:
            self._write_score(replace(score, resume_id=record.id))
        if outcome.result is None:
            return written
        scored = {score.job_id for score in outcome.scores}
        for job in tables.jobs.values():
            if job.open and job.tenant == record.tenant and job.id not in scored:
                self._drop_score(job.id, record.id)
                work = tables.work.get((WorkKind.SCORE_JOB, job.id))
                once_more = transitions.scored_once_more(work, job.id, job.tenant, now)
                if once_more is not None:
                    self._write_work(once_more)
        return written
