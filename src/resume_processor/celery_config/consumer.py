"""Celery's consumer in a worker's main process, with events that go out together."""

from __future__ import annotations

import time
from typing import Any

from celery.worker.consumer import Consumer as CelerysConsumer

#: Longest time that an event about a task waits for others, in seconds.
EVENT_PAUSE_SECONDS = 0.2

#: Events that do not wait for others any more; Celery's own limit is 24, three events a task.
EVENTS_AT_A_TIME = 240


class Consumer(CelerysConsumer):  # type: ignore[misc]
    """Celery's; but events about tasks are sent a few times a second, all that there are.

    Celery's sends what there is whenever it has a moment: three messages a task, each with a wait
    for its answer. Monitors show the times that stand in the events, and miss nothing.
    """

    _sent_by: float = 0.0

    def on_send_event_buffered(self) -> None:
        """An event waits: have it sent, unless that is arranged already."""
        self.event_dispatcher.buffer_limit = EVENTS_AT_A_TIME
        now = time.monotonic()
        if self.hub and now >= self._sent_by:
            self._sent_by = now + EVENT_PAUSE_SECONDS
            self.hub.call_later(EVENT_PAUSE_SECONDS, self._flush_events)

    def on_close(self) -> Any:
        """What waits goes out before the connection does."""
        self._flush_events()
        return super().on_close()
