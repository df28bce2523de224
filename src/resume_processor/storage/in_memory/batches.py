"""Resumes that came together, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from resume_processor.errors import IdempotencyMismatch, NotFound
from resume_processor.resume.record import Failure
from resume_processor.storage import audited, transitions
from resume_processor.storage.in_memory.tables import Part, newest_first
from resume_processor.storage.storable import require_storable_resume
from resume_processor.workflow.stored_values import (
    Batch,
    BatchProgress,
    Listing,
    NewResume,
    WorkKind,
)


class MemoryBatches(Part):
    """``BatchStore``."""

    def add_batch(
        self, batch: Batch, *, idempotency: tuple[str, str] | None = None
    ) -> tuple[Batch, bool]:
        """See ``BatchStore``."""
        with self._lock:
            if idempotency is not None:
                key, digest = idempotency
                earlier = self._tables.batch_keys.get((batch.tenant, key))
                if earlier is not None and earlier[0] != digest:
                    raise IdempotencyMismatch
                self._tables.holds.pop((batch.tenant, key), None)
                if earlier is not None:
                    return self._tables.batches[earlier[1]], False
                self._tables.batch_keys[batch.tenant, key] = (digest, batch.id)
            self._tables.batches[batch.id] = batch
            if batch.blob_key is not None:
                self._write_work(transitions.unpacking_work(batch))
            self._note(batch.tenant, batch.created_at, audited.of_batch(batch))
            return batch, True

    def add_members(
        self,
        members: Sequence[NewResume],
        *,
        batch_id: str,
        owner: str,
        progress: str,
        now: datetime,
    ) -> bool:
        """See ``BatchStore``."""
        for new in members:
            require_storable_resume(new)
        with self._lock:
            work = self._tables.work.get((WorkKind.UNPACK_BATCH, batch_id))
            if work is None or not transitions.is_owned(work, owner):
                return False
            stored = [self._insert_resume(replace(new, batch_id=batch_id)) for new in members]
            self._write_work(transitions.got_on(work, progress))
            self._note(work.tenant, now, *audited.of_all_received(stored))
            return True

    def finish_batch(
        self, batch_id: str, *, owner: str, size: int, failure: Failure | None, now: datetime
    ) -> bool:
        """See ``BatchStore``."""
        with self._lock:
            key = (WorkKind.UNPACK_BATCH, batch_id)
            if not transitions.is_owned(self._tables.work.get(key), owner):
                return False
            del self._tables.work[key]
            batch = self._tables.batches[batch_id]
            self._write_batch(transitions.unpacked(batch, size, failure))
            self._complete_batch(batch_id, now)
            return True

    def get_batch(self, batch_id: str, *, tenant: str | None = None) -> BatchProgress:
        """See ``BatchStore``."""
        with self._lock:
            batch = self._tables.batches.get(batch_id)
            if batch is None or tenant not in (None, batch.tenant):
                raise NotFound("There is no such batch.")
            return self._progress(batch)

    def list_batches(
        self, *, tenant: str, limit: int, cursor: str | None = None
    ) -> Listing[BatchProgress]:
        """See ``BatchStore``."""
        with self._lock:
            batches = [
                self._progress(batch)
                for batch in self._tables.batches.values()
                if batch.tenant == tenant
            ]
        return newest_first(
            batches, lambda row: (row.batch.created_at, row.batch.id), limit, cursor
        )

    def _progress(self, batch: Batch) -> BatchProgress:
        counts = Counter(
            record.status for record in self._tables.resumes.values() if record.batch_id == batch.id
        )
        return BatchProgress(batch, dict(counts))
