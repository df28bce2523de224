"""A file whose time stamp says when a worker last did something: how a supervisor sees progress."""

from __future__ import annotations

import os
import time
from pathlib import Path

#: Names the file in the environment of a supervised worker.
VARIABLE = "RESUME_PROCESSOR_PROGRESS_FILE"


def mark_progress() -> None:
    """Touch the file, in a process that was given one; no file, no mark."""
    path = os.environ.get(VARIABLE)
    if path is not None:
        Path(path).touch()


def seconds_since_progress(path: Path) -> float:
    """Age of the last mark in seconds; infinite where there is none."""
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except FileNotFoundError:
        return float("inf")
