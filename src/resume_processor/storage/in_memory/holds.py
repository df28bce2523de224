"""Idempotency keys that somebody works on, in memory."""

from __future__ import annotations

from datetime import datetime

from resume_processor.storage.in_memory.tables import Part


class MemoryHolds(Part):
    """The holds of ``ResumeStore``."""

    def hold_key(
        self, key: str, *, tenant: str, holder: str, now: datetime, until: datetime
    ) -> bool:
        """See ``ResumeStore``."""
        with self._lock:
            by, its_end = self._tables.holds.get((tenant, key), (holder, until))
            if by != holder and its_end > now:
                return False
            self._tables.holds[tenant, key] = (holder, until)
            return True

    def is_key_used(self, key: str, *, tenant: str) -> bool:
        """See ``ResumeStore``."""
        with self._lock:
            used = (self._tables.idempotency, self._tables.batch_keys)
            return any((tenant, key) in keys for keys in used)

    def drop_hold(self, key: str, *, tenant: str, holder: str) -> None:
        """See ``ResumeStore``."""
        with self._lock:
            if self._tables.holds.get((tenant, key), ("", None))[0] == holder:
                del self._tables.holds[tenant, key]
