"""Back-pressure: saying no early is better than a full disk later."""

from __future__ import annotations

import shutil
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from resume_processor.errors import BacklogFull
from resume_processor.workflow.ports import Storage, WorkState

if TYPE_CHECKING:
    from resume_processor.workflow.parts import Parts

#: How long a count of what waits is good for. Counting 100,000 rows at each upload would cost more
#: than the upload; a limit that is overrun by what one second brings still keeps the disk from
#: filling.
FRESH = timedelta(seconds=1)


class Backlog:
    """How many work items wait, counted once a second at most; thread-safe.

    Between two counts what this process admits is added, and nothing taken off. The limit is
    exceeded by the uploads that are under way at a count, and by what other processes admit in a
    second: a few beside a limit of thousands.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting = 0
        self._counted_at: datetime | None = None

    def admit(self, storage: Storage, *, limit: int, now: datetime, coming: int = 1) -> bool:
        """Whether so many more may come; they are counted as waiting from now on."""
        with self._lock:
            if not self._is_fresh(now):
                self._waiting = _count(storage)
                self._counted_at = now
            if self._waiting + coming > limit:
                return False
            self._waiting += coming
            return True

    def _is_fresh(self, now: datetime) -> bool:
        return self._counted_at is not None and self._counted_at <= now < self._counted_at + FRESH


def refuse_when_full(parts: Parts, *, coming: int = 1) -> None:
    """Raises BacklogFull where too much waits, or the disk of the data directory is nearly full.

    ``coming`` is how many resumes are about to be added.
    """
    refuse_when_disk_is_full(parts)
    limit, now = parts.settings.max_backlog, parts.clock.now()
    if not parts.backlog.admit(parts.storage, limit=limit, now=now, coming=coming):
        raise BacklogFull


def refuse_when_disk_is_full(parts: Parts) -> None:
    """Raises BacklogFull."""
    if _free_bytes(parts) < parts.settings.min_free_bytes:
        raise BacklogFull("The disk is nearly full. Try again later.")


def _count(storage: Storage) -> int:
    return sum(
        count for (_, state), count in storage.count_work().items() if state is WorkState.WAITING
    )


def _free_bytes(parts: Parts) -> int:
    """Free space where files and database are kept, in bytes; no limit while there is no folder."""
    folder = parts.settings.data_dir
    return shutil.disk_usage(folder).free if folder.exists() else parts.settings.min_free_bytes
