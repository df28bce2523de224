"""The two streams of a command: results on stdout, everything else on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

#: Exit status: something failed that the command was asked for.
FAILED = 1

#: Exit status: the command line itself does not fit.
USAGE = 2

#: Exit status: the service, or a part of it, does not answer.
UNREACHABLE = 3


def complain(subject: str, code: str, message: str) -> None:
    """One line on stderr: ``subject: code: message``."""
    sys.stderr.write(f"{subject}: {code}: {message}\n")
    sys.stderr.flush()


class Bar:
    """A progress bar on stderr; it is not there where stderr is no terminal."""

    def __init__(self, progress: Progress, label: str, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task(label, total=total)

    def advance(self) -> None:
        """One more is done."""
        self._progress.advance(self._task)

    def complain(self, subject: str, code: str, message: str) -> None:
        """A line on stderr that leaves the bar whole."""
        if self._progress.disable:
            complain(subject, code, message)
        else:
            line = f"{subject}: {code}: {message}"
            self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def bar(label: str, total: int) -> Iterator[Bar]:
    """A progress bar for ``total`` pieces of work, gone at the end."""
    from rich.console import Console  # noqa: PLC0415 - rich is heavy, and complaints need it not
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        yield Bar(progress, label, total)
