"""Who looked at what, on its way into the audit log.

A request only leaves a note in memory, so that no read waits for the log or fails with it; a
background thread stores the notes about once a second.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from resume_processor.workflow.audit_port import Seen, Viewing

if TYPE_CHECKING:
    from resume_processor.workflow.parts import Parts

#: Notes that wait while the database does not take them; what comes then is lost, and counted.
MOST_WAITING = 100_000

#: Viewings of this hour that are known to be noted; who polls is asked about no more than once.
MOST_KNOWN = 100_000


class Viewings:
    """The notes of a process. Thread-safe; one thread takes them away."""

    def __init__(self, *, most_waiting: int = MOST_WAITING, most_known: int = MOST_KNOWN) -> None:
        self._most_waiting, self._most_known = most_waiting, most_known
        self._lock = threading.Lock()
        self._waiting: deque[Viewing] = deque()
        self._known: set[tuple[str, ...]] = set()
        self._hour: datetime | None = None
        self._lost = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, viewing: Viewing) -> None:
        """Remember it, unless it is known already."""
        key, hour = viewing.key, viewing.hour
        with self._lock:
            if hour != self._hour or len(self._known) >= self._most_known:
                self._hour = hour
                self._known.clear()  # the storage knows the rest
            if key in self._known:
                return
            if len(self._waiting) >= self._most_waiting:
                self._lost += 1
                return
            self._known.add(key)
            self._waiting.append(viewing)

    def first(self, limit: int) -> Sequence[Viewing]:
        """The oldest ones; they stay until they are removed."""
        with self._lock:
            return list(islice(self._waiting, limit))

    def remove(self, count: int) -> None:
        """The oldest ones: they are stored."""
        with self._lock:
            for _ in range(count):
                self._waiting.popleft()

    def take_lost(self) -> int:
        """How many were lost since this was asked last."""
        with self._lock:
            lost, self._lost = self._lost, 0
            return lost


def note_viewing(
    resume_id: str,
    what: Seen,
    tenant: str,
    parts: Parts,
    *,
    blind: bool = False,
    job_id: str | None = None,
) -> None:
    """Whoever uses these parts is about to be shown this."""
    if not parts.settings.audit_reads:
        return
    actor, now = parts.storage.actor, parts.clock.now()
    parts.viewings.add(Viewing(tenant, actor, resume_id, what, now, blind, job_id))
