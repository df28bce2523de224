"""What was made of the pages of stored files, kept for the next look at the same resume."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class PageCache(Generic[V]):
    """The latest ``size`` values by resume and page. Thread-safe; knows how to forget a resume."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._values: OrderedDict[tuple[str, int], V] = OrderedDict()

    def get_or_make(self, resume_id: str, page: int, make: Callable[[], V]) -> V:
        """What is kept, or what ``make`` gives, which is then kept; its errors go through."""
        key = (resume_id, page)
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value

    def resumes(self) -> frozenset[str]:
        """Of which something is kept."""
        with self._lock:
            return frozenset(resume_id for resume_id, _ in self._values)

    def forget(self, resume_id: str) -> None:
        """Keep nothing of this resume."""
        with self._lock:
            for key in [key for key in self._values if key[0] == resume_id]:
                del self._values[key]
