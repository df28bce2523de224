"""Keeps the leases of a process: one thread, for all the work that it ever does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from resume_processor.runtime.logs import names_of
from resume_processor.workflow.attempt import Attempt
from resume_processor.workflow.describe_error import describe

log = structlog.get_logger(__name__)

#: How long work may go on that was told to stop because its lease is lost, in seconds.
LAST_WORDS_SECONDS = 5.0

#: Longest pause between two looks at the work that goes on, in seconds.
TICK_SECONDS = 0.2

#: Beats of a lease before it would run out, so that two of them may fail.
BEATS = 3


class _Watch:
    """One attempt that goes on; used by the thread of the heart only, but for its making."""

    def __init__(
        self,
        attempt: Attempt,
        on_beat: Callable[[], None],
        on_lost: Callable[[], None],
        on_overdue: Callable[[Attempt], None],
        overdue_seconds: float,
    ) -> None:
        self.attempt = attempt
        self.interval = attempt.parts.settings.lease_seconds / BEATS
        self.on_beat, self.on_lost, self.on_overdue = on_beat, on_lost, on_overdue
        now = time.monotonic()
        self.next_beat, self.overdue_at = now + self.interval, now + overdue_seconds
        self.over = False  #: lost, or overdue: there is nothing left to keep

    def keep(self) -> bool:
        """Renew the lease where it is time, store the stage; False where the lease is lost."""
        try:
            if time.monotonic() < self.next_beat:
                return self.attempt.show_stage()
            self.next_beat = time.monotonic() + self.interval
            self.on_beat()
            return self.attempt.renew()
        except Exception as error:  # noqa: BLE001 - a beat may fail, the heart must not stop
            work = self.attempt.work
            log.warning(
                "heartbeat_missed", **names_of(work.kind, work.subject_id), **describe(error)
            )
            return True


class Heart:
    """Beats for every attempt inside ``beating``; its thread starts with the first one.

    A lease is renewed every third of it. A stage that lasts is stored, so that people see it.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watches: set[_Watch] = set()
        self._thread: threading.Thread | None = None
        self._rests = False

    @contextmanager
    def beating(
        self,
        attempt: Attempt,
        *,
        on_beat: Callable[[], None] = lambda: None,
        on_lost: Callable[[], None] = lambda: None,
        on_overdue: Callable[[Attempt], None] = lambda _attempt: None,
        overdue_seconds: float = float("inf"),
    ) -> Iterator[None]:
        """Around one attempt.

        ``on_beat`` is called with each beat; ``on_lost`` once, when the lease is not the owner's
        any more, and never after the block; ``on_overdue`` once, after ``overdue_seconds`` or a
        while after the lease was lost, when the work can no longer be interrupted from inside (a
        library that never returns).
        """
        watch = _Watch(attempt, on_beat, on_lost, on_overdue, overdue_seconds)
        self._begin(watch)
        try:
            try:
                yield
            finally:
                self._end(watch)
        finally:
            self._end(watch)  # on_lost may have interrupted the first one; it does so only once

    def _begin(self, watch: _Watch) -> None:
        with self._changed:
            self._watches.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
                self._thread.start()
            elif self._rests:  # else it looks by itself in a moment: short work wakes nobody
                self._changed.notify()

    def _end(self, watch: _Watch) -> None:
        self._watches.discard(watch)
        with self._changed:
            pass  # whoever is being told of a lost lease is told by now

    def _run(self) -> None:
        while True:
            for watch in self._after_a_pause():
                self._look_after(watch)

    def _after_a_pause(self) -> list[_Watch]:
        with self._changed:
            if not self._watches:
                self._rests = True
                self._changed.wait()
                self._rests = False
            shortest = min((watch.interval for watch in self._watches.copy()), default=TICK_SECONDS)
            self._changed.wait(min(TICK_SECONDS, shortest / 2))
            return list(self._watches.copy())

    def _look_after(self, watch: _Watch) -> None:
        if time.monotonic() >= watch.overdue_at:
            self._give_up(watch)
        elif not watch.over and not watch.keep():
            self._lose(watch)

    def _lose(self, watch: _Watch) -> None:
        """Also where the work has just been finished: who lost it says "overtaken"."""
        work = watch.attempt.work
        log.info("lease_gone", **names_of(work.kind, work.subject_id))
        watch.over, watch.overdue_at = True, time.monotonic() + LAST_WORDS_SECONDS
        with self._changed:
            if watch in self._watches:
                watch.on_lost()

    def _give_up(self, watch: _Watch) -> None:
        watch.over, watch.overdue_at = True, float("inf")
        if watch in self._watches:
            try:
                watch.on_overdue(watch.attempt)
            except Exception as error:  # noqa: BLE001 - Celery's hard limit is still there
                work = watch.attempt.work
                names = names_of(work.kind, work.subject_id)
                log.error("overdue_failed", **names, **describe(error))  # noqa: TRY400 - no message
