"""The stages that an attempt went through and that the storage does not know yet."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from resume_processor.workflow.ports import EnteredStage

#: Stores stages; False where the work is somebody else's by now.
Store = Callable[[Sequence[EnteredStage]], bool]


class StageNotes:
    """Filled by the thread that works, stored by it or by the one that keeps its lease.

    Most stages are over in milliseconds, and storing each would cost more than some of them: those
    are stored together with the outcome, those that last as soon as somebody could look at them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entered: list[EnteredStage] = []

    def add(self, entered: EnteredStage) -> None:
        """One more; waits while earlier ones are stored."""
        with self._lock:
            self._entered.append(entered)

    def last_before(self, moment: datetime) -> bool:
        """Whether there are any, and the last one began before ``moment``."""
        entered = self._entered[-1:]
        return bool(entered) and entered[0].at < moment

    def store(self, store: Store) -> bool:
        """Hand all of them over, once each; they stay where ``store`` raises.

        True where there is nothing to store.
        """
        with self._lock:
            if not self._entered:
                return True
            stored = store(tuple(self._entered))
            self._entered.clear()
            return stored

    def take(self) -> Sequence[EnteredStage]:
        """All of them, to be stored with something else."""
        with self._lock:
            taken, self._entered = tuple(self._entered), []
            return taken
