"""Runs a function over untrusted inputs in child processes that may hang, grow or die unharmed.

A pool from the standard library is broken as a whole when one child dies; here a death costs the
one input that the child had. Children come from a fork server, so that threads of this process are
no danger, and start warm: the modules named in ``preload`` are imported once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Any, Generic, TypeVar

from resume_processor.errors import ReadTimedOut, ResumeProcessorError, TooLarge
from resume_processor.resume.record import Failure
from resume_processor.runtime.memory_limit import limit_memory
from resume_processor.workflow.describe_error import describe

I = TypeVar("I")  # noqa: E741 - an input
O = TypeVar("O")  # noqa: E741 - an output

#: Inputs after which a child is replaced, so that leaks of native libraries stay small.
INPUTS_PER_CHILD = 500

#: Seconds that a child has to go by itself before it is killed.
GOODBYE_SECONDS = 2.0

CRASHED = Failure("worker_crashed", "The process that worked on the document died.")
TIMED_OUT = Failure(ReadTimedOut.code, ReadTimedOut.default_message)
OUT_OF_MEMORY = Failure(TooLarge.code, "The document needs more memory than is allowed.")
INTERNAL = Failure(ResumeProcessorError.code, ResumeProcessorError.default_message)


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one input may cost: ``seconds`` of time, ``memory_bytes`` of address space (0: any)."""

    seconds: float
    memory_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Done(Generic[I, O]):
    """What became of one input: an output, or the reason why there is none.

    ``defect`` says what went wrong where inside, for a log and whoever runs it; never its message,
    which may quote the input.
    """

    input: I
    output: O | None
    failure: Failure | None
    defect: str | None = None


def run_in_children(
    function: Callable[[I], O],
    inputs: Iterable[I],
    *,
    workers: int,
    limits: ChildLimits,
    preload: Sequence[str] = (),
) -> Iterator[Done[I, O]]:
    """The outcome of ``function`` for each input, as they are done (not in order).

    ``function`` and inputs are pickled. Errors of our own tree come back with their code and
    message; whatever else happens in a child comes back as a failure too, never as an exception.
    """
    pool = _Pool(function, iter(inputs), limits, preload)
    with contextlib.closing(pool):
        pool.start(workers)
        while pool.busy:
            yield from pool.gather()


class _Child:
    """One process, and what it has to do until when."""

    def __init__(
        self, function: Callable[..., Any], limits: ChildLimits, preload: Sequence[str]
    ) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, *preload])
        self.pipe, theirs = context.Pipe()
        self.process: ForkServerProcess = context.Process(
            target=_serve, args=(theirs, function, limits.memory_bytes), daemon=True
        )
        self.process.start()
        theirs.close()
        self.left = INPUTS_PER_CHILD
        self.input: Any = None
        self.deadline = 0.0

    def give(self, work: Any, seconds: float) -> None:
        """Hand it an input."""
        self.input, self.left = work, self.left - 1
        self.deadline = time.monotonic() + seconds
        with contextlib.suppress(OSError):  # it died meanwhile: seen by its sentinel
            self.pipe.send(work)

    def answer(self) -> Done[Any, Any] | None:
        """What became of its input; None while it is still at work."""
        try:
            if self.pipe.poll():
                return Done(self.input, *self.pipe.recv())
        except (EOFError, OSError):
            return Done(self.input, None, CRASHED)
        if not self.process.is_alive():
            return Done(self.input, None, CRASHED)
        if time.monotonic() >= self.deadline:
            return Done(self.input, None, TIMED_OUT)
        return None

    def stop(self) -> None:
        """End the process, by force where it does not go."""
        self.pipe.close()
        if self.input is None:
            self.process.join(GOODBYE_SECONDS)
        self.process.kill()
        self.process.join()
        self.process.close()


class _Pool(Generic[I, O]):
    """Children and the inputs that are left."""

    def __init__(
        self,
        function: Callable[[I], O],
        inputs: Iterator[I],
        limits: ChildLimits,
        preload: Sequence[str],
    ) -> None:
        self._function = function
        self._inputs = inputs
        self._limits = limits
        self._preload = preload
        self._children: list[_Child] = []

    @property
    def busy(self) -> bool:
        """Whether anything is still to come."""
        return bool(self._children)

    def start(self, workers: int) -> None:
        """As many children as there is work for."""
        for _ in range(workers):
            self._employ(None)

    def gather(self) -> Iterator[Done[I, O]]:
        """Wait until something happens; what is done."""
        first = min(child.deadline for child in self._children)
        ends: list[Any] = []
        for child in self._children:
            ends += [child.pipe, child.process.sentinel]
        wait(ends, timeout=max(0.0, first - time.monotonic()))
        for child in list(self._children):
            if (done := child.answer()) is not None:
                self._go_on(child, dead=done.failure in (CRASHED, TIMED_OUT))
                yield done

    def close(self) -> None:
        """End all children."""
        for child in self._children:
            child.stop()
        self._children.clear()

    def _go_on(self, child: _Child, *, dead: bool) -> None:
        self._children.remove(child)
        if dead or child.left == 0:
            child.input = child.input if dead else None
            child.stop()
            self._employ(None)
        else:
            child.input = None
            self._employ(child)

    def _employ(self, child: _Child | None) -> None:
        """The next input for this child, or for a new one; without an input it goes."""
        for work in self._inputs:
            child = child or _Child(self._function, self._limits, self._preload)
            child.give(work, self._limits.seconds)
            self._children.append(child)
            return
        if child is not None:
            child.stop()


def _serve(pipe: Connection, function: Callable[[Any], Any], memory_bytes: int) -> None:
    """Life of a child: inputs in, outcomes out, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit_memory(memory_bytes)
    while True:
        try:
            work = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(function, work))


def _outcome(function: Callable[[Any], Any], work: Any) -> tuple[Any, Failure | None, str | None]:
    """Output, failure and defect."""
    try:
        return function(work), None, None
    except ResumeProcessorError as error:
        return None, Failure(error.code, error.message), None
    except (MemoryError, RecursionError):
        return None, OUT_OF_MEMORY, None
    except Exception as error:  # noqa: BLE001 - a defect costs this input, not the others
        return None, INTERNAL, " at ".join(describe(error).values())
