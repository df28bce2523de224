"""The running totals and the workers that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from zlib import crc32

from sqlalchemy import Connection, bindparam, delete, func, select

from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.database import replace_row, upsert
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.sql.statements import SqlPart
from resume_processor.workflow.figures import Addition, Family, Total
from resume_processor.workflow.stored_values import WorkerSign

#: Rows that a total is spread over.
SLOTS = 16

_TOTALS, _WORKERS = tables.totals, tables.workers
_SUMS = select(
    _TOTALS.c.family, _TOTALS.c.of, _TOTALS.c.label, func.sum(_TOTALS.c.amount)
).group_by(_TOTALS.c.family, _TOTALS.c.of, _TOTALS.c.label)
_SEEN = select(_WORKERS).where(_WORKERS.c.seen_at > bindparam("since")).order_by("instance")
_FORGET = delete(_WORKERS).where(_WORKERS.c.seen_at < bindparam("before"))
_SIGN_OFF = delete(_WORKERS).where(_WORKERS.c.instance == bindparam("its"))


def add_up(connection: Connection, subject_id: str, *additions: Sequence[Addition]) -> None:
    """Add to the totals; the last thing in a transaction, which holds their rows until its end.

    ``subject_id`` says over which of the rows: those who work on different subjects seldom wait
    for each other.
    """
    slot = crc32(subject_id.encode()) % SLOTS
    amounts: dict[Total, float] = {}
    for one in (one for several in additions for one in several):
        amounts[one.total] = amounts.get(one.total, 0.0) + one.amount
    if not amounts:
        return
    # in one order everywhere, so that nobody waits for somebody who waits for him
    values = [_row(total, slot, amounts[total]) for total in sorted(amounts)]
    _adding(connection.dialect.name).run_each(connection, values)


@cache
def _adding(dialect: str) -> Prepared:
    statement = upsert(dialect, _TOTALS)
    added = {"amount": _TOTALS.c.amount + statement.excluded.amount}
    key = ["family", "of", "label", "slot"]
    return Prepared(statement.on_conflict_do_update(index_elements=key, set_=added))


def _row(total: Total, slot: int, amount: float) -> dict[str, object]:
    return {
        "family": total.family.value,
        "of": total.of,
        "label": total.label,
        "slot": slot,
        "amount": amount,
    }


class SqlFigures(SqlPart):
    """``FigureStore``."""

    def totals(self) -> Mapping[Total, float]:
        """See ``FigureStore``."""
        with self._database.read() as connection:
            return {
                Total(Family(family), of, label): amount
                for family, of, label, amount in connection.execute(_SUMS)
            }

    def sign_on(self, sign: WorkerSign, *, forget_before: datetime) -> None:
        """See ``FigureStore``."""
        values = {
            "children": sign.children,
            "memory_bytes": sign.memory_bytes,
            "seen_at": sign.seen_at,
        }
        with self._database.write(light=True) as connection:
            connection.execute(_FORGET, {"before": forget_before})
            replace_row(
                connection, _WORKERS, {"instance": sign.instance, **values}, key=("instance",)
            )

    def sign_off(self, instance: str) -> None:
        """See ``FigureStore``."""
        with self._database.write(light=True) as connection:
            connection.execute(_SIGN_OFF, {"its": instance})

    def workers(self, *, seen_after: datetime) -> Sequence[WorkerSign]:
        """See ``FigureStore``."""
        with self._database.read() as connection:
            found = connection.execute(_SEEN, {"since": seen_after})
            return tuple(rows.to_sign(row) for row in found)
