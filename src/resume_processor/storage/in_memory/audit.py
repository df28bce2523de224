"""The audit log in memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import Self

from resume_processor.storage import audited, cursors
from resume_processor.storage.in_memory.tables import Part
from resume_processor.workflow.audit_chain import head_of, no_entries, sealed
from resume_processor.workflow.audit_port import AuditEntry, AuditHead, Happening, Viewing
from resume_processor.workflow.stored_values import Listing


class MemoryAudit(Part):
    """``AuditStore``."""

    def acting_as(self, actor: str) -> Self:
        """See ``AuditStore``."""
        other = copy(self)
        other.actor = actor
        return other

    def note(self, *happenings: Happening, tenant: str, now: datetime) -> None:
        """See ``AuditStore``."""
        with self._lock:
            self._note(tenant, now, *happenings)

    def note_viewings(self, viewings: Sequence[Viewing], *, forget_before: datetime) -> int:
        """See ``AuditStore``."""
        with self._lock:
            noted = self._tables.audit_viewings
            for key in [key for key, hour in noted.items() if hour < forget_before]:
                del noted[key]
            count = len(noted)
            for one in viewings:
                if one.key not in noted:
                    noted[one.key] = one.hour
                    acting = self.acting_as(one.actor)
                    acting.note(audited.of_viewing(one), tenant=one.tenant, now=one.at)
            return len(noted) - count

    def seal_audit(self, *, limit: int) -> int:
        """See ``AuditStore``."""
        count = 0
        with self._lock:
            waiting = self._tables.audit_notes
            while waiting and count < limit:
                tenant, now, actor, body = waiting.pop(0)
                notes = audited.notes_from_json(json.loads(body), at=now, actor=actor)
                chain = self._tables.audit_entries.setdefault(tenant, [])
                chain.extend(sealed(notes, head_of(chain[-1]) if chain else no_entries(tenant)))
                count += len(notes)
        return count

    def count_unsealed(self) -> int:
        """See ``AuditStore``."""
        with self._lock:
            return len(self._tables.audit_notes)

    def audit_heads(self) -> Sequence[AuditHead]:
        """See ``AuditStore``."""
        with self._lock:
            return [head_of(chain[-1]) for _, chain in sorted(self._tables.audit_entries.items())]

    def audit_tenants(self) -> Sequence[str]:
        """See ``AuditStore``."""
        with self._lock:
            return sorted(self._tables.audit_entries)

    def audit_entries(self, *, tenant: str, after: int, limit: int) -> Sequence[AuditEntry]:
        """See ``AuditStore``."""
        with self._lock:
            return self._tables.audit_entries.get(tenant, [])[after : after + limit]

    def list_audit(
        self,
        *,
        tenant: str,
        limit: int,
        cursor: str | None = None,
        subject_id: str | None = None,
    ) -> Listing[AuditEntry]:
        """See ``AuditStore``."""
        behind = None if cursor is None else cursors.decode(cursor)[0]
        with self._lock:
            found = [
                entry
                for entry in reversed(self._tables.audit_entries.get(tenant, []))
                if (behind is None or entry.sequence < behind)
                and subject_id in (None, entry.subject_id)
            ]
        return audited.page(found, limit)
