"""Puts what webhooks are to be told beside what makes it true, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from resume_processor.storage import events_told
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.sql.webhook_rows import from_delivery, to_webhook

# Built once: building a statement costs as much as running it.
_WEBHOOKS = Prepared(
    select(tables.webhooks)
    .where(tables.webhooks.c.tenant == bindparam("of"))
    .with_for_update(read=True, key_share=True)
)
_INSERT = insert(tables.deliveries)


def tell(connection: Connection, told: events_told.Told | None, tenant: str, now: datetime) -> None:
    """One delivery for each webhook that wants to know; the rest of the transaction keeps them."""
    if told is None:
        return
    webhooks = _WEBHOOKS.all(connection, {"of": tenant})
    found = events_told.deliveries(told, map(to_webhook, webhooks), now)
    if found:
        connection.execute(_INSERT, [from_delivery(delivery) for delivery in found])
