"""Idempotency keys that somebody works on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, or_, select, update

from resume_processor.storage.sql import tables
from resume_processor.storage.sql.database import insert_new
from resume_processor.storage.sql.statements import SqlPart

_HOLDS = tables.idempotency_holds
_OF_KEY = (_HOLDS.c.tenant == bindparam("of"), _HOLDS.c.key == bindparam("its_key"))
_EXPIRE = delete(_HOLDS).where(_HOLDS.c.until <= bindparam("now"))
_RENEW = update(_HOLDS).where(*_OF_KEY, _HOLDS.c.holder == bindparam("by"))
_DROP = delete(_HOLDS).where(*_OF_KEY, _HOLDS.c.holder == bindparam("by"))
_USED = select(
    or_(
        *(
            exists().where(
                table.c.tenant == bindparam("of"), table.c.idempotency_key == bindparam("its_key")
            )
            for table in (tables.resumes, tables.batches)
        )
    )
)
_END = delete(_HOLDS).where(*_OF_KEY)


class SqlHolds(SqlPart):
    """The holds of ``ResumeStore``."""

    def hold_key(
        self, key: str, *, tenant: str, holder: str, now: datetime, until: datetime
    ) -> bool:
        """See ``ResumeStore``."""
        hold = {"tenant": tenant, "key": key, "holder": holder, "until": until}
        with self._database.write(light=True) as connection:
            connection.execute(_EXPIRE, {"now": now})
            if insert_new(connection, _HOLDS, hold, key=("tenant", "key")):
                return True
            mine = {"of": tenant, "its_key": key, "by": holder, "until": until}
            return connection.execute(_RENEW.values(until=bindparam("until")), mine).rowcount > 0

    def is_key_used(self, key: str, *, tenant: str) -> bool:
        """See ``ResumeStore``."""
        with self._database.read() as connection:
            return bool(connection.execute(_USED, {"of": tenant, "its_key": key}).scalar_one())

    def drop_hold(self, key: str, *, tenant: str, holder: str) -> None:
        """See ``ResumeStore``."""
        with self._database.write(light=True) as connection:
            connection.execute(_DROP, {"of": tenant, "its_key": key, "by": holder})


def end_overdue_holds(connection: Connection, now: datetime) -> None:
    """Those whose request died: a key is the client's, and may name a person."""
    connection.execute(_EXPIRE, {"now": now})


def end_hold(connection: Connection, tenant: str, key: str) -> None:
    """Whoever holds it: something is stored under the key now."""
    connection.execute(_END, {"of": tenant, "its_key": key})
