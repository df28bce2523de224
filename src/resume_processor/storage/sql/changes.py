"""Tells of what any process committed: LISTEN in PostgreSQL, a glance at the file in SQLite."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import structlog

from resume_processor.errors import StorageUnavailable
from resume_processor.resume.record import ResumeRecord
from resume_processor.storage.sql.change_sources import ChangeSource, open_source
from resume_processor.workflow.ports import Clock, ResumeStore

#: How often a watched resume is looked at although nothing was heard, in seconds.
LOOK_ANYWAY = 1.0

#: Longest time before a thread that is told to end does, in seconds.
_ROUND = 0.5

log = structlog.get_logger(__name__)

OnChange = Callable[[str | None], None]


class SqlChanges:
    """``ResumeChanges`` of a database: one thread and one connection, however many listen.

    The thread starts with the first one who listens, and connects again when its connection breaks.
    """

    def __init__(self, url: str, resumes: ResumeStore, clock: Clock) -> None:
        self._url = url
        self._resumes = resumes
        self._clock = clock
        self._listeners: list[OnChange] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, resume_id: str, *, until: datetime) -> Iterator[ResumeRecord]:
        """See ``ResumeChanges``."""
        bell, seen = threading.Event(), 0

        def ring(changed: str | None) -> None:
            if changed is None or changed == resume_id:
                bell.set()

        with self.subscribe(ring):
            while True:
                bell.clear()
                record = self._resumes.get_resume(resume_id)
                if record.revision != seen:
                    seen = record.revision
                    yield record
                left = (until - self._clock.now()).total_seconds()
                if record.status.final or left <= 0:
                    return
                bell.wait(min(left, LOOK_ANYWAY))

    @contextmanager
    def subscribe(self, on_change: OnChange) -> Iterator[None]:
        """See ``ResumeChanges``."""
        with self._lock:
            self._listeners.append(on_change)
            self._start()
        try:
            yield
        finally:
            with self._lock:
                self._listeners.remove(on_change)

    def close(self) -> None:
        """End the thread and the connection."""
        self._ended.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _start(self) -> None:
        if self._thread is None and not self._ended.is_set():
            self._thread = threading.Thread(target=self._run, name="changes", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                with open_source(self._url) as source:
                    self._listen(source)
            except StorageUnavailable:
                self._ended.wait(_ROUND)

    def _listen(self, source: ChangeSource) -> None:
        self._tell(None)  # what happened before now was not heard
        while not self._ended.is_set():
            for changed in source.wait(_ROUND):
                self._tell(changed)

    def _tell(self, changed: str | None) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for on_change in listeners:
            try:
                on_change(changed)
            except Exception as error:  # noqa: BLE001 - one who left must not deafen the others
                log.warning("listener_failed", error=type(error).__name__)
