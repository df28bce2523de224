"""The outbox: publishes what waits in the table, whenever the broker can take it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta

import structlog

from resume_processor.bootstrap import Services
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.dispatch_window import DispatchWindow
from resume_processor.workflow.ports import WorkItem
from resume_processor.workflow.spans import span

log = structlog.get_logger(__name__)

#: Most rows read and published between two notes of having done so.
BATCH = 100

#: Pause while the broker's queue is full enough, in seconds; a bell would not make it emptier.
_FULL_PAUSE = 0.1

#: With an empty queue, what was published this many seconds ago and not claimed was lost.
_LOST_AFTER_SECONDS = 3.0


class Dispatcher:
    """Publishes due work, interactive before bulk.

    No more messages wait in the broker than workers take in about a second, and never more than
    ``settings.dispatch_window``: so an interactive upload stands behind little else, however much
    bulk there is, and a broker that comes back empty has little to be told again. A message is only
    a hint; one too many is a duplicate that a worker drops, one too few is published again.
    """

    def __init__(self, services: Services, broker: Broker) -> None:
        self._services = services
        self._broker = broker
        self._window = DispatchWindow(services.settings.dispatch_window)

    def step(self) -> int:
        """Publish one batch, then wait for the next reason to look; how many were published.

        Raises whatever the broker's client or the storage raise. What was published is noted; where
        it is not known how much of a batch arrived, nothing is, and all of it is published again.
        """
        depth = self._broker.depth()
        limit = min(self._window.room(depth), BATCH)
        if limit <= 0:
            time.sleep(_FULL_PAUSE)
            return 0
        items = self._due(limit=limit, queue_is_empty=depth == 0)
        published = self._publish(items)
        self._window.note(published, more=len(items) == limit)
        if not items:
            self._services.wake.wait(self._services.settings.dispatch_seconds)
        return published

    def _due(self, *, limit: int, queue_is_empty: bool) -> Sequence[WorkItem]:
        settings, now = self._services.settings, self._services.clock.now()
        patience = settings.redispatch_seconds
        if queue_is_empty:
            patience = min(patience, _LOST_AFTER_SECONDS)
        return self._services.storage.due_work(
            now=now, dispatched_before=now - timedelta(seconds=patience), limit=limit
        )

    def _publish(self, items: Sequence[WorkItem]) -> int:
        if not items:
            return 0
        published: list[WorkItem] = []
        with self._services.published_together():
            failure = self._hand_over(items, published)
        if published:
            self._services.storage.note_dispatched(published, now=self._services.clock.now())
        if failure is not None:
            raise failure
        return len(published)

    def _hand_over(self, items: Sequence[WorkItem], published: list[WorkItem]) -> Exception | None:
        """One after the other; at the first that cannot be, those before it go out all the same."""
        try:
            for item in items:
                with span(f"publish {item.kind.value}", parent=item.trace, kind="producer"):
                    self._services.dispatchers[item.kind](item.subject_id)
                published.append(item)
        except Exception as error:  # noqa: BLE001 - raised once the others are noted
            return error
        return None
