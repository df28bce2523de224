"""What surrounds one attempt in a worker: heartbeat, time limit, marks of progress."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from resume_processor.bootstrap import Services
from resume_processor.errors import ReadTimedOut
from resume_processor.resume.record import Failure, ResumeStatus
from resume_processor.runtime.heartbeat import Heart
from resume_processor.runtime.interruption import interruptible
from resume_processor.runtime.logs import names_of
from resume_processor.runtime.progress import mark_progress
from resume_processor.runtime.time_limit import time_limit
from resume_processor.workflow.attempt import Attempt, KeepLease
from resume_processor.workflow.pipeline import pipeline_version
from resume_processor.workflow.ports import Outcome, WorkKind

log = structlog.get_logger(__name__)

#: Seconds after which work that ignored every interruption is ended together with its process:
#: after Celery's soft limit (240), before its hard one (300) leaves the next attempt the same fate.
OVERDUE_SECONDS = 270.0


def keep_lease(services: Services) -> KeepLease:
    """For the workflow inside a worker's child; once a process, whose heart it is."""
    heart, settings = Heart(), services.settings

    @contextmanager
    def kept(attempt: Attempt) -> Iterator[None]:
        seconds = settings.read_seconds if attempt.work.kind is WorkKind.PROCESS_RESUME else 0
        mark_progress()
        with (
            interruptible() as interrupt,
            heart.beating(
                attempt,
                on_beat=mark_progress,
                on_lost=interrupt,
                on_overdue=_end_overdue,
                overdue_seconds=OVERDUE_SECONDS,
            ),
            time_limit(seconds),
        ):
            yield
        mark_progress()

    return kept


def _end_overdue(attempt: Attempt) -> None:
    """The main thread is stuck where nothing reaches it: say so in its place, and end the process.

    Without this the document would take an attempt of five minutes as often as the limit allows.
    """
    work, parts = attempt.work, attempt.parts
    log.error("overdue", **names_of(work.kind, work.subject_id))
    if work.kind is WorkKind.PROCESS_RESUME:
        outcome = Outcome(
            status=ResumeStatus.FAILED,
            media_type="application/octet-stream",
            pipeline_version=pipeline_version(parts.settings),
            failure=Failure(ReadTimedOut.code, ReadTimedOut.default_message),
        )
        now, stages = parts.clock.now(), attempt.take_stages()
        parts.storage.finish_resume(
            work.subject_id, outcome, owner=attempt.owner, now=now, stages=stages
        )
    os.kill(os.getpid(), signal.SIGKILL)
