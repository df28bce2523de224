"""The API server as a supervised program, and how to see that it no longer goes round."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from resume_processor.runtime.child_process import Program
from resume_processor.runtime.progress import (
    VARIABLE,
    forget_progress,
    new_progress_file,
    seconds_since_progress,
)
from resume_processor.settings import Settings

#: How long a server may take until its dispatcher's first turn (imports, schema), in seconds.
START_SECONDS = 120.0

#: Seconds on top of the shutdown time until a server that was asked to stop is killed.
_STOP_MARGIN = 5.0


class SilentServer:
    """Sees a server whose dispatcher died or hangs, or that hangs as a whole.

    The dispatcher marks each of its turns, of which there is one at least every few seconds,
    whatever is away. Without a mark for ``seconds`` it is silent; until the first mark, which says
    that it runs, it has ``start_seconds``.
    """

    def __init__(
        self,
        progress: Path,
        seconds: float,
        *,
        start_seconds: float = START_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._progress = progress
        self._seconds = seconds
        self._start_seconds = start_seconds
        self._monotonic = monotonic
        self._started_at = monotonic()

    def forget(self) -> None:
        """A new process starts."""
        self._started_at = self._monotonic()
        forget_progress(self._progress)

    def __call__(self) -> bool:
        """Whether it has gone silent by now."""
        silence = seconds_since_progress(self._progress)
        if silence == float("inf"):
            return self._monotonic() - self._started_at >= self._start_seconds
        return silence >= self._seconds


def server_program(
    settings: Settings, environment: dict[str, str], *, host: str, port: int, name: str = "server"
) -> Program:
    """API, page and dispatcher on one port. ``name`` tells several on one machine apart."""
    progress = new_progress_file()
    silent = SilentServer(progress, settings.silent_seconds)
    command = [
        *(sys.executable, "-m", "uvicorn", "resume_processor.server:create_app", "--factory"),
        *("--host", host, "--port", str(port), "--log-level", "warning"),
        *("--http", "resume_processor.api.connections:LimitedHttp", "--ws", "none"),
        *("--timeout-graceful-shutdown", str(int(settings.shutdown_seconds))),
    ]
    return Program(
        name=name,
        command=command,
        environment={**environment, VARIABLE: str(progress)},
        stop_seconds=settings.shutdown_seconds + _STOP_MARGIN,
        stuck=silent,
        prepare=silent.forget,
    )
