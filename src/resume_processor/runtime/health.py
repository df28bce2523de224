"""Which parts of the service are ready."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from resume_processor.bootstrap import Services
from resume_processor.errors import ResumeProcessorError
from resume_processor.runtime.broker import Broker
from resume_processor.workflow.stored_values import SILENT_WORKER_SECONDS


@dataclass(frozen=True, slots=True)
class Check:
    """One part. ``required``: without it no upload can be taken.

    Broker and workers are not required: what was accepted waits in the database for them.
    """

    name: str
    ok: bool
    required: bool
    detail: str


class _NotReady(Exception):
    """Its message says why, to a stranger."""


def readiness(services: Services) -> tuple[Check, ...]:
    """Database, disk, broker and workers, each asked now; takes a few seconds at most."""
    return (
        _check("database", services.storage.ping, required=True),
        _check("disk", lambda: _use_disk(services), required=True),
        _check("broker", lambda: _ping_broker(services), required=False),
        _check("workers", lambda: _find_worker(services), required=False),
    )


def _check(name: str, probe: Callable[[], None], *, required: bool) -> Check:
    try:
        probe()
    except ResumeProcessorError as error:
        return Check(name, ok=False, required=required, detail=error.message)
    except _NotReady as reason:
        return Check(name, ok=False, required=required, detail=str(reason))
    except OSError as error:
        return Check(name, ok=False, required=required, detail=error.strerror or "not available")
    return Check(name, ok=True, required=required, detail="answers")


def _use_disk(services: Services) -> None:
    """The data directory takes a file, and has room for more."""
    settings = services.settings
    with tempfile.TemporaryFile(dir=settings.data_dir) as file:
        file.write(b"ready?")
    if shutil.disk_usage(settings.data_dir).free < settings.min_free_bytes:
        raise _NotReady("nearly full")


def _ping_broker(services: Services) -> None:
    broker = Broker(services.settings.redis_url)
    try:
        broker.ping()
    finally:
        broker.close()


def _find_worker(services: Services) -> None:
    """Some worker has given a sign of life lately, and has a process that can take work."""
    since = services.clock.now() - timedelta(seconds=SILENT_WORKER_SECONDS)
    workers = services.storage.workers(seen_after=since)
    if not workers:
        raise _NotReady(f"none heard of for {SILENT_WORKER_SECONDS:.0f} seconds")
    if not any(worker.children for worker in workers):
        raise _NotReady("none has a process that can take work")
