"""Interactive work before bulk, without bulk ever starving."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from resume_processor.workflow.stored_values import WorkItem

#: Every so many-th piece of work is bulk where bulk waits.
BULK_EVERY = 4


class FairOrder:
    """Remembers how much was published, so that bulk gets its turn even one item at a time.

    Thread-safe.
    """

    def __init__(self) -> None:
        self._published = 0
        self._lock = threading.Lock()

    def note(self, count: int) -> None:
        """So many items were published."""
        with self._lock:
            self._published += count

    def merge(
        self, interactive: Sequence[WorkItem], bulk: Sequence[WorkItem], limit: int
    ) -> tuple[WorkItem, ...]:
        """The next ``limit`` items; each of the two sequences keeps its order."""
        first, second = list(interactive), list(bulk)
        merged: list[WorkItem] = []
        with self._lock:
            turn = self._published
        while len(merged) < limit and (first or second):
            turn += 1
            bulk_turn = turn % BULK_EVERY == 0
            source = second if second and (bulk_turn or not first) else first
            merged.append(source.pop(0))
        return tuple(merged)
