"""Back-pressure: saying no early is better than a full disk later."""

from __future__ import annotations

import shutil

from resume_processor.errors import BacklogFull
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import WorkState


def refuse_when_full(parts: Parts) -> None:
    """Raises BacklogFull where too much waits, or the disk of the data directory is nearly full."""
    waiting = sum(
        count for (_, state), count in parts.storage.count_work().items() if state is _WAITING
    )
    if waiting >= parts.settings.max_backlog:
        raise BacklogFull
    if _free_bytes(parts) < parts.settings.min_free_bytes:
        raise BacklogFull("The disk is nearly full. Try again later.")


_WAITING = WorkState.WAITING


def _free_bytes(parts: Parts) -> int:
    """Free space where files and database are kept, in bytes; no limit while there is no folder."""
    folder = parts.settings.data_dir
    return shutil.disk_usage(folder).free if folder.exists() else parts.settings.min_free_bytes
