"""The work items: what is due, expired, dead, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, tuple_, update

from resume_processor.resume.record import Priority
from resume_processor.storage import cursors
from resume_processor.storage.fair_order import FairOrder
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.database import Database
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.sql.statements import SqlPart
from resume_processor.workflow.stored_values import Listing, WorkItem, WorkKind, WorkState

_WORK = tables.work
_WAITS = _WORK.c.state == WorkState.WAITING.value

# Built once: building a statement costs as much as running it.
_DUE = Prepared(
    select(_WORK)
    .where(
        _WAITS,
        _WORK.c.priority == bindparam("priority"),
        _WORK.c.available_at <= bindparam("now"),
        or_(_WORK.c.dispatched_at.is_(None), _WORK.c.dispatched_at < bindparam("before")),
    )
    .order_by(_WORK.c.available_at, _WORK.c.subject_id)
    .limit(bindparam("most"))
)
_NOTE = Prepared(
    update(_WORK)
    .where(_WORK.c.kind == bindparam("of"), _WORK.c.subject_id == bindparam("its"), _WAITS)
    .values(dispatched_at=bindparam("now"))
)
_EXPIRED = Prepared(
    select(_WORK)
    .where(_WORK.c.state == WorkState.RUNNING.value, _WORK.c.lease_until <= bindparam("now"))
    .order_by(_WORK.c.lease_until, _WORK.c.subject_id)
    .limit(bindparam("most"))
)
_COUNT = select(_WORK.c.state, _WORK.c.kind, func.count()).group_by(_WORK.c.state, _WORK.c.kind)
_OLDEST = select(func.min(_WORK.c.available_at)).where(
    _WAITS, _WORK.c.priority == bindparam("priority")
)


class SqlWorkQueries(SqlPart):
    """The half of ``WorkQueue`` that looks, and ``note_dispatched``."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._fair_order = FairOrder()

    def due_work(
        self, *, now: datetime, dispatched_before: datetime, limit: int
    ) -> Sequence[WorkItem]:
        """See ``WorkQueue``."""
        asked = {"now": now, "before": dispatched_before, "most": limit}
        return self._fair_order.merge(
            self._items(_DUE, priority=Priority.INTERACTIVE.value, **asked),
            self._items(_DUE, priority=Priority.BULK.value, **asked),
            limit,
        )

    def note_dispatched(self, items: Sequence[WorkItem], *, now: datetime) -> None:
        """See ``WorkQueue``."""
        if not items:
            return
        ordered = sorted((item.kind.value, item.subject_id) for item in items)
        with self._database.write(light=True) as connection:
            _NOTE.run_each(
                connection, [{"of": kind, "its": its, "now": now} for kind, its in ordered]
            )
        self._fair_order.note(len(items))

    def expired_work(self, *, now: datetime, limit: int) -> Sequence[WorkItem]:
        """See ``WorkQueue``."""
        return self._items(_EXPIRED, now=now, most=limit)

    def _items(self, query: Prepared, **asked: Any) -> list[WorkItem]:
        with self._database.read() as connection:
            return [rows.to_work(row) for row in query.all(connection, asked)]

    def list_dead(
        self, *, limit: int, cursor: str | None = None, tenant: str | None = None
    ) -> Listing[WorkItem]:
        """See ``WorkQueue``."""
        query = select(_WORK).where(_WORK.c.state == WorkState.DEAD.value)
        if tenant is not None:
            query = query.where(_WORK.c.tenant == tenant)
        if cursor is not None:
            types = [_WORK.c.created_at.type, _WORK.c.subject_id.type]
            edge = tuple_(*cursors.decode_time(cursor), types=types)
            query = query.where(tuple_(_WORK.c.created_at, _WORK.c.subject_id) < edge)
        query = query.order_by(_WORK.c.created_at.desc(), _WORK.c.subject_id.desc())
        with self._database.read() as connection:
            found = [rows.to_work(row) for row in connection.execute(query.limit(limit + 1))]
        last = found[limit - 1] if len(found) > limit else None
        return Listing(
            tuple(found[:limit]),
            None if last is None else cursors.encode_time(last.created_at, last.subject_id),
        )

    def count_work(self, *, tenant: str | None = None) -> dict[tuple[WorkKind, WorkState], int]:
        """See ``WorkQueue``."""
        query = _COUNT if tenant is None else _COUNT.where(_WORK.c.tenant == tenant)
        with self._database.read() as connection:
            return {
                (WorkKind(kind), WorkState(state)): count
                for state, kind, count in connection.execute(query)
            }

    def oldest_waiting(self, *, tenant: str | None = None) -> datetime | None:
        """See ``WorkQueue``."""
        query = _OLDEST if tenant is None else _OLDEST.where(_WORK.c.tenant == tenant)
        with self._database.read() as connection:
            oldest = [
                connection.execute(query, {"priority": priority.value}).scalar_one()
                for priority in Priority
            ]
        return min((time for time in oldest if time is not None), default=None)
