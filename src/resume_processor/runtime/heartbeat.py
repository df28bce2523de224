"""Renews a lease from a thread of its own for as long as the work goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import structlog

from resume_processor.runtime.logs import names_of
from resume_processor.workflow.attempt import lease_end
from resume_processor.workflow.describe_error import describe
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import WorkItem

log = structlog.get_logger(__name__)

#: How long work may go on that was told to stop because its lease is lost, in seconds.
LAST_WORDS_SECONDS = 5.0


class Heartbeat:
    """Context manager around one attempt.

    Renews every third of the lease, so that two beats may fail before it runs out. ``on_beat`` is
    called with each beat; ``on_lost`` once, when the lease is not the owner's any more;
    ``on_overdue`` once, after ``overdue_seconds`` or a while after the lease was lost, when the
    work can no longer be interrupted from inside (a library that never returns).
    """

    def __init__(
        self,
        work: WorkItem,
        parts: Parts,
        *,
        on_beat: Callable[[], None] = lambda: None,
        on_lost: Callable[[], None] = lambda: None,
        on_overdue: Callable[[WorkItem], None] = lambda _work: None,
        overdue_seconds: float = float("inf"),
    ) -> None:
        self._work = work
        self._parts = parts
        self._names = names_of(work.kind, work.subject_id)
        self._on_beat = on_beat
        self._on_lost = on_lost
        self._on_overdue = on_overdue
        self._overdue_at = time.monotonic() + overdue_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        interval = self._parts.settings.lease_seconds / 3
        while not self._ended.wait(self._pause(interval)):
            if time.monotonic() >= self._overdue_at:
                self._on_overdue(self._work)
                return
            if not self._beat():
                self._on_lost()
                if not self._ended.wait(LAST_WORDS_SECONDS):
                    self._on_overdue(self._work)
                return

    def _pause(self, interval: float) -> float:
        return max(0.0, min(interval, self._overdue_at - time.monotonic()))

    def _beat(self) -> bool:
        """Renew once; False when the lease is somebody else's."""
        self._on_beat()
        owner = self._work.owner
        assert owner is not None  # claimed work has one
        until = lease_end(self._parts.clock.now(), self._parts)
        try:
            kept = self._parts.storage.renew(
                self._work.kind, self._work.subject_id, owner=owner, lease_until=until
            )
        except Exception as error:  # noqa: BLE001 - a beat may fail, the heart must not stop
            log.warning("heartbeat_missed", **self._names, **describe(error))
            return True
        if not kept:
            # also where the work has just been finished: who lost it says "overtaken"
            log.info("lease_gone", **self._names)
        return kept
