"""The audit log: notes of what happened, and the chains that a sealer makes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from itertools import takewhile
from typing import Any, Self

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from resume_processor.storage import audited, cursors
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.database import replace_row
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.sql.rows import AnyRow
from resume_processor.storage.sql.statements import SqlPart
from resume_processor.workflow.audit_chain import head_of, no_entries, sealed
from resume_processor.workflow.audit_port import AuditEntry, AuditHead, Happening, Note
from resume_processor.workflow.stored_values import Listing

_NOTES, _ENTRIES, _HEADS = tables.audit_notes, tables.audit_entries, tables.audit_heads

# Built once: building a statement costs as much as running it.
_NOTE = Prepared(insert(_NOTES))
_WAITING = select(_NOTES.c.number, _NOTES.c.size).order_by(_NOTES.c.number).limit(bindparam("most"))
_NOTED = select(_NOTES).where(_NOTES.c.number.in_(bindparam("numbers", expanding=True)))
_DONE = delete(_NOTES).where(_NOTES.c.number.in_(bindparam("numbers", expanding=True)))
_HEAD = select(_HEADS).where(_HEADS.c.tenant == bindparam("of"))
_LAST = (
    select(_ENTRIES.c.sequence, _ENTRIES.c.hash)
    .where(_ENTRIES.c.tenant == bindparam("of"))
    .order_by(_ENTRIES.c.sequence.desc())
    .limit(1)
)
_SEAL = insert(_ENTRIES)
_NEXT = select(func.min(_ENTRIES.c.tenant)).where(_ENTRIES.c.tenant > bindparam("of"))
_BEHIND = (
    select(_ENTRIES)
    .where(_ENTRIES.c.tenant == bindparam("of"), _ENTRIES.c.sequence > bindparam("after"))
    .order_by(_ENTRIES.c.sequence)
    .limit(bindparam("most"))
)


def note_down(
    connection: Connection, actor: str, tenant: str, now: datetime, happenings: Sequence[Happening]
) -> None:
    """Part of the transaction that makes it happen; waits for nobody."""
    if not happenings:
        return
    values = {"tenant": tenant, "at": now, "actor": actor, "size": len(happenings)}
    _NOTE.run(connection, {**values, "body": audited.notes_to_json(happenings)})


class SqlAudit(SqlPart):
    """``AuditStore``."""

    def acting_as(self, actor: str) -> Self:
        """See ``AuditStore``."""
        other = copy(self)
        other.actor = actor
        return other

    def note(self, *happenings: Happening, tenant: str, now: datetime) -> None:
        """See ``AuditStore``."""
        with self._database.write() as connection:
            note_down(connection, self.actor, tenant, now, happenings)

    def seal_audit(self, *, limit: int) -> int:
        """See ``AuditStore``."""
        if not self.count_unsealed():  # most looks find nothing, and need not wait for writers
            return 0
        with self._database.write() as connection:
            if not _alone(connection):
                return 0
            numbers = _next_numbers(connection, limit)
            count = _seal(connection, numbers) if numbers else 0
            connection.execute(_DONE, {"numbers": numbers})
            return count

    def count_unsealed(self) -> int:
        """See ``AuditStore``."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(_NOTES)).scalar_one())

    def audit_heads(self) -> Sequence[AuditHead]:
        """See ``AuditStore``."""
        with self._database.read() as connection:
            found = connection.execute(select(_HEADS).order_by(_HEADS.c.tenant))
            return tuple(AuditHead(row.tenant, row.sequence, row.hash) for row in found)

    def audit_tenants(self) -> Sequence[str]:
        """See ``AuditStore``."""
        tenants: list[str] = []
        with self._database.read() as connection:
            # from one to the next by the index: there are few of them, and very many entries
            while found := connection.execute(_NEXT, {"of": (tenants or [""])[-1]}).scalar_one():
                tenants.append(found)
        return tenants

    def audit_entries(self, *, tenant: str, after: int, limit: int) -> Sequence[AuditEntry]:
        """See ``AuditStore``."""
        asked = {"of": tenant, "after": after, "most": limit}
        with self._database.read() as connection:
            return tuple(map(_to_entry, connection.execute(_BEHIND, asked)))

    def list_audit(
        self,
        *,
        tenant: str,
        limit: int,
        cursor: str | None = None,
        subject_id: str | None = None,
    ) -> Listing[AuditEntry]:
        """See ``AuditStore``."""
        query = select(_ENTRIES).where(_ENTRIES.c.tenant == tenant)
        if subject_id is not None:
            query = query.where(_ENTRIES.c.subject_id == subject_id)
        if cursor is not None:
            query = query.where(_ENTRIES.c.sequence < cursors.decode(cursor)[0])
        query = query.order_by(_ENTRIES.c.sequence.desc()).limit(limit + 1)
        with self._database.read() as connection:
            found = [_to_entry(row) for row in connection.execute(query)]
        return audited.page(found, limit)


def _alone(connection: Connection) -> bool:
    """Whether nobody else seals until this transaction ends; SQLite lets one write anyway."""
    if connection.dialect.name != "postgresql":
        return True
    key = func.hashtextextended("sealing of the audit log", 0)
    return bool(connection.execute(select(func.pg_try_advisory_xact_lock(key))).scalar_one())


def _next_numbers(connection: Connection, limit: int) -> list[int]:
    """The oldest rows with notes, so many that there are about ``limit`` notes in them."""
    left = limit

    def wanted(row: AnyRow) -> bool:
        nonlocal left
        before, left = left, left - row.size
        return before > 0

    rows = connection.execute(_WAITING, {"most": limit}).all()
    return [row.number for row in takewhile(wanted, rows)]


def _seal(connection: Connection, numbers: Sequence[int]) -> int:
    rows = connection.execute(_NOTED.order_by(_NOTES.c.number), {"numbers": numbers}).all()
    notes: defaultdict[str, list[Note]] = defaultdict(list)
    for row in rows:
        notes[row.tenant].extend(audited.notes_from_json(row.body, at=row.at, actor=row.actor))
    for tenant, its in sorted(notes.items()):
        entries = list(sealed(its, _head(connection, tenant)))
        connection.execute(_SEAL, [_from_entry(entry) for entry in entries])
        end = head_of(entries[-1])
        values = {"tenant": tenant, "sequence": end.sequence, "hash": end.hash}
        replace_row(connection, _HEADS, values, key=("tenant",))
    return sum(len(its) for its in notes.values())


def _head(connection: Connection, tenant: str) -> AuditHead:
    row = connection.execute(_HEAD, {"of": tenant}).one_or_none()
    if row is None:  # nothing was sealed yet, or somebody took the note of the end away
        row = connection.execute(_LAST, {"of": tenant}).one_or_none()
    return no_entries(tenant) if row is None else AuditHead(tenant, row.sequence, row.hash)


def _to_entry(row: AnyRow) -> AuditEntry:
    return AuditEntry(*(getattr(row, name) for name in AuditEntry.__slots__))


def _from_entry(entry: AuditEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in AuditEntry.__slots__}
