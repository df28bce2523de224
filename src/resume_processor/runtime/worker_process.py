"""What happens in a Celery worker besides its tasks, however it was started."""

from __future__ import annotations

import functools
import logging
import os
import signal
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import billiard
import structlog
from celery import signals

from resume_processor.bootstrap import Services, build_services, prepare
from resume_processor.errors import ServiceError
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.forget_texts import forget_texts
from resume_processor.runtime.keep_lease import keep_lease
from resume_processor.runtime.logs import configure_logging
from resume_processor.runtime.memory_limit import limit_memory
from resume_processor.runtime.progress import mark_progress
from resume_processor.runtime.sign_of_life import SignOfLife
from resume_processor.runtime.tracing import start_tracing
from resume_processor.runtime.warm_up import warm_up
from resume_processor.settings import Settings
from resume_processor.workflow.attempt import KeepLease
from resume_processor.workflow.audit_port import WORKER
from resume_processor.workflow.describe_error import describe
from resume_processor.workflow.pipeline import is_fast

log = structlog.get_logger(__name__)


def worker_services() -> Services:
    """The services of this process; built once, and anew in a forked child."""
    return _services_of(os.getpid())


@functools.lru_cache(maxsize=1)
def _services_of(_process: int) -> Services:
    return build_services(Settings(), prepared=True).acting_as(WORKER)


def worker_keep_lease() -> KeepLease:
    """Keeps the leases of this process; built once, and anew in a forked child."""
    return _keep_lease_of(os.getpid())


@functools.lru_cache(maxsize=1)
def _keep_lease_of(process: int) -> KeepLease:
    return keep_lease(_services_of(process))


def connect_signals() -> None:
    """Have the functions below called by Celery; safe to repeat."""
    signals.setup_logging.connect(_on_logging)
    signals.worker_init.connect(_on_start)
    signals.worker_process_init.connect(_on_child_start)
    signals.worker_ready.connect(_on_progress)
    signals.worker_ready.connect(_on_ready)
    signals.task_prerun.connect(_on_progress)
    signals.task_prerun.connect(_on_task)
    signals.task_postrun.connect(_after_task)
    signals.worker_shutting_down.connect(_on_shutdown)
    signals.worker_shutdown.connect(_on_end)


def _on_logging(loglevel: int = logging.INFO, **_: Any) -> None:
    """In place of Celery's own set-up of the root logger."""
    configure_logging(loglevel)


def _on_start(**_: Any) -> None:
    """In the main process, before it forks: database, checks, and what the children share."""
    settings = Settings()
    _prepare_patiently(settings)
    for warning in Broker(settings.redis_url).warnings():
        log.warning("redis_setting", advice=warning)
    warm_up(fast=is_fast(settings))


def _prepare_patiently(settings: Settings, seconds: float = 30.0) -> None:
    """A database that starts together with its workers may need a moment."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            prepare(settings)
        except ServiceError as error:
            if time.monotonic() > deadline:
                # The worker goes on: each task says what is missing, and the work stays queued.
                log.error("database_not_ready", **describe(error))  # noqa: TRY400 - no message
                return
            time.sleep(1.0)
        else:
            return


def _on_child_start(**_: Any) -> None:
    """In each child: connections of its own, then no more memory than is allowed."""
    worker_services()
    tracing = start_tracing("worker")
    if tracing is not None:
        signals.worker_process_shutdown.connect(lambda **_: tracing.close(), weak=False)
    limit_memory(Settings().max_memory_bytes)


def _on_ready(**_: Any) -> None:
    """In the main process, once its children can take work."""
    _signs().start()


def _on_end(**_: Any) -> None:
    """In the main process, when its children are gone."""
    with suppress(ServiceError):  # it is forgotten in time even so
        _signs().stop()


@functools.cache
def _signs() -> SignOfLife:
    return SignOfLife(
        worker_services(), lambda: [child.pid for child in billiard.active_children()]
    )


def _on_progress(**_: Any) -> None:
    mark_progress()


def _on_task(task_id: str, task: Any, args: Sequence[Any], **_: Any) -> None:
    """Every line that is logged meanwhile, by whatever library, says what it is about."""
    names = {"task_id": task_id}
    subject = getattr(task, "subject", None)
    if subject is not None and args:
        names[subject] = str(args[0])
    structlog.contextvars.bind_contextvars(**names)


def _after_task(**_: Any) -> None:
    """A child goes on to another person's document: it takes nothing of this one along."""
    forget_texts()
    structlog.contextvars.clear_contextvars()


def _on_shutdown(**_: Any) -> None:
    """Running tasks may finish, but not for ever: what is left is interrupted and handed back."""
    seconds = Settings().shutdown_seconds
    timer = threading.Timer(seconds, _interrupt_children)
    timer.daemon = True
    timer.start()


def _interrupt_children() -> None:
    """SIGTERM makes a child's task end with SystemExit, by which its lease is given back."""
    for child in billiard.active_children():
        with suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGTERM)
