"""Resumes deleted, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from resume_processor.storage.in_memory.tables import Part
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.stored_values import Erasure, WorkKind


class MemoryErasures(Part):
    """``ErasureStore``."""

    def delete_resume(self, resume_id: str, *, tenant: str, now: datetime) -> Erasure:
        """See ``ErasureStore``."""
        with self._lock:
            record = self._resume(resume_id, tenant)
            self._drop_rows(resume_id, now)
            self._tables.tombstones[resume_id] = (tenant, now)
            erasure = Erasure(resume_id, tenant, record.blob_key, now)
            self._tables.erasures[resume_id] = erasure
            self._announce(resume_id)
            self._complete_batch(record.batch_id, now)
            self._note(tenant, now, Happening(Action.RESUME_DELETED, resume_id))
            return erasure

    def _drop_rows(self, resume_id: str, now: datetime) -> None:
        tables = self._tables
        for rows in (
            tables.resumes,
            tables.events,
            tables.results,
            tables.profiles,
            tables.search_texts,
        ):
            rows.pop(resume_id, None)
        tables.work.pop((WorkKind.PROCESS_RESUME, resume_id), None)
        self._drop_scores(lambda _job, resume: resume == resume_id)
        self._drop_decisions(lambda one: one.resume_id == resume_id)
        tables.idempotency = {
            key: row for key, row in tables.idempotency.items() if row[1] != resume_id
        }
        tables.holds = {key: row for key, row in tables.holds.items() if row[1] > now}
        for key in [key for key in tables.corrections if key[0] == resume_id]:
            del tables.corrections[key]
        tables.deliveries = {
            key: row for key, row in tables.deliveries.items() if row.resume_id != resume_id
        }

    def unfinished_erasures(self, *, limit: int) -> Sequence[Erasure]:
        """See ``ErasureStore``."""
        with self._lock:
            return tuple(self._tables.erasures.values())[:limit]

    def note_erased(self, resume_ids: Sequence[str], *, now: datetime) -> None:  # noqa: ARG002
        """See ``ErasureStore``; a tombstone here never had more than id, tenant and time."""
        with self._lock:
            for resume_id in resume_ids:
                self._tables.erasures.pop(resume_id, None)

    def scrub(self, *, rebuild: bool = False) -> bool:  # noqa: ARG002 - there are no files
        """See ``ErasureStore``."""
        return True

    def which_exist(self, resume_ids: Sequence[str]) -> frozenset[str]:
        """See ``ErasureStore``."""
        with self._lock:
            return frozenset(one for one in resume_ids if one in self._tables.resumes)
