"""Webhooks: who wants to be told of what, what is to be told, and their storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from resume_processor.workflow.stored_values import Listing


class EventType(StrEnum):
    """What a client can be told of."""

    RESUME_DONE = "resume.done"
    RESUME_NEEDS_REVIEW = "resume.needs_review"
    RESUME_FAILED = "resume.failed"
    BATCH_COMPLETED = "batch.completed"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address of a client, and which events go there.

    ``failures`` counts those in a row; after one nothing is sent before ``resting_until``.
    """

    id: str
    tenant: str
    url: str
    events: tuple[EventType, ...]
    secret: str  #: ``whsec_`` and base64, as Standard Webhooks has it
    created_at: datetime
    failures: int = 0
    resting_until: datetime | None = None
    disabled_at: datetime | None = None  #: the receiver said that it is gone for good


class DeliveryState(StrEnum):
    """WAITING and SENDING are alive; FAILED was given up and can be sent again by hand."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DeliveryAttempt:
    """One request: how it was answered, or why there was no answer (a code)."""

    at: datetime
    seconds: float
    status_code: int | None = None
    error: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether the receiver has it."""
        return self.status_code is not None and 200 <= self.status_code < 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one webhook; ``id`` is the ``webhook-id`` of all its attempts.

    ``payload`` is the body, the same at each attempt: ids and states, nothing that stood in a
    document.
    """

    id: str
    webhook_id: str
    tenant: str
    type: EventType
    payload: Mapping[str, Any]
    state: DeliveryState
    created_at: datetime
    available_at: datetime
    attempts: tuple[DeliveryAttempt, ...] = ()
    tries: int = 0  #: attempts that count against the limit
    owner: str | None = None
    lease_until: datetime | None = None

    @property
    def resume_id(self) -> str | None:
        """The resume that it tells of, with which it is erased; None where it is a batch."""
        found: str | None = self.payload["data"].get("resume_id")
        return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a delivery after an attempt.

    ``again_at`` is None where it is over: delivered, or given up. ``rest_until`` is how long the
    webhook is left alone.
    """

    attempt: DeliveryAttempt
    again_at: datetime | None
    rest_until: datetime | None
    disable: bool = False


class WebhookStore(Protocol):
    """Webhooks and the outbox.

    What a webhook is to be told of is put into the outbox by the transaction that makes it true: a
    resume that becomes final (not by being cancelled), a batch that becomes complete. So each
    effect is told exactly once, and an effect that was fenced off is told never.
    """

    def add_webhook(self, webhook: Webhook) -> Webhook:
        """Events from now on go there."""
        ...

    def get_webhook(self, webhook_id: str, *, tenant: str) -> Webhook:
        """Raises NotFound."""
        ...

    def list_webhooks(self, *, tenant: str) -> Sequence[Webhook]:
        """Newest first."""
        ...

    def delete_webhook(self, webhook_id: str, *, tenant: str, now: datetime) -> None:
        """With its deliveries. Raises NotFound."""
        ...

    def claim_delivery(
        self, *, owner: str, now: datetime, lease_until: datetime
    ) -> tuple[Delivery, Webhook] | None:
        """The next delivery that is due (or whose sender is gone) → SENDING, tries + 1.

        None where there is none. Those of one webhook take no more than two senders, of one that
        failed last time no more than one; one that rests or is disabled gets nothing.
        """
        ...

    def note_delivery(self, delivery_id: str, verdict: Verdict, *, owner: str) -> bool:
        """What came of a claim; False where the delivery is somebody else's by now."""
        ...

    def list_deliveries(
        self, webhook_id: str, *, tenant: str, limit: int, cursor: str | None = None
    ) -> Listing[Delivery]:
        """Newest first. Raises NotFound."""
        ...

    def resend_delivery(
        self, webhook_id: str, delivery_id: str, *, tenant: str, now: datetime
    ) -> Delivery:
        """FAILED → WAITING with fresh tries. Raises NotFound, Conflict where it is not FAILED."""
        ...

    def purge_deliveries(self, *, before: datetime) -> int:
        """Forget what was delivered or given up before this time; how many."""
        ...
