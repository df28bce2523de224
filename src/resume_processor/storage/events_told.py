"""What webhooks are told of, and how a delivery moves on: pure, the same for every storage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from resume_processor.errors import Conflict
from resume_processor.resume.record import ResumeRecord, ResumeStatus
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.stored_values import Batch
from resume_processor.workflow.webhook_port import (
    Delivery,
    DeliveryState,
    EventType,
    Verdict,
    Webhook,
)

#: Senders that one webhook may keep busy, and one that failed the last time.
MOST_SENDERS = 2
MOST_SENDERS_WHEN_FAILING = 1

_OF_STATUS = {
    ResumeStatus.DONE: EventType.RESUME_DONE,
    ResumeStatus.NEEDS_REVIEW: EventType.RESUME_NEEDS_REVIEW,
    ResumeStatus.FAILED: EventType.RESUME_FAILED,
}

Told = tuple[EventType, dict[str, Any]]


def of_resume(record: ResumeRecord) -> Told | None:
    """What is told of a record that just changed; None where nothing is."""
    kind = _OF_STATUS.get(record.status)
    if kind is None:
        return None
    return kind, {
        "resume_id": record.id,
        "task_id": record.task_id,
        "status": record.status.value,
        "code": None if record.failure is None else record.failure.code,
        "revision": record.revision,
        "attempts": record.attempts,
        "batch_id": record.batch_id,
        "job_id": record.job_id,
    }


def of_batch(batch: Batch) -> Told:
    """What is told of a batch that is complete."""
    return EventType.BATCH_COMPLETED, {
        "batch_id": batch.id,
        "status": "COMPLETE" if batch.failure is None else "FAILED",
        "code": None if batch.failure is None else batch.failure.code,
        "size": batch.size,
        "job_id": batch.job_id,
    }


def deliveries(told: Told, webhooks: Iterable[Webhook], now: datetime) -> list[Delivery]:
    """One for each webhook that wants to know."""
    kind, data = told
    payload = {"type": kind.value, "timestamp": now.isoformat(), "data": data}
    return [
        Delivery(
            id=f"msg_{new_id(now)}",
            webhook_id=webhook.id,
            tenant=webhook.tenant,
            type=kind,
            payload=payload,
            state=DeliveryState.WAITING,
            created_at=now,
            available_at=now,
        )
        for webhook in webhooks
        if kind in webhook.events and webhook.disabled_at is None
    ]


def is_due(delivery: Delivery, now: datetime) -> bool:
    """Waiting and available, or sent by a sender that was not heard of any more."""
    if delivery.state is DeliveryState.WAITING:
        return delivery.available_at <= now
    return not is_in_flight(delivery, now) and delivery.state is DeliveryState.SENDING


def is_in_flight(delivery: Delivery, now: datetime) -> bool:
    """A sender has it now."""
    until = delivery.lease_until
    return delivery.state is DeliveryState.SENDING and until is not None and until > now


def claimed(delivery: Delivery, owner: str, lease_until: datetime) -> Delivery:
    """One more try, by ``owner``."""
    return replace(
        delivery,
        state=DeliveryState.SENDING,
        tries=delivery.tries + 1,
        owner=owner,
        lease_until=lease_until,
    )


def noted(delivery: Delivery, verdict: Verdict) -> Delivery:
    """After an attempt."""
    state = DeliveryState.WAITING
    if verdict.again_at is None:
        accepted = verdict.attempt.accepted
        state = DeliveryState.DELIVERED if accepted else DeliveryState.FAILED
    return replace(
        delivery,
        state=state,
        available_at=verdict.again_at or delivery.available_at,
        attempts=(*delivery.attempts, verdict.attempt),
        owner=None,
        lease_until=None,
    )


def rested(webhook: Webhook, verdict: Verdict) -> Webhook:
    """The webhook after an attempt."""
    failures = 0 if verdict.attempt.accepted else webhook.failures + 1
    disabled_at = verdict.attempt.at if verdict.disable else webhook.disabled_at
    return replace(
        webhook, failures=failures, resting_until=verdict.rest_until, disabled_at=disabled_at
    )


def resent(delivery: Delivery, now: datetime) -> Delivery:
    """Raises Conflict where it was not given up."""
    if delivery.state is not DeliveryState.FAILED:
        raise Conflict(f"This delivery is {delivery.state.value}.")
    return replace(delivery, state=DeliveryState.WAITING, tries=0, available_at=now)
