"""What the workflow needs from the outside, as protocols; ``storage`` and the doors implement them.

The values that cross the border stand in ``stored_values``, the storage's methods in
``storage_port``; all of them can be had from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.batch_port import BatchStore
from resume_processor.workflow.correction_port import CorrectionStore
from resume_processor.workflow.storage_port import (
    FigureStore,
    JobStore,
    ResumeStore,
    Storage,
    WorkQueue,
)
from resume_processor.workflow.stored_values import (
    Batch,
    BatchProgress,
    Candidate,
    ClaimedResume,
    EarlierScore,
    EnteredStage,
    Erasure,
    JobRecord,
    Listing,
    NewResume,
    Outcome,
    RankedResume,
    RankingFilter,
    ResumeEvent,
    ScoreInputs,
    ScoreRecord,
    ScoringPart,
    ScoringProgress,
    StoredProfile,
    WorkerSign,
    WorkItem,
    WorkKind,
    WorkState,
)

__all__ = [
    "Batch",
    "BatchProgress",
    "BatchStore",
    "BlobStore",
    "Candidate",
    "ClaimedResume",
    "Clock",
    "CorrectionStore",
    "Dispatch",
    "EarlierScore",
    "EnteredStage",
    "Erasure",
    "FigureStore",
    "ForgetTask",
    "JobRecord",
    "JobStore",
    "Listing",
    "NewResume",
    "Outcome",
    "RankedResume",
    "RankingFilter",
    "ResumeChanges",
    "ResumeEvent",
    "ResumeStore",
    "ScoreInputs",
    "ScoreRecord",
    "ScoringPart",
    "ScoringProgress",
    "Storage",
    "StoredProfile",
    "Wake",
    "WorkItem",
    "WorkKind",
    "WorkQueue",
    "WorkState",
    "WorkerSign",
]


class Clock(Protocol):
    """The time, as an argument."""

    def now(self) -> datetime:
        """Aware UTC datetime."""
        ...


class Dispatch(Protocol):
    """Hands a subject's id to the queue, e.g. ``process_resume_background.delay``.

    Raises any exception of the broker's client where the broker is away.
    """

    def __call__(self, subject_id: str, /) -> object:
        """Publish; returns at once where the broker answers."""
        ...


class ForgetTask(Protocol):
    """Takes what is kept about a task, by its id, out of the result backend."""

    def __call__(self, task_id: str, /) -> None:
        """Nothing happens where nothing is kept. Raises BrokerUnavailable."""
        ...


class Wake(Protocol):
    """Tells the dispatcher that work waits. Never blocks and never fails; a hint only."""

    def __call__(self) -> None:
        """Ring."""
        ...


class BlobStore(Protocol):
    """Files by key. A key is made by us (``a/b/c`` of letters, digits, ``.``, ``_``, ``-``).

    All methods raise StorageUnavailable where the store does not answer, and ValueError for a key
    of another form.
    """

    def put(self, key: str, source: BinaryIO) -> None:
        """Copy ``source`` to its end, in chunks; durable when it returns (file and folder synced).

        What ``source`` raises goes through and leaves nothing behind. Replaces what was there.
        """
        ...

    def open(self, key: str) -> AbstractContextManager[BinaryIO]:
        """The bytes, for reading. Raises NotFound."""
        ...

    def local_path(self, key: str) -> AbstractContextManager[Path]:
        """A file on this machine with the bytes, read-only, for as long as the block runs.

        Raises NotFound.
        """
        ...

    def delete(self, key: str) -> None:
        """Remove the bytes; nothing happens where there are none."""
        ...

    def exists(self, key: str) -> bool:
        """Whether there are bytes under this key."""
        ...

    def keys(self, *, older_than: datetime) -> Iterator[str]:
        """Keys whose bytes were last written before then; found while it is iterated."""
        ...

    def remove_abandoned(self, *, older_than: datetime) -> int:
        """Remove what was begun before then and never finished; how many pieces."""
        ...


class ResumeChanges(Protocol):
    """Tells of changes as they are committed, by whatever process.

    For Server-Sent Events, ``?wait=`` and a dispatcher in another process than the one that stored
    the work.
    """

    def watch(self, resume_id: str, *, until: datetime) -> Iterator[ResumeRecord]:
        """The record now and after each change, until it is final or ``until`` has come.

        Blocks between two changes. Changes that follow each other faster than they are read are
        seen as one. Raises NotFound where the resume is unknown, or deleted meanwhile.
        """
        ...

    def subscribe(self, on_change: Callable[[str | None], None]) -> AbstractContextManager[object]:
        """Call ``on_change`` soon after each commit for as long as the block runs.

        With the id of the resume that changed, or None where that is not known (something did).
        Called in a thread of the storage's; must return at once, e.g. ring a ``Doorbell`` or
        ``loop.call_soon_threadsafe``. A hint only: connections break, so look now and then as well.
        """
        ...

    def close(self) -> None:
        """End the thread and the connection."""
        ...
