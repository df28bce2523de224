"""A thread that does one thing again and again, and survives its failing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog

from resume_processor.workflow.describe_error import describe

log = structlog.get_logger(__name__)

#: Pause after a failure, in seconds: doubled with each one in a row, up to the longest.
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0


class SupervisedThread:
    """Calls ``step`` until stopped, with ``pause()`` seconds between two calls.

    Whatever a step raises is logged and tried again after a pause: a dispatcher that dies quietly
    would leave accepted work lying. ``on_turn`` is called before each step: it tells from outside
    whether the thread still goes round.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], object],
        *,
        pause: Callable[[], float] = lambda: 0.0,
        on_turn: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self._step = step
        self._pause = pause
        self._on_turn = on_turn
        self._stop = threading.Event()
        self._failures = 0
        self._last_success = time.monotonic()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def healthy(self) -> bool:
        """Whether it runs and its last step did not fail."""
        return self._thread.is_alive() and self._failures == 0

    @property
    def seconds_since_success(self) -> float:
        """How long ago a step last came to its end without an error."""
        return time.monotonic() - self._last_success

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Let it end after the current step; a pause ends at once."""
        self._stop.set()

    def stop(self, timeout: float = 5.0) -> None:
        """Ask it to end after the current step, and wait for that."""
        self.ask_to_stop()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._on_turn()
                self._step()
            except BaseException as error:  # noqa: BLE001 - the thread must outlive anything
                self._failures += 1
                log.warning("step_failed", step=self.name, **describe(error))
                self._stop.wait(min(FIRST_PAUSE * 2.0 ** min(self._failures, 10), LONGEST_PAUSE))
            else:
                self._failures = 0
                self._last_success = time.monotonic()
                self._stop.wait(self._pause())
