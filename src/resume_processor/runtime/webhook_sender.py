"""Sends what is in the outbox to the webhooks, beside the API."""

from __future__ import annotations

import random
import time
from datetime import timedelta

from resume_processor.bootstrap import Services
from resume_processor.runtime.guarded_http import GuardedPost
from resume_processor.workflow.webhooks import send_next

#: Senders of one process: so many receivers may be slow at a time.
SENDERS = 4

#: Pause where nothing is due, in seconds, more or less, so that several take turns.
PAUSE = 0.5

#: How often the log is cleared of what is old, in seconds.
_PURGE_SECONDS = 3600.0


class WebhookSender:
    """One of several, in any number of processes: each delivery is claimed before it is sent."""

    def __init__(self, services: Services) -> None:
        settings = services.settings
        self._services = services
        self._post = GuardedPost(
            seconds=settings.webhook_timeout_seconds, allow_private=settings.webhook_allow_private
        )
        self._purged = time.monotonic()
        self._sent = False

    def step(self) -> None:
        """Send one delivery where one is due."""
        self._sent = send_next(self._services, self._post, owner=self._services.new_owner())
        if not self._sent and time.monotonic() - self._purged > _PURGE_SECONDS:
            self._purge()

    def pause(self) -> float:
        """Seconds until the next look: none where there may be more."""
        return 0.0 if self._sent else PAUSE * random.uniform(0.75, 1.25)  # noqa: S311 - no secret

    def _purge(self) -> None:
        self._purged = time.monotonic()
        kept = timedelta(days=self._services.settings.webhook_log_days)
        self._services.storage.purge_deliveries(before=self._services.clock.now() - kept)
