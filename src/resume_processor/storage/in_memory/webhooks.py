"""Webhooks and the outbox in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from resume_processor.errors import NotFound
from resume_processor.storage import audited, events_told
from resume_processor.storage.in_memory.tables import Part, newest_first
from resume_processor.workflow.audit_port import Action, Happening
from resume_processor.workflow.stored_values import Listing
from resume_processor.workflow.webhook_port import Delivery, DeliveryState, Verdict, Webhook

_OVER = (DeliveryState.DELIVERED, DeliveryState.FAILED)


class MemoryWebhooks(Part):
    """``WebhookStore``."""

    def add_webhook(self, webhook: Webhook) -> Webhook:
        """See ``WebhookStore``."""
        with self._lock:
            self._tables.webhooks[webhook.id] = webhook
            self._note(webhook.tenant, webhook.created_at, audited.of_webhook(webhook))
        return webhook

    def get_webhook(self, webhook_id: str, *, tenant: str) -> Webhook:
        """See ``WebhookStore``."""
        with self._lock:
            webhook = self._tables.webhooks.get(webhook_id)
        if webhook is None or webhook.tenant != tenant:
            raise NotFound("There is no such webhook.")
        return webhook

    def list_webhooks(self, *, tenant: str) -> Sequence[Webhook]:
        """See ``WebhookStore``."""
        with self._lock:
            webhooks = [one for one in self._tables.webhooks.values() if one.tenant == tenant]
        return sorted(webhooks, key=lambda one: (one.created_at, one.id), reverse=True)

    def delete_webhook(self, webhook_id: str, *, tenant: str, now: datetime) -> None:
        """See ``WebhookStore``."""
        with self._lock:
            self.get_webhook(webhook_id, tenant=tenant)
            del self._tables.webhooks[webhook_id]
            self._tables.deliveries = {
                key: row
                for key, row in self._tables.deliveries.items()
                if row.webhook_id != webhook_id
            }
            self._note(tenant, now, Happening(Action.WEBHOOK_DELETED, webhook_id))

    def claim_delivery(
        self, *, owner: str, now: datetime, lease_until: datetime
    ) -> tuple[Delivery, Webhook] | None:
        """See ``WebhookStore``."""
        with self._lock:
            waiting = sorted(
                self._tables.deliveries.values(), key=lambda one: (one.available_at, one.id)
            )
            for delivery in waiting:
                webhook = self._tables.webhooks[delivery.webhook_id]
                if events_told.is_due(delivery, now) and self._is_open(webhook, now):
                    taken = events_told.claimed(delivery, owner, lease_until)
                    self._tables.deliveries[taken.id] = taken
                    return taken, webhook
        return None

    def _is_open(self, webhook: Webhook, now: datetime) -> bool:
        """Whether another sender may turn to it."""
        if webhook.disabled_at is not None:
            return False
        if webhook.resting_until is not None and webhook.resting_until > now:
            return False
        failing = webhook.failures > 0
        most = events_told.MOST_SENDERS_WHEN_FAILING if failing else events_told.MOST_SENDERS
        in_flight = sum(
            one.webhook_id == webhook.id and events_told.is_in_flight(one, now)
            for one in self._tables.deliveries.values()
        )
        return in_flight < most

    def note_delivery(self, delivery_id: str, verdict: Verdict, *, owner: str) -> bool:
        """See ``WebhookStore``."""
        with self._lock:
            delivery = self._tables.deliveries.get(delivery_id)
            if delivery is None or delivery.owner != owner:
                return False
            webhook = self._tables.webhooks[delivery.webhook_id]
            self._tables.deliveries[delivery_id] = events_told.noted(delivery, verdict)
            self._tables.webhooks[webhook.id] = events_told.rested(webhook, verdict)
            return True

    def list_deliveries(
        self, webhook_id: str, *, tenant: str, limit: int, cursor: str | None = None
    ) -> Listing[Delivery]:
        """See ``WebhookStore``."""
        with self._lock:
            self.get_webhook(webhook_id, tenant=tenant)
            rows = [one for one in self._tables.deliveries.values() if one.webhook_id == webhook_id]
        return newest_first(rows, lambda one: (one.created_at, one.id), limit, cursor)

    def resend_delivery(
        self, webhook_id: str, delivery_id: str, *, tenant: str, now: datetime
    ) -> Delivery:
        """See ``WebhookStore``."""
        with self._lock:
            delivery = self._tables.deliveries.get(delivery_id)
            if delivery is None or (delivery.tenant, delivery.webhook_id) != (tenant, webhook_id):
                raise NotFound("There is no such delivery.")
            again = events_told.resent(delivery, now)
            self._tables.deliveries[delivery_id] = again
            return again

    def purge_deliveries(self, *, before: datetime) -> int:
        """See ``WebhookStore``."""
        with self._lock:
            kept = {
                key: row
                for key, row in self._tables.deliveries.items()
                if row.state not in _OVER or row.created_at >= before
            }
            gone = len(self._tables.deliveries) - len(kept)
            self._tables.deliveries = kept
            return gone
