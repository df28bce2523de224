"""Resumes, results and histories in memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from resume_processor.errors import IdempotencyMismatch, NotFound
from resume_processor.resume.record import ResumeRecord, ResumeStatus
from resume_processor.storage import audited, search_text, transitions
from resume_processor.storage.in_memory.tables import Part, newest_first
from resume_processor.storage.storable import require_storable_resume
from resume_processor.workflow import figures
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.stored_values import Listing, NewResume, ResumeEvent, WorkKind


class MemoryResumes(Part):
    """``ResumeStore``."""

    def add_resume(self, new: NewResume) -> tuple[ResumeRecord, bool]:
        """See ``ResumeStore``."""
        require_storable_resume(new)
        with self._lock:
            earlier = self._earlier(new)
            if earlier is None:
                self._require_batch(new)
            if new.idempotency is not None:  # only now: who is refused leaves everything as it was
                self._tables.holds.pop((new.tenant, new.idempotency[0]), None)
            return (self._add(new), True) if earlier is None else (earlier, False)

    def _add(self, new: NewResume) -> ResumeRecord:
        record = self._insert_resume(new)
        self._note(record.tenant, new.now, *audited.of_received(record))
        if new.idempotency is not None:
            key, digest = new.idempotency
            self._tables.idempotency[new.tenant, key] = (digest, new.id)
        return record

    def _earlier(self, new: NewResume) -> ResumeRecord | None:
        if new.idempotency is None:
            return None
        key, digest = new.idempotency
        known = self._tables.idempotency.get((new.tenant, key))
        if known is None:
            return None
        if known[0] != digest:
            raise IdempotencyMismatch
        return self._tables.resumes[known[1]]

    def _require_batch(self, new: NewResume) -> None:
        if new.batch_id is None:
            return
        batch = self._tables.batches.get(new.batch_id)
        if batch is None or batch.tenant != new.tenant:
            raise NotFound("There is no such batch.")

    def get_resume(self, resume_id: str, *, tenant: str | None = None) -> ResumeRecord:
        """See ``ResumeStore``."""
        with self._lock:
            return self._resume(resume_id, tenant)

    def is_parsed_elsewhere(self, record: ResumeRecord) -> bool:
        """See ``ResumeStore``."""
        with self._lock:
            return self._tables.is_in_work(record)

    def find_same(self, sha256: str, *, tenant: str, pipeline_version: str) -> ResumeRecord | None:
        """See ``ResumeStore``."""
        with self._lock:
            return self._tables.same_bytes(sha256, tenant, pipeline_version)

    def is_task_of(self, task_id: str, *, tenant: str) -> bool:
        """See ``ResumeStore``."""
        with self._lock:
            resumes = self._tables.resumes.values()
            return any(one.task_id == task_id and one.tenant == tenant for one in resumes)

    def deleted_at(self, resume_id: str, *, tenant: str) -> datetime | None:
        """See ``ResumeStore``."""
        with self._lock:
            owner, time = self._tables.tombstones.get(resume_id, (None, None))
            return time if owner == tenant else None

    def get_result(self, resume_id: str) -> dict[str, Any] | None:
        """See ``ResumeStore``."""
        with self._lock:
            row = self._tables.results.get(resume_id)
        return None if row is None else json.loads(row[0])

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
        """See ``ResumeStore``."""
        words = search_text.words_of(text or "")
        with self._lock:
            rows = [
                record
                for record in self._tables.resumes.values()
                if record.tenant == tenant
                and status in (None, record.status)
                and batch_id in (None, record.batch_id)
                and external_id in (None, record.external_id)
                and all(word in self._tables.search_texts[record.id] for word in words)
            ]
        return newest_first(rows, lambda record: (record.created_at, record.id), limit, cursor)

    def resume_events(self, resume_id: str, *, after: int = 0) -> Sequence[ResumeEvent]:
        """See ``ResumeStore``."""
        with self._lock:
            events = self._tables.events.get(resume_id, ())
            return tuple(event for event in events if event.revision > after)

    def blob_in_use(self, blob_key: str) -> bool:
        """See ``ResumeStore``."""
        with self._lock:
            return any(record.blob_key == blob_key for record in self._tables.resumes.values())

    def cancel_resume(self, resume_id: str, *, tenant: str, now: datetime) -> ResumeRecord:
        """See ``ResumeStore``."""
        with self._lock:
            change = transitions.cancelled(self._resume(resume_id, tenant), now)
            self._tables.work.pop((WorkKind.PROCESS_RESUME, resume_id), None)
            self._add_up(figures.of_outcome(change.record))
            cancelled = self._write_resume(change)
            self._complete_batch(cancelled.batch_id, now)
            self._note(tenant, now, Happening(Action.RESUME_CANCELLED, resume_id))
            return cancelled

    def reprocess_resume(self, resume_id: str, *, tenant: str, now: datetime) -> ResumeRecord:
        """See ``ResumeStore``."""
        with self._lock:
            record = self._resume(resume_id, tenant)
            transitions.require_final(record)
            self._write_work(
                transitions.new_work(
                    WorkKind.PROCESS_RESUME, resume_id, tenant, record.priority, now
                )
            )
            self._note(tenant, now, Happening(Action.RESUME_REPROCESSED, resume_id))
            return self._write_resume(transitions.fresh_start(record, now))

    def count_resumes(self, *, tenant: str | None = None) -> dict[ResumeStatus, int]:
        """See ``ResumeStore``."""
        with self._lock:
            return dict(
                Counter(
                    record.status
                    for record in self._tables.resumes.values()
                    if tenant in (None, record.tenant)
                )
            )
