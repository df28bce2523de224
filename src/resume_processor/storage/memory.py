"""The storage in memory: the same behaviour as the databases', nothing on disk.

For tests, and for a single process that may forget. Thread-safe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from resume_processor.resume.record import ResumeRecord
from resume_processor.storage.in_memory.audit import MemoryAudit
from resume_processor.storage.in_memory.batches import MemoryBatches
from resume_processor.storage.in_memory.corrections import MemoryCorrections
from resume_processor.storage.in_memory.decisions import MemoryDecisions
from resume_processor.storage.in_memory.erasures import MemoryErasures
from resume_processor.storage.in_memory.figures import MemoryFigures
from resume_processor.storage.in_memory.holds import MemoryHolds
from resume_processor.storage.in_memory.jobs import MemoryJobs
from resume_processor.storage.in_memory.keys import MemoryKeys
from resume_processor.storage.in_memory.resumes import MemoryResumes
from resume_processor.storage.in_memory.retention import MemoryRetention
from resume_processor.storage.in_memory.tables import Tables
from resume_processor.storage.in_memory.webhooks import MemoryWebhooks
from resume_processor.storage.in_memory.work import MemoryWork
from resume_processor.workflow.ports import Clock


class MemoryStorage(
    MemoryResumes,
    MemoryErasures,
    MemoryRetention,
    MemoryWork,
    MemoryJobs,
    MemoryBatches,
    MemoryCorrections,
    MemoryDecisions,
    MemoryHolds,
    MemoryFigures,
    MemoryWebhooks,
    MemoryAudit,
    MemoryKeys,
):
    """``Storage`` in the memory of this process."""

    def __init__(self) -> None:
        super().__init__(Tables())

    def ping(self) -> None:
        """Memory always answers."""

    def close(self) -> None:
        """Nothing to give back."""

    def changes(self, clock: Clock) -> MemoryChanges:
        """Who wants to know of changes asks here."""
        return MemoryChanges(self._tables, clock)


class MemoryChanges:
    """``ResumeChanges`` of a ``MemoryStorage``."""

    def __init__(self, tables: Tables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock
        self._resumes = MemoryResumes(tables)

    def watch(self, resume_id: str, *, until: datetime) -> Iterator[ResumeRecord]:
        """See ``ResumeChanges``."""
        seen = 0
        while True:
            with self._tables.changed:
                record = self._resumes.get_resume(resume_id)
                left = (until - self._clock.now()).total_seconds()
                if record.revision == seen and left > 0:
                    self._tables.changed.wait(left)
                    continue
            if record.revision != seen:
                yield record
            if record.status.final or left <= 0:
                return
            seen = record.revision

    @contextmanager
    def subscribe(self, on_change: Callable[[str | None], None]) -> Iterator[None]:
        """See ``ResumeChanges``; called by the thread that makes the change."""
        with self._tables.changed:
            self._tables.listeners.append(on_change)
        try:
            yield
        finally:
            with self._tables.changed:
                self._tables.listeners.remove(on_change)

    def close(self) -> None:
        """Nothing to give back."""
