"""Webhooks: registered, and sent to one delivery at a time."""

from __future__ import annotations

import base64
import json
import random
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from standardwebhooks import Webhook as Signer

from resume_processor.settings import Settings
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.webhook_port import (
    Delivery,
    DeliveryAttempt,
    EventType,
    Verdict,
    Webhook,
)

#: Random bytes of a secret; Standard Webhooks asks for 24 to 64.
SECRET_BYTES = 32

#: How long a claim holds beyond the time that a request may take, in seconds.
LEASE_MARGIN = 5.0

#: How much longer each pause is than the one before.
FACTOR = 4.0

#: Longest that a webhook which fails is left alone before another delivery is tried, in seconds.
LONGEST_REST = 60.0

#: Longest wait that a receiver may ask for (Retry-After), in seconds.
LONGEST_ASKED = 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver answered, or why there is no answer (``error``, a code)."""

    status_code: int | None = None
    error: str | None = None
    retry_after: float | None = None  #: seconds


#: Sends a body with headers to an address; returns in time and raises nothing.
Post = Callable[[str, Mapping[str, str], bytes], Answer]


def register_webhook(url: str, events: tuple[EventType, ...], tenant: str, parts: Parts) -> Webhook:
    """Store a webhook with a secret of its own. The address was checked before."""
    now = parts.clock.now()
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return parts.storage.add_webhook(
        Webhook(
            id=new_id(now), tenant=tenant, url=url, events=events, secret=secret, created_at=now
        )
    )


def send_next(parts: Parts, post: Post, *, owner: str) -> bool:
    """Send the next delivery that is due; whether there was one.

    Between sending and noting it this process may be killed: then the same event is sent again,
    under the same ``webhook-id``, when the claim has run out.
    """
    now, settings = parts.clock.now(), parts.settings
    lease = timedelta(seconds=settings.webhook_timeout_seconds + LEASE_MARGIN)
    claimed = parts.storage.claim_delivery(owner=owner, now=now, lease_until=now + lease)
    if claimed is None:
        return False
    delivery, webhook = claimed
    began = time.monotonic()
    answer = _send(delivery, webhook, post, now)
    attempt = DeliveryAttempt(
        at=now,
        seconds=round(time.monotonic() - began, 3),
        status_code=answer.status_code,
        error=answer.error,
    )
    verdict = verdict_of(attempt, delivery, webhook, answer.retry_after, settings)
    parts.storage.note_delivery(delivery.id, verdict, owner=owner)
    return True


def _send(delivery: Delivery, webhook: Webhook, post: Post, now: datetime) -> Answer:
    body = json.dumps(delivery.payload, separators=(",", ":"))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "resume-processor",
        "webhook-id": delivery.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signer(webhook.secret).sign(delivery.id, now, body),
    }
    return post(webhook.url, headers, body.encode())


def verdict_of(
    attempt: DeliveryAttempt,
    delivery: Delivery,
    webhook: Webhook,
    retry_after: float | None,
    settings: Settings,
) -> Verdict:
    """What becomes of the delivery, and how long its webhook is left alone."""
    if attempt.accepted:
        return Verdict(attempt, again_at=None, rest_until=None)
    if attempt.status_code == HTTPStatus.GONE:
        return Verdict(attempt, again_at=None, rest_until=None, disable=True)
    rest = min(2.0 ** min(webhook.failures, 10), LONGEST_REST)
    rest_until = attempt.at + timedelta(seconds=rest)
    if delivery.tries >= settings.webhook_max_attempts:
        return Verdict(attempt, again_at=None, rest_until=rest_until)
    pause = pause_before(delivery.tries, settings)
    if retry_after is not None:
        pause = max(pause, timedelta(seconds=min(retry_after, LONGEST_ASKED)))
    return Verdict(attempt, again_at=attempt.at + pause, rest_until=rest_until)


def pause_before(tries: int, settings: Settings) -> timedelta:
    """Exponential in the tries made so far, with jitter in its upper half."""
    grown = settings.webhook_retry_base_seconds * FACTOR ** min(tries - 1, 20)
    longest = min(grown, settings.webhook_retry_max_seconds)
    return timedelta(seconds=random.uniform(longest / 2, longest))  # noqa: S311 - no secret
