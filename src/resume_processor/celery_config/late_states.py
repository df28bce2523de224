"""States of tasks that are worth storing only where they last."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

#: A state that has lasted so long, in seconds, is stored; at most twice as late.
LASTING_SECONDS = 0.2


class LateStates:
    """Stores a state after a moment, unless it is over by then.

    Thread-safe; one thread, which starts with the first state and is woken only where it rests.
    Nothing is stored of a task after ``drop`` has returned.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[str, tuple[float, Callable[[], object]]] = {}
        self._thread: threading.Thread | None = None
        self._rests = False

    def put(self, task_id: str, store: Callable[[], object]) -> None:
        """Have ``store`` called soon, unless the task is dropped or put again before."""
        with self._changed:
            self._waiting[task_id] = (time.monotonic() + LASTING_SECONDS, store)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="late-states", daemon=True)
                self._thread.start()
            elif self._rests:
                self._changed.notify()

    def drop(self, task_id: str) -> None:
        """The state is over."""
        with self._changed:  # waits for one that is just being stored
            self._waiting.pop(task_id, None)

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._waiting:
                    self._rests = True
                    self._changed.wait()
                    self._rests = False
                self._changed.wait(LASTING_SECONDS)
                self._store_due(time.monotonic())

    def _store_due(self, now: float) -> None:
        due = [task_id for task_id, (when, _) in self._waiting.items() if when <= now]
        for task_id in due:
            _, store = self._waiting.pop(task_id)
            try:
                store()
            except Exception as error:  # noqa: BLE001 - any error of Redis's client
                # The state is for people who look; the row in the database is the truth.
                log.info("state_not_stored", task_id=task_id, error=type(error).__name__)
