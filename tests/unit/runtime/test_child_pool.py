"""One bad input costs itself only, whatever it does to its process."""

import os
import signal
import time

import pytest

from resume_processor.errors import CorruptDocument
from resume_processor.runtime.child_pool import ChildLimits, run_in_children

LIMITS = ChildLimits(seconds=60)


def behave(work):
    """What a document may do to the process that reads it."""
    match work:
        case "corrupt":
            raise CorruptDocument
        case "defect":
            raise KeyError("/secret/path")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(3)
        case "hang":
            time.sleep(600)
        case "grow":
            return len(bytearray(4 * 1024**3))
        case "pid":
            return os.getpid()
    return work


def outcomes(inputs, *, workers=2, limits=LIMITS):
    return {
        done.input: (done.output, done.failure and done.failure.code)
        for done in run_in_children(behave, inputs, workers=workers, limits=limits)
    }


def test_every_input_has_one_outcome():
    assert outcomes([1, 2, 3, 4, 5]) == {n: (n, None) for n in (1, 2, 3, 4, 5)}


def test_no_input_needs_no_child():
    assert outcomes([]) == {}


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("corrupt", "corrupt"),
        ("defect", "internal_error"),
        ("die", "worker_crashed"),
        ("exit", "worker_crashed"),
    ],
)
def test_a_bad_input_costs_itself_only(bad, code):
    assert outcomes([1, bad, 2, 3]) == {1: (1, None), bad: (None, code), 2: (2, None), 3: (3, None)}


def test_a_defect_says_nothing_of_the_inside():
    (done,) = run_in_children(behave, ["defect"], workers=1, limits=LIMITS)
    assert done.failure is not None
    assert "secret" not in done.failure.message
    assert done.defect is not None
    assert done.defect.startswith("KeyError at ")
    assert "secret" not in done.defect


def test_a_child_that_hangs_is_ended_and_the_rest_goes_on():
    # the limit covers the start of a child, which a busy machine may take its time for
    found = outcomes([1, "hang", 2], workers=1, limits=ChildLimits(seconds=10))
    assert found == {1: (1, None), "hang": (None, "timed_out"), 2: (2, None)}


def test_memory_is_limited():
    limits = ChildLimits(seconds=60, memory_bytes=1024**3)
    assert outcomes(["grow", 1], limits=limits) == {"grow": (None, "too_large"), 1: (1, None)}


def test_stopping_early_leaves_no_child_behind():
    running = run_in_children(behave, ["pid", "hang"], workers=1, limits=LIMITS)
    first = next(running)
    running.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first.output, 0)


def test_large_answers_come_through():
    big = "x" * 5_000_000
    (done,) = run_in_children(behave, [big], workers=1, limits=LIMITS)
    assert done.output == big
