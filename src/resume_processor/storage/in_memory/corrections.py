"""What people said about values, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from resume_processor.errors import NotFound
from resume_processor.resume.corrections import Correction
from resume_processor.storage import audited
from resume_processor.storage.in_memory.tables import Part
from resume_processor.storage.storable import require_storable_correction


class MemoryCorrections(Part):
    """``CorrectionStore``."""

    def put_correction(self, correction: Correction, *, tenant: str) -> None:
        """See ``CorrectionStore``."""
        require_storable_correction(correction)
        with self._lock:
            self._resume(correction.resume_id, tenant)
            key = (correction.resume_id, correction.pointer)
            self._tables.corrections[key] = correction
            self._note(tenant, correction.at, audited.of_correction(correction))

    def list_corrections(self, resume_id: str, *, tenant: str) -> Sequence[Correction]:
        """See ``CorrectionStore``."""
        with self._lock:
            return [
                correction
                for key, correction in sorted(self._tables.corrections.items())
                if key[0] == resume_id and self._tables.resumes[resume_id].tenant == tenant
            ]

    def remove_correction(
        self, resume_id: str, pointer: str, *, tenant: str, now: datetime
    ) -> None:
        """See ``CorrectionStore``."""
        with self._lock:
            key = (resume_id, pointer)
            known = key in self._tables.corrections
            if not known or self._tables.resumes[resume_id].tenant != tenant:
                raise NotFound("There is no such correction.")
            del self._tables.corrections[key]
            self._note(tenant, now, audited.of_correction_removed(resume_id, pointer))

    def corrected_resumes(
        self, *, tenant: str, limit: int, after: str | None = None
    ) -> Sequence[str]:
        """See ``CorrectionStore``."""
        with self._lock:
            ids = {
                resume_id
                for resume_id, _ in self._tables.corrections
                if self._tables.resumes[resume_id].tenant == tenant
            }
        return sorted(one for one in ids if after is None or one > after)[:limit]
