"""Keeps programs running: starts them, starts them again when they die or hang, stops them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from resume_processor.runtime.child_process import ChildProcess, Program

log = structlog.get_logger(__name__)

#: How often programs are looked at, in seconds; so long at most goes by until one is restarted.
TICK_SECONDS = 0.2

#: How often a program that runs is asked whether it is stuck, in seconds.
STUCK_CHECK_SECONDS = 2.0

#: Pause before a restart, in seconds: doubled with each death in a row, up to the longest.
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0

#: A program that ran for so long counts as healthy again, in seconds.
HEALTHY_AFTER = 30.0


@dataclass
class _Slot:
    """One program and its current process."""

    program: Program
    child: ChildProcess | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    next_stuck_check: float = 0.0
    deaths: int = 0
    restarts: int = 0


class Supervisor:
    """Runs ``programs`` in the order given and stops them in the reverse order.

    Must be used from one thread that lives as long as the programs shall: they end with it.
    """

    def __init__(self, programs: Sequence[Program]) -> None:
        self._slots = [_Slot(program) for program in programs]

    def run(self, stop: threading.Event, *, on_tick: Callable[[], None] = lambda: None) -> None:
        """Start everything and keep it running until ``stop`` is set, then stop everything."""
        try:
            while not stop.is_set():
                for slot in self._slots:
                    self._look_after(slot)
                on_tick()
                stop.wait(TICK_SECONDS)
        finally:
            self.stop()

    def pid(self, name: str) -> int | None:
        """Process id of a program, None while it is down."""
        child = self._slot(name).child
        return None if child is None or child.exit_code is not None else child.pid

    def restarts(self, name: str) -> int:
        """How often a program had to be started again."""
        return self._slot(name).restarts

    def stop(self) -> None:
        """SIGTERM, patience, SIGKILL: one program after the other, the last one first."""
        for slot in reversed(self._slots):
            if slot.child is not None:
                slot.child.ask_to_stop()
                if not slot.child.wait(slot.program.stop_seconds):
                    log.warning("killed_at_shutdown", program=slot.program.name)
                slot.child.kill_group()
                slot.child = None

    def _slot(self, name: str) -> _Slot:
        return next(slot for slot in self._slots if slot.program.name == name)

    def _look_after(self, slot: _Slot) -> None:
        now = time.monotonic()
        if slot.child is None:
            if now >= slot.start_again_at:
                self._start(slot)
        elif slot.child.exit_code is not None:
            self._bury(slot, reason=f"exit code {slot.child.exit_code}")
        elif now >= slot.next_stuck_check:
            slot.next_stuck_check = now + STUCK_CHECK_SECONDS
            if slot.program.stuck():
                self._bury(slot, reason="no progress")

    def _start(self, slot: _Slot) -> None:
        now = time.monotonic()
        slot.started_at, slot.next_stuck_check = now, now + STUCK_CHECK_SECONDS
        slot.child = ChildProcess(slot.program)
        slot.program.settle()
        log.info("started", program=slot.program.name, pid=slot.child.pid)

    def _bury(self, slot: _Slot, *, reason: str) -> None:
        """End what is left of a program and plan its next start."""
        assert slot.child is not None
        slot.child.kill_group()
        slot.child = None
        now = time.monotonic()
        slot.deaths = 1 if now - slot.started_at > HEALTHY_AFTER else slot.deaths + 1
        slot.restarts += 1
        pause = min(FIRST_PAUSE * 2.0 ** min(slot.deaths - 1, 10), LONGEST_PAUSE)
        slot.start_again_at = now + pause
        log.warning("restarting", program=slot.program.name, reason=reason, in_seconds=pause)
