"""Removes what processes that were killed left in the file store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

import structlog

from resume_processor.bootstrap import Services

log = structlog.get_logger(__name__)

#: An upload takes less: until then a file without a record may be one that is being received.
ABANDONED_AFTER = timedelta(hours=24)

#: Pause between two looks at all files, in seconds.
PAUSE_SECONDS = 6 * 3600.0

#: Files looked at in one go, so that whoever sweeps gets to its other work.
BATCH = 500


class Janitor:
    """Half-written files, and files whose upload died before it had a record.

    Nobody was promised anything about them, and nobody could ask for their deletion.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._left: Iterator[str] | None = None
        self._next_at = time.monotonic()

    def step(self) -> int:
        """A part of the round that is due, if one is; how many files were removed."""
        if self._left is None:
            if time.monotonic() < self._next_at:
                return 0
            return self._begin()
        keys = list(islice(self._left, BATCH))
        if not keys:
            self._left, self._next_at = None, time.monotonic() + PAUSE_SECONDS
        return sum(self._remove_orphan(key) for key in keys)

    def _begin(self) -> int:
        self._next_at = time.monotonic() + PAUSE_SECONDS  # also where what follows fails
        before = self._services.clock.now() - ABANDONED_AFTER
        removed = self._services.blobs.remove_abandoned(older_than=before)
        self._left = self._services.blobs.keys(older_than=before)
        if removed:
            log.info("half_written_files_removed", files=removed)
        return removed

    def _remove_orphan(self, key: str) -> bool:
        if self._services.storage.blob_in_use(key):
            return False
        self._services.blobs.delete(key)
        log.info("file_without_record_removed", key=key)
        return True
