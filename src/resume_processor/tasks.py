"""The background tasks. They carry an id and nothing else; the work is the workflow's."""

from __future__ import annotations

from typing import Any

import structlog
from celery import Task
from celery.exceptions import Ignore, SoftTimeLimitExceeded

from resume_processor.celery_config.celery_app import celery_app
from resume_processor.celery_config.publishing import open_producer
from resume_processor.errors import LeaseLost, NotFound, ServiceError
from resume_processor.resume.record import ResumeRecord, task_id_for
from resume_processor.runtime.interruption import Overtaken
from resume_processor.runtime.time_limit import TimeIsUp
from resume_processor.runtime.worker_process import (
    connect_signals,
    worker_keep_lease,
    worker_services,
)
from resume_processor.workflow import spans
from resume_processor.workflow.describe_error import describe
from resume_processor.workflow.ports import Storage
from resume_processor.workflow.process_resume import process_resume, summary_of
from resume_processor.workflow.score_candidates import score_candidates
from resume_processor.workflow.unpack_batch import unpack_batch

log = structlog.get_logger(__name__)

#: What a task returns is short: an id, a state, an outcome, the totals of its scores.
Summary = dict[str, Any]

#: By what a time limit interrupts a task: Celery's soft limit, and our own shorter one.
TIMEOUTS = (SoftTimeLimitExceeded, TimeIsUp)

# Celery imports this module in every worker, however it was started.
connect_signals()


class SubjectTask(Task):  # type: ignore[misc]
    """A task about one subject; its id follows from the subject's, so it is known beforehand."""

    #: What a log calls the id of the subject.
    subject: str

    def __call__(self, subject_id: str) -> Any:
        """Run, as part of the trace that the message belongs to."""
        request = self.request
        trace = (request.get("headers") or {}).get("traceparent") or request.get("traceparent")
        names = {self.subject: subject_id, "task_id": request.id or ""}
        try:
            with spans.span(f"task {self.name}", parent=trace, kind="consumer", **names):
                return super().__call__(subject_id)
        finally:
            if request.id:
                self.backend.over(request.id)

    def apply_async(
        self, args: Any = None, kwargs: Any = None, task_id: str | None = None, **options: Any
    ) -> Any:
        """Publish; ``delay(subject_id)`` comes through here."""
        subjects = [*(args or ()), *(kwargs or {}).values()]
        if task_id is None and subjects:
            task_id = task_id_for(subjects[0])
        if (trace := spans.traceparent()) is not None:
            options["headers"] = {**(options.get("headers") or {}), "traceparent": trace}
        options.setdefault("producer", open_producer())
        return super().apply_async(args, kwargs, task_id=task_id, **options)


@celery_app.task(base=SubjectTask, subject="resume_id")  # type: ignore[untyped-decorator]
def process_resume_background(resume_id: str) -> Summary:
    """Read, parse and score a stored resume; the result is in the database, its summary here.

    A duplicate of finished work returns the stored summary, a duplicate of work in progress leaves
    the result to the one that does it.
    """
    services = worker_services()
    try:
        summary = process_resume(
            resume_id,
            services,
            owner=services.new_owner(),
            keep_lease=worker_keep_lease(),
            timeouts=TIMEOUTS,
        )
        if summary is None:
            return _of_duplicate(services.storage.get_resume(resume_id))
    except Overtaken:
        return _stopped(resume_id, services.storage)
    except NotFound as error:
        _forget(task_id_for(resume_id))
        raise _left_to_another_attempt("resume_id", resume_id, error) from None
    except (Exception, TimeIsUp) as error:  # noqa: BLE001 - told apart below, for our own log
        raise _left_to_another_attempt("resume_id", resume_id, error) from None
    log.info("processed", resume_id=resume_id, status=summary.status, code=summary.code)
    return summary.to_json()


@celery_app.task(base=SubjectTask, subject="job_id")  # type: ignore[untyped-decorator]
def score_job_background(job_id: str) -> Summary:
    """Score all resumes for a job; the ledgers are in the database, their number here."""
    services = worker_services()
    try:
        summary = score_candidates(
            job_id, services, owner=services.new_owner(), keep_lease=worker_keep_lease()
        )
    except (Exception, Overtaken) as error:  # noqa: BLE001 - told apart below, for our own log
        raise _left_to_another_attempt("job_id", job_id, error) from None
    if summary is None:
        raise Ignore("another worker has it, or it is done")
    log.info("scored", job_id=job_id, scored=summary.scored)
    return summary.to_json()


@celery_app.task(base=SubjectTask, subject="batch_id")  # type: ignore[untyped-decorator]
def unpack_batch_background(batch_id: str) -> Summary:
    """Make resumes of the files of a batch; how many there are by now."""
    services = worker_services()
    try:
        summary = unpack_batch(
            batch_id, services, owner=services.new_owner(), keep_lease=worker_keep_lease()
        )
    except (Exception, Overtaken) as error:  # noqa: BLE001 - told apart below, for our own log
        raise _left_to_another_attempt("batch_id", batch_id, error) from None
    if summary is None:
        raise Ignore("another worker has it, or it is done")
    log.info("unpacked", batch_id=batch_id, unpacked=summary.unpacked, finished=summary.finished)
    return summary.to_json()


def _stopped(resume_id: str, storage: Storage) -> Summary:
    """What became of a resume whose work was taken away: it may have been cancelled."""
    log.info("stopped", resume_id=resume_id)
    try:
        return _of_duplicate(storage.get_resume(resume_id))
    except (ServiceError, NotFound) as error:
        raise Ignore(type(error).__name__) from None


def _forget(task_id: str) -> None:
    """The subject was deleted meanwhile: its task is not kept as STARTED for days."""
    try:
        celery_app.backend.forget(task_id)
    except Exception as error:  # noqa: BLE001 - any error of Redis's client; it expires by itself
        log.info("result_not_forgotten", error=type(error).__name__)


def _of_duplicate(record: ResumeRecord) -> Summary:
    """The stored summary, where the result backend does not have it already."""
    summary = summary_of(record).to_json()
    if not record.status.final:
        raise Ignore("another worker has it, or it waits for another attempt")
    known = celery_app.backend.get_task_meta(record.task_id, cache=False).get("result")
    if isinstance(known, dict) and {**known, "scores": []} == {**summary, "scores": []}:
        raise Ignore("its result is known")
    return summary


def _left_to_another_attempt(name: str, subject_id: str, error: BaseException) -> Ignore:
    """The work went back to the queue: that is the database's to say, not the result backend's."""
    if isinstance(error, Ignore):
        return error
    if isinstance(error, LeaseLost | NotFound | Overtaken):
        log.info("overtaken", **{name: subject_id}, error=type(error).__name__)
    else:
        log.error("attempt_failed", **{name: subject_id}, **describe(error))
    return Ignore(type(error).__name__)
