"""A time limit of our own, below Celery's: the main thread is interrupted by a timer."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeIsUp(BaseException):
    """No ``Exception``, so that nothing which expects bad documents swallows it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimeIsUp inside the block when it runs longer than ``seconds`` (0: no limit).

    Only a main thread can be interrupted; elsewhere there is no limit.
    """
    if seconds <= 0 or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _interrupt)
    began = time.monotonic()
    outer, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if outer > 0:
            # Somebody's longer limit around this one goes on where it would be now.
            signal.setitimer(signal.ITIMER_REAL, max(outer - (time.monotonic() - began), 0.001))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise TimeIsUp
