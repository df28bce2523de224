"""Bodies about webhooks and their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from resume_processor.api.schemas.base import Body, RequestBody
from resume_processor.api.schemas.resumes import EXAMPLE_ID, EXAMPLE_TASK
from resume_processor.workflow.webhook_port import Delivery, DeliveryState, EventType, Webhook

EXAMPLE_WEBHOOK = "0198c0de-3333-7b52-9d0e-3f5a6b7c8d9e"

NEW_WEBHOOK_EXAMPLE: dict[str, Any] = {
    "url": "https://app.example.org/hooks/resumes",
    "events": ["resume.done", "batch.completed"],
}

WEBHOOK_EXAMPLE: dict[str, Any] = {
    "id": EXAMPLE_WEBHOOK,
    **NEW_WEBHOOK_EXAMPLE,
    "created_at": "2026-03-01T09:00:00Z",
    "failures": 0,
    "disabled_at": None,
}

DELIVERY_EXAMPLE: dict[str, Any] = {
    "id": "msg_0198c0de-4444-7b52-9d0e-3f5a6b7c8d9e",
    "type": "resume.done",
    "state": "delivered",
    "created_at": "2026-03-01T09:00:01Z",
    "next_attempt_at": None,
    "payload": {
        "type": "resume.done",
        "timestamp": "2026-03-01T09:00:01+00:00",
        "data": {
            "resume_id": EXAMPLE_ID,
            "task_id": EXAMPLE_TASK,
            "status": "DONE",
            "code": None,
            "revision": 5,
            "attempts": 1,
            "batch_id": None,
            "job_id": None,
        },
    },
    "attempts": [
        {"at": "2026-03-01T09:00:02Z", "seconds": 0.12, "status_code": 204, "error": None}
    ],
}


class NewWebhookBody(RequestBody):
    """Where to send what."""

    model_config = ConfigDict(json_schema_extra={"examples": [NEW_WEBHOOK_EXAMPLE]})

    url: str = Field(
        min_length=8,
        max_length=2000,
        pattern=r"^[\x21-\x7e]+$",
        description="http or https; private addresses are refused unless the service allows them.",
    )
    events: tuple[EventType, ...] = Field(
        tuple(EventType), min_length=1, description="All of them where left out."
    )


class WebhookReport(Body):
    """A webhook, without its secret."""

    model_config = ConfigDict(json_schema_extra={"examples": [WEBHOOK_EXAMPLE]})

    id: str
    url: str
    events: tuple[EventType, ...]
    created_at: datetime
    failures: int = Field(description="Deliveries that failed in a row.")
    disabled_at: datetime | None = Field(
        description="Since when nothing is sent, because the receiver answered `410 Gone`."
    )


class NewWebhook(WebhookReport):
    """A webhook as it is answered once, with its secret."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{**WEBHOOK_EXAMPLE, "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}]
        }
    )

    secret: str = Field(
        description="Verify with it that a delivery comes from here. It is shown this once."
    )


class WebhookList(Body):
    """All webhooks, newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [WEBHOOK_EXAMPLE]}]})

    items: tuple[WebhookReport, ...]


class DeliveryAttemptReport(Body):
    """One request to the receiver."""

    at: datetime
    seconds: float
    status_code: int | None
    error: str | None = Field(
        description="Why there was no answer: `timed_out`, `unreachable`, `address_refused`, "
        "`bad_answer`."
    )


class DeliveryReport(Body):
    """One event on its way to a webhook."""

    model_config = ConfigDict(json_schema_extra={"examples": [DELIVERY_EXAMPLE]})

    id: str = Field(description="The `webhook-id` header: the same at each attempt.")
    type: EventType
    state: DeliveryState = Field(description="`failed`: given up; it can be sent again.")
    created_at: datetime
    next_attempt_at: datetime | None
    payload: dict[str, Any] = Field(description="The body: ids and states, no personal data.")
    attempts: tuple[DeliveryAttemptReport, ...]


class DeliveryPage(Body):
    """A page of the log of a webhook, newest first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [DELIVERY_EXAMPLE], "next_cursor": None}]}
    )

    items: tuple[DeliveryReport, ...]
    next_cursor: str | None


def webhook_of(webhook: Webhook) -> WebhookReport:
    """The public view of a webhook."""
    return WebhookReport(
        id=webhook.id,
        url=webhook.url,
        events=webhook.events,
        created_at=webhook.created_at,
        failures=webhook.failures,
        disabled_at=webhook.disabled_at,
    )


def new_webhook_of(webhook: Webhook) -> NewWebhook:
    """The same with its secret."""
    return NewWebhook(**webhook_of(webhook).model_dump(), secret=webhook.secret)


def delivery_of(delivery: Delivery) -> DeliveryReport:
    """The public view of a delivery."""
    alive = delivery.state in (DeliveryState.WAITING, DeliveryState.SENDING)
    return DeliveryReport(
        id=delivery.id,
        type=delivery.type,
        state=delivery.state,
        created_at=delivery.created_at,
        next_attempt_at=delivery.available_at if alive else None,
        payload=dict(delivery.payload),
        attempts=tuple(
            DeliveryAttemptReport(
                at=one.at, seconds=one.seconds, status_code=one.status_code, error=one.error
            )
            for one in delivery.attempts
        ),
    )
