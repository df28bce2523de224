"""Several messages in one round trip to the broker."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from resume_processor.celery_config.celery_app import celery_app

_of_this_thread = threading.local()


@contextmanager
def published_together() -> Iterator[None]:
    """What this thread publishes inside goes out at the end, with the events about it.

    Raises where it is not known that all of it arrived; nothing goes out where the block raises.
    """
    with celery_app.producer_or_acquire() as producer, producer.batch():
        _of_this_thread.producer = producer
        try:
            yield
        finally:
            _of_this_thread.producer = None


def open_producer() -> Any:
    """The producer to publish with inside the block; None outside."""
    return getattr(_of_this_thread, "producer", None)
