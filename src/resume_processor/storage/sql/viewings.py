"""Who looked at what: noted for the audit log once an hour, by whichever process saw it first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from resume_processor.storage import audited
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.database import insert_new
from resume_processor.storage.sql.statements import SqlPart
from resume_processor.workflow.audit_port import Viewing

_VIEWINGS = tables.audit_viewings

# Rows that another process is forgetting are left to it: it may lock them in another order.
_FORGOTTEN = (
    select(_VIEWINGS.c.key)
    .where(_VIEWINGS.c.hour < bindparam("before"))
    .with_for_update(skip_locked=True)
)
_FORGET = delete(_VIEWINGS).where(_VIEWINGS.c.key.in_(_FORGOTTEN))


class SqlViewings(SqlPart):
    """The part of ``AuditStore`` about viewings."""

    def note_viewings(self, viewings: Sequence[Viewing], *, forget_before: datetime) -> int:
        """See ``AuditStore``."""
        new: list[Viewing] = []
        with self._database.write() as connection:
            connection.execute(_FORGET, {"before": forget_before})
            # in one order everywhere: one process waits here for the other, and neither for both
            for key, one in sorted({_digest(one): one for one in reversed(viewings)}.items()):
                if insert_new(connection, _VIEWINGS, {"key": key, "hour": one.hour}, key=("key",)):
                    new.append(one)
            for one in sorted(new, key=lambda one: one.at):
                told = [audited.of_viewing(one)]
                note_down(connection, one.actor, one.tenant, one.at, told)
        return len(new)


def _digest(viewing: Viewing) -> str:
    return hashlib.sha256("\n".join(viewing.key).encode()).hexdigest()
