"""Stops what the main thread is doing, from another thread."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

#: Nobody else uses it in a worker's child: Celery has SIGUSR1 and SIGTERM, time limits SIGALRM.
_SIGNAL = signal.SIGUSR2


class Overtaken(BaseException):
    """The work was cancelled, or is another worker's: what is still done for it is for nothing.

    No ``Exception``, so that nothing which expects bad documents swallows it.
    """


@contextmanager
def interruptible() -> Iterator[Callable[[], None]]:
    """Yields what raises Overtaken inside the block, for another thread to call.

    It must not be called any more when the block has ended. Only a main thread can be interrupted,
    and only where it runs Python; elsewhere the call does nothing.
    """
    main = threading.main_thread()
    if threading.current_thread() is not main or main.ident is None:
        yield lambda: None
        return
    ident = main.ident
    before = signal.signal(_SIGNAL, _interrupt)
    try:
        yield lambda: signal.pthread_kill(ident, _SIGNAL)
    finally:
        signal.signal(_SIGNAL, before or signal.SIG_DFL)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise Overtaken
