"""How many messages may wait in the broker: about as many as are taken in a second."""

from __future__ import annotations

import time
from collections.abc import Callable

#: What may always wait, so that no worker idles between two looks.
LEAST = 32

#: How long the last of the waiting messages waits, in seconds; an interactive upload stands behind
#: them, however much bulk there is.
TARGET_SECONDS = 1.0

#: Least room that is filled, in parts of the window: looking, publishing and noting cost about the
#: same for one message as for many. What is published later stands behind less.
LEAST_ROOM = 0.25

#: Over how long it is measured how much is taken, in seconds.
MEASURE_SECONDS = 1.0


class DispatchWindow:
    """Follows the workers: shrinks to what they take in a second, grows when they run dry.

    ``most`` is the upper limit. Not thread-safe.
    """

    def __init__(self, most: int, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._size = min(LEAST, most)
        self._monotonic = monotonic
        self._since = monotonic()
        self._taken = 0
        self._expected = 0
        self._held_back = False

    @property
    def size(self) -> int:
        """Messages that may wait now."""
        return self._size

    def room(self, depth: int) -> int:
        """How many more may be published where ``depth`` wait; looks how many were taken."""
        now = self._monotonic()
        self._taken += max(0, self._expected - depth)
        if depth == 0 and self._held_back:
            self._become(2 * self._size, now)
        elif now - self._since >= MEASURE_SECONDS:
            rate = self._taken / (now - self._since)
            # where less was taken than there was to take, it says how fast the workers are
            self._become(int(rate * TARGET_SECONDS) if depth else self._size, now)
        self._expected = depth
        room = self._size - depth
        return room if room > 0 and room >= LEAST_ROOM * self._size else 0

    def note(self, published: int, *, more: bool) -> None:
        """So many were published; ``more`` says that others were due but had no room."""
        self._expected += published
        self._held_back = more

    def _become(self, size: int, now: float) -> None:
        self._size = max(min(LEAST, self._most), min(size, self._most))
        self._since, self._taken = now, 0
