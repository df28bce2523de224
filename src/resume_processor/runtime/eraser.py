"""Finishes what a deletion began: the file, the task's result, copies inside the database file."""

from __future__ import annotations

import time

import structlog

from resume_processor.bootstrap import Services
from resume_processor.workflow.delete_resume import clear_outside

log = structlog.get_logger(__name__)

#: Deletions finished in one go.
BATCH = 500

#: Pause between two times that a database file is written anew, in seconds.
REBUILD_PAUSE_SECONDS = 3600.0


class Eraser:
    """Any number may run, in any process: each step may be repeated.

    Outside of the database a deletion is finished at the next look; its tombstone says so once the
    database file has no copies either.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._cleared: set[str] = set()
        self._rebuild_at = time.monotonic()

    def step(self) -> int:
        """How many resumes are known to be erased everywhere now. Raises ServiceErrors."""
        storage = self._services.storage
        erasures = storage.unfinished_erasures(limit=BATCH)
        for erasure in erasures:
            if erasure.resume_id not in self._cleared:
                clear_outside(erasure, self._services)
                self._cleared.add(erasure.resume_id)
        if not erasures or time.monotonic() < self._rebuild_at:
            return 0
        if not storage.scrub(rebuild=True):
            return 0  # somebody reads for long: at the next look
        self._rebuild_at = time.monotonic() + REBUILD_PAUSE_SECONDS
        erased = [one.resume_id for one in erasures]
        storage.note_erased(erased, now=self._services.clock.now())
        self._cleared.difference_update(erased)
        log.info("resumes_erased", resumes=len(erased))
        return len(erased)
