"""What a worker says of itself every few seconds, so that somebody notices when it is gone."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from resume_processor.bootstrap import Services
from resume_processor.runtime.supervised_thread import SupervisedThread
from resume_processor.workflow.ports import WorkerSign

#: Pause between two signs, in seconds.
PAUSE_SECONDS = 5.0

#: A worker that was not heard of for so long is dropped from the table, in seconds.
FORGET_SECONDS = 3600.0


class SignOfLife:
    """A thread of a worker's main process; ``children`` tells the processes that take tasks."""

    def __init__(self, services: Services, children: Callable[[], Sequence[int]]) -> None:
        self._services = services
        self._children = children
        self._thread = SupervisedThread("sign-of-life", self.give, pause=lambda: PAUSE_SECONDS)

    def start(self) -> None:
        """Begin to give signs."""
        self._thread.start()

    def stop(self) -> None:
        """The last sign: it is gone."""
        self._thread.stop()
        self._services.storage.sign_off(self._services.instance)

    def give(self) -> None:
        """One sign."""
        now, children = self._services.clock.now(), self._children()
        sign = WorkerSign(
            instance=self._services.instance,
            children=len(children),
            memory_bytes=resident_bytes([os.getpid(), *children]),
            seen_at=now,
        )
        forget_before = now - timedelta(seconds=FORGET_SECONDS)
        self._services.storage.sign_on(sign, forget_before=forget_before)


def resident_bytes(processes: Sequence[int]) -> int | None:
    """Memory of these processes; None where the system does not say (it has no /proc)."""
    pages, known = 0, False
    for process in processes:
        try:
            statm = Path(f"/proc/{process}/statm").read_text()
        except OSError:  # it has just ended
            continue
        pages, known = pages + int(statm.split()[1]), True
    return pages * resource.getpagesize() if known else None
