"""Looks now and then for resumes that were kept for as long as they may be."""

from __future__ import annotations

import time

from resume_processor.bootstrap import Services
from resume_processor.workflow.retention import delete_overdue

#: Pause between two looks, in seconds.
PAUSE_SECONDS = 3600.0

#: Deleted in one go by each rule, so that others get their turn at the database.
BATCH = 100


class Retention:
    """Any number may run, in any process: a resume is deleted by one of them."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._next_at = time.monotonic()

    def step(self) -> int:
        """A part of what is due, if a look is; how many were deleted. Raises ServiceErrors."""
        if time.monotonic() < self._next_at:
            return 0
        deleted = delete_overdue(self._services, limit=BATCH)
        if not deleted:
            self._next_at = time.monotonic() + PAUSE_SECONDS
        return deleted
