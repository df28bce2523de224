"""Webhooks, and the deliveries on their way to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from resume_processor.errors import NotFound
from resume_processor.storage import audited, cursors, events_told
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.resumes import newest_first
from resume_processor.storage.sql.statements import SqlPart
from resume_processor.storage.sql.webhook_rows import (
    changing_delivery_columns,
    from_webhook,
    to_delivery,
    to_webhook,
)
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.stored_values import Listing
from resume_processor.workflow.webhook_port import Delivery, DeliveryState, Verdict, Webhook

_HOOKS, _OUT = tables.webhooks, tables.deliveries
_OTHER = _OUT.alias("other")

_IN_FLIGHT = (
    select(func.count())
    .select_from(_OTHER)
    .where(
        _OTHER.c.webhook_id == _OUT.c.webhook_id,
        _OTHER.c.state == DeliveryState.SENDING.value,
        _OTHER.c.lease_until > bindparam("now"),
    )
    .scalar_subquery()
)
_MOST = case(
    (_HOOKS.c.failures == 0, events_told.MOST_SENDERS), else_=events_told.MOST_SENDERS_WHEN_FAILING
)
#: Two branches, each from an index in its order: what waits, and what a sender left lying.
_OPEN = (
    _HOOKS.c.disabled_at.is_(None),
    or_(_HOOKS.c.resting_until.is_(None), _HOOKS.c.resting_until <= bindparam("now")),
    _IN_FLIGHT < _MOST,
)
_JOINED = select(_OUT.c.id).join(_HOOKS, _HOOKS.c.id == _OUT.c.webhook_id).where(*_OPEN)
_LAST = _JOINED.order_by(_OUT.c.available_at, _OUT.c.id).limit(1)
_LEFT_LYING = _LAST.where(
    and_(_OUT.c.state == DeliveryState.SENDING.value, _OUT.c.lease_until <= bindparam("now"))
)
_DUE = _LAST.where(
    and_(_OUT.c.state == DeliveryState.WAITING.value, _OUT.c.available_at <= bindparam("now"))
)
_LOCK = select(_OUT).where(_OUT.c.id == bindparam("its_id")).with_for_update()
_HOOK = select(_HOOKS).where(_HOOKS.c.id == bindparam("its_id"))
_LOCK_HOOK = _HOOK.with_for_update(key_share=True)
_WRITE = update(_OUT).where(_OUT.c.id == bindparam("its_id"))
_WRITE_HOOK = update(_HOOKS).where(_HOOKS.c.id == bindparam("its_id"))


class SqlWebhooks(SqlPart):
    """``WebhookStore``."""

    def add_webhook(self, webhook: Webhook) -> Webhook:
        """See ``WebhookStore``."""
        with self._database.write() as connection:
            connection.execute(insert(_HOOKS), from_webhook(webhook))
            told = [audited.of_webhook(webhook)]
            note_down(connection, self.actor, webhook.tenant, webhook.created_at, told)
        return webhook

    def get_webhook(self, webhook_id: str, *, tenant: str) -> Webhook:
        """See ``WebhookStore``."""
        query = select(_HOOKS).where(_HOOKS.c.id == webhook_id, _HOOKS.c.tenant == tenant)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such webhook.")
        return to_webhook(row)

    def list_webhooks(self, *, tenant: str) -> Sequence[Webhook]:
        """See ``WebhookStore``."""
        query = select(_HOOKS).where(_HOOKS.c.tenant == tenant)
        query = query.order_by(_HOOKS.c.created_at.desc(), _HOOKS.c.id.desc())
        with self._database.read() as connection:
            return [to_webhook(row) for row in connection.execute(query)]

    def delete_webhook(self, webhook_id: str, *, tenant: str, now: datetime) -> None:
        """See ``WebhookStore``."""
        query = delete(_HOOKS).where(_HOOKS.c.id == webhook_id, _HOOKS.c.tenant == tenant)
        with self._database.write() as connection:
            if not connection.execute(query).rowcount:
                raise NotFound("There is no such webhook.")
            told = [Happening(Action.WEBHOOK_DELETED, webhook_id)]
            note_down(connection, self.actor, tenant, now, told)

    def claim_delivery(
        self, *, owner: str, now: datetime, lease_until: datetime
    ) -> tuple[Delivery, Webhook] | None:
        """See ``WebhookStore``."""
        if self._next_due(now) is None:  # most looks find nothing: they cost no transaction
            return None
        with self._database.write(light=True) as connection:
            delivery_id = _first(connection, now)
            delivery = None if delivery_id is None else _lock(connection, delivery_id)
            if delivery is None or not events_told.is_due(delivery, now):
                return None
            taken = events_told.claimed(delivery, owner, lease_until)
            _write(connection, taken)
            hook = connection.execute(_HOOK, {"its_id": taken.webhook_id}).one()
            return taken, to_webhook(hook)

    def _next_due(self, now: datetime) -> str | None:
        with self._database.read() as connection:
            return _first(connection, now)

    def note_delivery(self, delivery_id: str, verdict: Verdict, *, owner: str) -> bool:
        """See ``WebhookStore``."""
        with self._database.write() as connection:
            delivery = _lock(connection, delivery_id)
            if delivery is None or delivery.owner != owner:
                return False
            _write(connection, events_told.noted(delivery, verdict))
            hook = {"its_id": delivery.webhook_id}
            webhook = to_webhook(connection.execute(_LOCK_HOOK, hook).one())
            rested = events_told.rested(webhook, verdict)
            connection.execute(
                _WRITE_HOOK.values(
                    failures=rested.failures,
                    resting_until=rested.resting_until,
                    disabled_at=rested.disabled_at,
                ),
                hook,
            )
            return True

    def list_deliveries(
        self, webhook_id: str, *, tenant: str, limit: int, cursor: str | None = None
    ) -> Listing[Delivery]:
        """See ``WebhookStore``."""
        self.get_webhook(webhook_id, tenant=tenant)
        query = newest_first(
            select(_OUT).where(_OUT.c.webhook_id == webhook_id), _OUT, limit, cursor
        )
        with self._database.read() as connection:
            found = [to_delivery(row) for row in connection.execute(query)]
        last = found[limit - 1] if len(found) > limit else None
        behind = None if last is None else cursors.encode_time(last.created_at, last.id)
        return Listing(tuple(found[:limit]), behind)

    def resend_delivery(
        self, webhook_id: str, delivery_id: str, *, tenant: str, now: datetime
    ) -> Delivery:
        """See ``WebhookStore``."""
        with self._database.write() as connection:
            delivery = _lock(connection, delivery_id)
            if delivery is None or (delivery.tenant, delivery.webhook_id) != (tenant, webhook_id):
                raise NotFound("There is no such delivery.")
            return _write(connection, events_told.resent(delivery, now))

    def purge_deliveries(self, *, before: datetime) -> int:
        """See ``WebhookStore``."""
        over = [DeliveryState.DELIVERED.value, DeliveryState.FAILED.value]
        query = delete(_OUT).where(_OUT.c.state.in_(over), _OUT.c.created_at < before)
        with self._database.write() as connection:
            return int(connection.execute(query).rowcount)


def _first(connection: Connection, now: datetime) -> str | None:
    """The delivery to be sent next."""
    for query in (_LEFT_LYING, _DUE):
        found: str | None = connection.execute(query, {"now": now}).scalar_one_or_none()
        if found is not None:
            return found
    return None


def _lock(connection: Connection, delivery_id: str) -> Delivery | None:
    row = connection.execute(_LOCK, {"its_id": delivery_id}).one_or_none()
    return None if row is None else to_delivery(row)


def _write(connection: Connection, delivery: Delivery) -> Delivery:
    values = {**changing_delivery_columns(delivery), "its_id": delivery.id}
    connection.execute(_WRITE, values)
    return delivery
