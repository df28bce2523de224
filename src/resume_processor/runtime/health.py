"""Which parts of the service answer."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from resume_processor.bootstrap import Services
from resume_processor.errors import ResumeProcessorError
from resume_processor.runtime.broker import Broker


@dataclass(frozen=True, slots=True)
class Check:
    """One part. ``required``: without it no upload can be taken.

    Redis is not required: what was accepted waits in the database until it is back.
    """

    name: str
    ok: bool
    required: bool
    detail: str


def readiness(services: Services) -> tuple[Check, ...]:
    """Database, files and Redis, each asked now; takes a few seconds at most."""
    return (
        _check("database", services.storage.ping, required=True),
        _check("files", lambda: _write_probe(services), required=True),
        _check("redis", lambda: _ping_redis(services), required=False),
    )


def _check(name: str, probe: Callable[[], None], *, required: bool) -> Check:
    try:
        probe()
    except ResumeProcessorError as error:
        return Check(name, ok=False, required=required, detail=error.message)
    except OSError as error:
        return Check(name, ok=False, required=required, detail=error.strerror or "not available")
    return Check(name, ok=True, required=required, detail="answers")


def _write_probe(services: Services) -> None:
    """The data directory takes a file."""
    with tempfile.TemporaryFile(dir=services.settings.data_dir) as file:
        file.write(b"ready?")


def _ping_redis(services: Services) -> None:
    broker = Broker(services.settings.redis_url)
    try:
        broker.ping()
    finally:
        broker.close()
