"""A file whose time stamp says when a program last did something: what a supervisor goes by."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

#: Names the file in the environment of a supervised program.
VARIABLE = "RESUME_PROCESSOR_PROGRESS_FILE"

#: By how much a mark may be older than what was done last, in seconds.
MOMENT_SECONDS = 0.2

_marked: dict[str, float] = {}  #: when this process marked which file


def new_progress_file() -> Path:
    """A path that only one supervised program marks; gone when this process ends.

    Not in the data directory: machines share that, and a living worker of one would hide a deaf
    one of the other.
    """
    folder = tempfile.mkdtemp(prefix="resume-processor-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder) / "progress"


def mark_progress() -> None:
    """Touch the file, in a process that was given one; no file, no mark. Never fails.

    To be called as often as something is done: what follows within a moment touches nothing.
    """
    path, now = os.environ.get(VARIABLE), time.monotonic()
    if path is not None and now - _marked.get(path, float("-inf")) >= MOMENT_SECONDS:
        _marked[path] = now
        with suppress(OSError):  # a full disk is no reason not to work
            Path(path).touch()


def seconds_since_progress(path: Path) -> float:
    """Age of the last mark in seconds; infinite where there is none."""
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except FileNotFoundError:
        return float("inf")


def forget_progress(path: Path) -> None:
    """A new process starts: the marks of the one before say nothing about it."""
    path.unlink(missing_ok=True)
