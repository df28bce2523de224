"""Finds work whose worker is gone and gives it another attempt, or gives it up."""

from __future__ import annotations

import random

import structlog

from resume_processor.bootstrap import Services
from resume_processor.runtime.logs import names_of
from resume_processor.workflow.ports import WorkItem, WorkState
from resume_processor.workflow.retry import pause_before_retry

log = structlog.get_logger(__name__)

#: Expired leases looked at in one go.
BATCH = 500


class Reaper:
    """Returns expired leases to the queue with a growing pause, or to the dead letters.

    Any number may run, in any process: each row is moved by compare-and-set, so one of them does.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def pause(self) -> float:
        """Seconds until the next look: about ``reap_seconds``, so that several take turns."""
        return self._services.settings.reap_seconds * random.uniform(0.75, 1.25)  # noqa: S311

    def reap(self) -> int:
        """Move what has expired; how many."""
        now = self._services.clock.now()
        expired = self._services.storage.expired_work(now=now, limit=BATCH)
        moved = sum(self._move(item) for item in expired)
        if moved:
            self._services.wake()
        return moved

    def _move(self, item: WorkItem) -> bool:
        settings, now = self._services.settings, self._services.clock.now()
        state = self._services.storage.reap(
            item,
            now=now,
            available_at=now + pause_before_retry(item.attempts, settings),
            max_attempts=settings.max_attempts,
        )
        if state is None:
            return False
        log.warning(
            "lease_expired",
            attempts=item.attempts,
            now_is=state.value,
            **names_of(item.kind, item.subject_id),
        )
        if state is WorkState.DEAD:
            self._tell_the_result_backend(item)
        return True

    def _tell_the_result_backend(self, item: WorkItem) -> None:
        """The task of a dead letter finds nothing to do and returns how the resume ended.

        Without it the result backend would say STARTED for ever. Only a hint, so it may fail.
        """
        dispatch = self._services.dispatchers.get(item.kind)
        if dispatch is None:
            return
        try:
            dispatch(item.subject_id)
        except Exception as error:  # noqa: BLE001 - any error of the broker's client
            names = names_of(item.kind, item.subject_id)
            log.info("result_not_told", error=type(error).__name__, **names)
