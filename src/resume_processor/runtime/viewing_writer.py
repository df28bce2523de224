"""Stores who looked at what, for the audit log."""

from __future__ import annotations

import threading
from datetime import timedelta

import structlog

from resume_processor.bootstrap import Services
from resume_processor.errors import StorageUnavailable

log = structlog.get_logger(__name__)

#: Viewings stored in one transaction: some milliseconds, for which SQLite lets nobody else write.
BATCH = 200

#: Pause where nothing waits, in seconds: what was seen in it is lost where the process is killed.
PAUSE_SECONDS = 1.0

#: What was noted is known for so long; clocks of processes may differ by less.
KNOWN_FOR = timedelta(hours=2)


class ViewingWriter:
    """One for each process that answers reads."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._stored = 0
        self._turn = threading.Lock()  # at the end of the process, its last step may still go on

    def pause(self) -> float:
        """None while there is more."""
        return 0.0 if self._stored >= BATCH else PAUSE_SECONDS

    def step(self) -> int:
        """Store a part of what waits; how many. Where this fails, they go on waiting."""
        with self._turn:
            viewings, self._stored = self._services.viewings, 0
            if lost := viewings.take_lost():
                log.warning("viewings_lost", count=lost)
            if batch := viewings.first(BATCH):
                before = self._services.clock.now() - KNOWN_FOR
                self._services.storage.note_viewings(batch, forget_before=before)
                viewings.remove(len(batch))
            self._stored = len(batch)
            return self._stored

    def finish(self) -> None:
        """Store all that waits, where the database takes it."""
        try:
            while self.step():
                pass
        except StorageUnavailable:
            log.warning("viewings_lost", count=len(self._services.viewings))
