"""How much one caller may ask of this process: requests over time, and at a time.

Each process counts for itself, in memory, so that no request waits for another part of the
service. Used from the event loop only.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from resume_processor.errors import TooManyRequests

#: What a caller may ask for at once, in seconds' worth of requests.
BURST_SECONDS = 5.0

#: Callers that are remembered; whoever was not heard of for the longest time is forgotten first.
MOST_CALLERS = 10_000


class RequestRate:
    """A token bucket for each caller. ``per_second`` 0: no limit."""

    def __init__(
        self, per_second: float, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._burst = max(1.0, per_second * BURST_SECONDS)
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> None:
        """One request. Raises TooManyRequests."""
        if not self._per_second:
            return
        now = self._monotonic()
        tokens, since = self._buckets.pop(caller, (self._burst, now))
        tokens = min(self._burst, tokens + (now - since) * self._per_second)
        taken = tokens >= 1
        self._buckets[caller] = (tokens - 1 if taken else tokens, now)
        if len(self._buckets) > MOST_CALLERS:
            self._buckets.popitem(last=False)
        if not taken:
            raise TooManyRequests(seconds=(1 - tokens) / self._per_second)


class AtOnce:
    """How many requests of a kind a caller has at the moment. ``most`` 0: no limit."""

    def __init__(self, most: int, refusal: type[TooManyRequests]) -> None:
        self._most = most
        self._refusal = refusal
        self._now: Counter[str] = Counter()

    @contextmanager
    def one(self, caller: str) -> Iterator[None]:
        """For as long as the block runs. Raises the refusal."""
        if self._most and self._now[caller] >= self._most:
            raise self._refusal
        self._now[caller] += 1
        try:
            yield
        finally:
            self._now[caller] -= 1
            if not self._now[caller]:
                del self._now[caller]
