"""A child process that ends when its parent does, and takes its own children along."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

#: prctl option: the signal that a process gets when the thread that started it ends (Linux).
_PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def never() -> bool:
    """The answer of a program that cannot be stuck."""
    return False


@dataclass(frozen=True, slots=True)
class Program:
    """What is to be kept running.

    ``stuck`` is asked every now and then while it runs: True has it killed and started again.
    ``stop_seconds`` is how long it gets after SIGTERM. ``prepare`` runs before each start,
    ``settle`` after it, until the program can be used (a few seconds at most).
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_seconds: float = 10.0
    stuck: Callable[[], bool] = never
    prepare: Callable[[], None] = lambda: None
    settle: Callable[[], None] = lambda: None


class ChildProcess:
    """A started program, in a process group of its own."""

    def __init__(self, program: Program) -> None:
        self.program = program
        program.prepare()
        self._process = subprocess.Popen(  # noqa: S603 - the command is ours
            list(program.command),
            env={**os.environ, **program.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, loaded beforehand
        )

    @property
    def pid(self) -> int:
        """Process id, and id of its group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative: killed by that signal."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """SIGTERM to the process itself; it tells its children."""
        if self.exit_code is None:
            self._process.terminate()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within ``seconds``."""
        try:
            self._process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill_group(self) -> None:
        """SIGKILL to it and to whatever of its children is left."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()


def _end_with_parent() -> None:
    """In the child, between fork and exec: SIGTERM when the parent is gone, however it went."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
