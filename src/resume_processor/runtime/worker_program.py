"""The Celery worker as a supervised program, and how to see that it went deaf."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from resume_processor.errors import BrokerUnavailable
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.child_process import Program
from resume_processor.runtime.progress import (
    VARIABLE,
    forget_progress,
    new_progress_file,
    seconds_since_progress,
)
from resume_processor.settings import Settings

#: Seconds on top of the shutdown time until a worker that was asked to stop is killed.
_STOP_MARGIN = 5.0

#: How long a worker may take to start (imports, database, warm-up on a busy machine), in seconds.
START_SECONDS = 120.0

#: Workers need not know of each other: it costs a second at each start, and chatter all the time.
_ALONE = ("--without-mingle", "--without-gossip")


class DeafWorker:
    """Sees a worker that is connected and never takes a message again.

    Deaf is: for ``seconds`` there were messages in the queue at every look, and in all that time
    the worker neither began a task nor renewed a lease (both leave a mark in ``progress``). Until
    its first mark, which says that it is ready, a worker has ``start_seconds``.
    """

    def __init__(
        self,
        broker: Broker,
        progress: Path,
        seconds: float,
        *,
        start_seconds: float = START_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._broker = broker
        self._progress = progress
        self._seconds = seconds
        self._start_seconds = start_seconds
        self._monotonic = monotonic
        self._waiting_since: float | None = None

    def forget(self) -> None:
        """A new process starts: the marks of the one before say nothing about it."""
        self._waiting_since = None
        forget_progress(self._progress)

    def __call__(self) -> bool:
        """Whether it has gone deaf by now."""
        if not self._messages_wait():
            self._waiting_since = None
            return False
        now = self._monotonic()
        if self._waiting_since is None:
            self._waiting_since = now
        silence = seconds_since_progress(self._progress)
        patience = self._start_seconds if silence == float("inf") else self._seconds
        return silence >= patience and now - self._waiting_since >= patience

    def _messages_wait(self) -> bool:
        try:
            return self._broker.depth() > 0
        except BrokerUnavailable:
            return False


def worker_program(
    settings: Settings,
    environment: dict[str, str],
    *,
    workers: int,
    redis_url: str,
    name: str = "worker",
) -> Program:
    """A worker with ``workers`` children that take tasks from ``redis_url``.

    ``name`` tells several on one machine apart.
    """
    progress = new_progress_file()
    deaf = DeafWorker(Broker(redis_url), progress, settings.deaf_seconds)
    module = "resume_processor.celery_config.celery_worker"
    return Program(
        name=name,
        command=[
            *(sys.executable, "-m", module, *_ALONE),
            *(f"--concurrency={workers}", "-n", f"{name}@%h"),
        ],
        environment={**environment, VARIABLE: str(progress)},
        stop_seconds=settings.shutdown_seconds + _STOP_MARGIN,
        stuck=deaf,
        prepare=deaf.forget,
    )
