"""The door for HTTP: ``uvicorn resume_processor.server:create_app --factory``.

It is given ``process_resume_background.delay`` here, and here only: an upload is answered once the
record is committed, and the dispatcher, woken by that, hands the resume's id to Celery.
"""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from celery.states import READY_STATES
from fastapi import FastAPI

from resume_processor.api.application import build_api
from resume_processor.api.connections import STATE_KEY, ConnectionLimits, Connections
from resume_processor.api.dependencies import ApiParts
from resume_processor.api.schemas.system import ReadinessCheck, TaskFailure, TaskReport
from resume_processor.bootstrap import Services, build_services
from resume_processor.celery_config.celery_app import celery_app
from resume_processor.celery_config.publishing import published_together
from resume_processor.documents.limits import Limits
from resume_processor.errors import BrokerUnavailable, ResumeProcessorError
from resume_processor.runtime.background import Background
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.guarded_http import refuse_address
from resume_processor.runtime.health import readiness
from resume_processor.runtime.logs import configure_logging
from resume_processor.runtime.memory import Memory
from resume_processor.runtime.page_views import PageViews, in_child
from resume_processor.runtime.supervised_thread import SupervisedThread
from resume_processor.runtime.tracing import start_tracing
from resume_processor.runtime.untrusted import text_of
from resume_processor.settings import Settings
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.tasks import (
    process_resume_background,
    score_job_background,
    unpack_batch_background,
)
from resume_processor.web.pages import router as page_routes
from resume_processor.workflow.keys import ensure_bootstrap_key
from resume_processor.workflow.ports import WorkKind


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application: API and pages, with dispatcher and reaper running beside them.

    Settings come from the environment where none are given. The database is brought to the current
    schema first.
    """
    if settings is None:  # started as a program, so the logs are ours
        configure_logging()
        settings = Settings()
    tracing = start_tracing("api")
    celery_app.conf.update(broker_url=settings.redis_url, result_backend=settings.redis_url)
    services = services_of(settings)
    assert isinstance(services.storage, SqlStorage)
    pages = PageViews(services.blobs, settings)
    tidy = Memory(pages, services.storage).step
    background, broker = Background(services, memory=tidy), Broker(settings.redis_url)
    limits = Limits.from_settings(settings)
    changes = services.storage.changes(services.clock)
    parts = ApiParts(
        services=services,
        task_report=task_report,
        text_of_file=partial(in_child, partial(text_of, limits=limits), settings=settings),
        pages=pages,
        checks=partial(checks, services, background),
        broker_depth=broker.depth,
        changes=changes,
        check_address=partial(refuse_address, allow_private=settings.webhook_allow_private),
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        with background, changes.subscribe(pages.on_change):
            yield {STATE_KEY: Connections(ConnectionLimits.from_settings(settings))}
        broker.close()
        changes.close()
        services.close()
        if tracing is not None:
            tracing.close()

    app = build_api(parts, lifespan=lifespan)
    app.include_router(page_routes)
    return app


def services_of(settings: Settings) -> Services:
    """What a server works with; its database is prepared, and has a first key where one is set."""
    services = build_services(
        settings,
        dispatchers={
            WorkKind.PROCESS_RESUME: process_resume_background.delay,
            WorkKind.SCORE_JOB: score_job_background.delay,
            WorkKind.UNPACK_BATCH: unpack_batch_background.delay,
        },
        published_together=published_together,
        forget_task=forget_task,
    )
    ensure_bootstrap_key(services)
    return services


def task_report(task_id: str) -> TaskReport:
    """What Celery's result backend has about a task. Raises BrokerUnavailable."""
    try:
        # not from Celery's cache: a resume that is processed again keeps its task's id
        meta: dict[str, Any] = celery_app.backend.get_task_meta(task_id, cache=False)
    except Exception as cause:
        # each of Redis's clients has errors of its own, and all of them mean the same here
        raise BrokerUnavailable from cause
    state, result = meta["status"], meta.get("result")
    error = failure_of(result) if isinstance(result, BaseException) else None
    return TaskReport(
        task_id=task_id,
        state=state,
        ready=state in READY_STATES,
        result=None if error else result,
        error=error,
        finished_at=meta.get("date_done"),
    )


def forget_task(task_id: str) -> None:
    """Take a task out of Celery's result backend. Raises BrokerUnavailable."""
    try:
        celery_app.backend.forget(task_id)
    except Exception as cause:
        raise BrokerUnavailable from cause  # as above


def failure_of(error: BaseException) -> TaskFailure:
    """The public side of an exception that a task ended with."""
    known = error if isinstance(error, ResumeProcessorError) else ResumeProcessorError()
    return TaskFailure(code=known.code, message=known.message)


def checks(services: Services, background: Background) -> Sequence[ReadinessCheck]:
    """Whether database, disk, broker, workers, dispatcher and reaper do what they should."""
    asked = [ReadinessCheck(**dataclasses.asdict(check)) for check in readiness(services)]
    return [*asked, thread_check(background.dispatcher), thread_check(background.reaper)]


def thread_check(thread: SupervisedThread) -> ReadinessCheck:
    """Whether a thread that keeps the queue going runs without errors."""
    return ReadinessCheck(
        name=thread.name,
        ok=thread.healthy,
        required=False,
        detail="runs" if thread.healthy else "fails and is tried again",
    )
