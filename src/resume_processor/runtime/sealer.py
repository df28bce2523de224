"""Puts what was noted for the audit log into its chains."""

from __future__ import annotations

import time

import structlog

from resume_processor.bootstrap import Services

log = structlog.get_logger(__name__)

#: Entries made in one transaction: some milliseconds, for which SQLite lets nobody else write.
BATCH = 200

#: Pause where nothing waits, in seconds: for so long a note is not in the chain yet.
PAUSE_SECONDS = 1.0

#: Between two lines in the log that say where the chains end, in seconds.
TELL_SECONDS = 600.0


class Sealer:
    """Any number may run, in any process: the storage lets one of them seal at a time.

    The log of the service names the ends of the chains now and then, and so is a witness that who
    may write to the database cannot change.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._sealed = 0
        self._told_at = time.monotonic() - TELL_SECONDS
        self._untold = False

    def pause(self) -> float:
        """None while there is more."""
        return 0.0 if self._sealed >= BATCH else PAUSE_SECONDS

    def step(self) -> int:
        """Seal a part of what waits; how many entries."""
        self._sealed = self._services.storage.seal_audit(limit=BATCH)
        self._untold = self._untold or self._sealed > 0
        if self._untold and time.monotonic() >= self._told_at + TELL_SECONDS:
            self._tell()
        return self._sealed

    def _tell(self) -> None:
        for head in self._services.storage.audit_heads():
            log.info("audit_head", tenant=head.tenant, sequence=head.sequence, hash=head.hash)
        self._told_at, self._untold = time.monotonic(), False
