"""What a fork must not carry over: connections, and locks that another thread holds.

SQLite keeps its locks in the memory of a process. A child that is forked while a connection is open
takes its parent's locks for its own: it may wait for ever, or damage the file. So a database closes
its connections before a fork, and opens new ones after it, on both sides.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Longest wait, before a fork, for transactions of other threads to end, in seconds.
PATIENCE = 5.0


class ForkGate:
    """Lets transactions through, but none while this process forks.

    ``close_idle`` closes the connections nobody uses; ``forget`` drops those of the parent, in a
    child.
    """

    def __init__(self, close_idle: Callable[[], None], forget: Callable[[], None]) -> None:
        self._close_idle = close_idle
        self._forget = forget
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False
        _gates.add(self)

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Around a transaction."""
        with self._changed:
            self._changed.wait_for(lambda: not self._closed)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def before(self) -> None:
        """No transaction runs, no connection is open; after a while in any case."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: self._inside == 0, timeout=PATIENCE)
        self._close_idle()

    def in_parent(self) -> None:
        """Transactions go on."""
        with self._changed:
            self._closed = False
            self._changed.notify_all()

    def in_child(self) -> None:
        """The other threads are not here, nor is what they held."""
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False
        self._forget()


_gates: weakref.WeakSet[ForkGate] = weakref.WeakSet()


def _each(step: Callable[[ForkGate], None]) -> None:
    for gate in list(_gates):
        step(gate)


os.register_at_fork(
    before=lambda: _each(ForkGate.before),
    after_in_parent=lambda: _each(ForkGate.in_parent),
    after_in_child=lambda: _each(ForkGate.in_child),
)
