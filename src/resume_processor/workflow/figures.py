"""The running totals of the service: what is counted, and in which buckets.

A storage adds them in the very transaction that they count, so a worker that is killed between two
steps is counted as what it left behind: an attempt that began, and no outcome.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.stored_values import WorkItem, WorkState

#: Upper bounds of the time between being due and being claimed, in seconds.
WAIT_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)

#: Upper bounds of the time between a claim and the end of the work, in seconds.
RUN_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)

#: The bucket above all bounds, and the label under which the seconds themselves are added up.
BEYOND, SUM = "+Inf", "sum"


class Family(StrEnum):
    """What is counted."""

    WAIT = "wait_seconds"  #: of: the kind of work; label: a bucket
    RUN = "run_seconds"  #: of: the kind of work; label: a bucket
    OUTCOMES = "outcomes"  #: of: the final status; label: the code of a failure
    ATTEMPTS = "attempts"  #: of: the kind of work; label: the number of the attempt
    EXPIRED = "expired_leases"  #: of: the kind of work; label: what became of it


@dataclass(frozen=True, slots=True, order=True)
class Total:
    """Names one running total."""

    family: Family
    of: str
    label: str


@dataclass(frozen=True, slots=True)
class Addition:
    """So much more of it."""

    total: Total
    amount: float = 1.0


def of_claim(taken: WorkItem, now: datetime) -> Sequence[Addition]:
    """An attempt begins; ``taken`` is the work after it was claimed."""
    attempt = Total(Family.ATTEMPTS, taken.kind.value, str(taken.attempts))
    waited = (now - taken.available_at).total_seconds()
    return (Addition(attempt), *_observed(Family.WAIT, taken.kind.value, waited, WAIT_BOUNDS))


def of_end(work: WorkItem, now: datetime) -> Sequence[Addition]:
    """An attempt comes to its end; ``work`` as it was while it ran."""
    if work.claimed_at is None:
        return ()
    seconds = (now - work.claimed_at).total_seconds()
    return _observed(Family.RUN, work.kind.value, seconds, RUN_BOUNDS)


def of_outcome(record: ResumeRecord) -> Sequence[Addition]:
    """A resume became final."""
    code = record.failure.code if record.failure else ""
    return (Addition(Total(Family.OUTCOMES, record.status.value, code)),)


def of_expired(work: WorkItem, now_is: WorkState) -> Sequence[Addition]:
    """A worker was not heard of for too long."""
    return (Addition(Total(Family.EXPIRED, work.kind.value, now_is.value)),)


def bucket_names(bounds: Sequence[float]) -> tuple[str, ...]:
    """The labels of the buckets, smallest first."""
    return (*(repr(bound) for bound in bounds), BEYOND)


def _observed(
    family: Family, of: str, seconds: float, bounds: Sequence[float]
) -> tuple[Addition, Addition]:
    seconds = max(seconds, 0.0)  # the clocks of two machines differ a little
    bucket = bucket_names(bounds)[bisect_left(bounds, seconds)]
    return Addition(Total(family, of, bucket)), Addition(Total(family, of, SUM), seconds)
