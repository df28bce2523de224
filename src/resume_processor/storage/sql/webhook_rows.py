"""Rows of webhooks and deliveries as values, and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from resume_processor.storage.sql.rows import AnyRow
from resume_processor.workflow.webhook_port import (
    Delivery,
    DeliveryAttempt,
    DeliveryState,
    EventType,
    Webhook,
)


def to_webhook(row: AnyRow) -> Webhook:
    """From a row of ``webhooks``."""
    return Webhook(
        id=row.id,
        tenant=row.tenant,
        url=row.url,
        events=tuple(EventType(name) for name in row.events.split()),
        secret=row.secret,
        created_at=row.created_at,
        failures=row.failures,
        resting_until=row.resting_until,
        disabled_at=row.disabled_at,
    )


def from_webhook(webhook: Webhook) -> dict[str, Any]:
    """All columns."""
    return {
        "id": webhook.id,
        "tenant": webhook.tenant,
        "url": webhook.url,
        "events": " ".join(webhook.events),
        "secret": webhook.secret,
        "created_at": webhook.created_at,
        "failures": webhook.failures,
        "resting_until": webhook.resting_until,
        "disabled_at": webhook.disabled_at,
    }


def to_delivery(row: AnyRow) -> Delivery:
    """From a row of ``deliveries``."""
    return Delivery(
        id=row.id,
        webhook_id=row.webhook_id,
        tenant=row.tenant,
        type=EventType(row.type),
        payload=row.payload,
        state=DeliveryState(row.state),
        created_at=row.created_at,
        available_at=row.available_at,
        attempts=tuple(_attempt(one) for one in row.attempts["attempts"]),
        tries=row.tries,
        owner=row.owner,
        lease_until=row.lease_until,
    )


def from_delivery(delivery: Delivery) -> dict[str, Any]:
    """All columns."""
    return {
        "id": delivery.id,
        "webhook_id": delivery.webhook_id,
        "tenant": delivery.tenant,
        "type": delivery.type.value,
        "payload": dict(delivery.payload),
        "created_at": delivery.created_at,
        "resume_id": delivery.resume_id,
        **changing_delivery_columns(delivery),
    }


def changing_delivery_columns(delivery: Delivery) -> dict[str, Any]:
    """The columns that an attempt may touch."""
    attempts = [
        {
            "at": one.at.isoformat(),
            "seconds": one.seconds,
            "status_code": one.status_code,
            "error": one.error,
        }
        for one in delivery.attempts
    ]
    return {
        "state": delivery.state.value,
        "available_at": delivery.available_at,
        "attempts": {"attempts": attempts},
        "tries": delivery.tries,
        "owner": delivery.owner,
        "lease_until": delivery.lease_until,
    }


def _attempt(one: dict[str, Any]) -> DeliveryAttempt:
    return DeliveryAttempt(
        at=datetime.fromisoformat(one["at"]),
        seconds=one["seconds"],
        status_code=one["status_code"],
        error=one["error"],
    )
