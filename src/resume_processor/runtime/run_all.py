"""The whole service on one machine, or one role of it, under one supervisor."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from types import FrameType

import structlog

from resume_processor.bootstrap import build_services, prepare
from resume_processor.errors import InvalidRequest
from resume_processor.runtime.child_process import Program
from resume_processor.runtime.embedded_redis import EmbeddedRedis, needs_embedded, running_url
from resume_processor.runtime.environment import environment_of
from resume_processor.runtime.open_address import refuse_without_keys
from resume_processor.runtime.reaper import Reaper
from resume_processor.runtime.server_program import server_program
from resume_processor.runtime.supervised_thread import SupervisedThread
from resume_processor.runtime.supervisor import Supervisor
from resume_processor.runtime.worker_program import worker_program
from resume_processor.settings import Settings
from resume_processor.workflow.keys import sign_in_link
from resume_processor.workflow.this_machine import is_loopback

log = structlog.get_logger(__name__)

#: Address, and a link that signs in who opens it (None: there is none, or it is not needed).
OnReady = Callable[[str, str | None], None]


def run(
    settings: Settings,
    host: str,
    port: int,
    workers: int,
    *,
    on_ready: OnReady = lambda _url, _link: None,
    stop: threading.Event | None = None,
) -> None:
    """API, worker and (where there is no other) a private Redis, until SIGTERM or SIGINT.

    ``on_ready`` is called once when it answers, with the API's address; where keys are in force and
    only this machine is served, with one that signs in who opens it. Raises InvalidRequest where
    the port is taken or may not be served, BrokerUnavailable where there is no Redis and none to
    start.
    """
    _refuse_taken_port(host, port)
    prepare(settings)
    refuse_without_keys(settings, host)
    with _redis(settings) as (redis_url, redis):
        environment = environment_of(settings, redis_url)
        server = server_program(settings, environment, host=host, port=port)
        worker = worker_program(settings, environment, workers=workers, redis_url=redis_url)
        supervisor = Supervisor([*redis, worker, server])
        address = f"http://{_reachable(host)}:{port}"
        ready = _Ready(address, lambda: on_ready(address, _link(settings, host, address)))
        _supervise(supervisor, stop or threading.Event(), ready)


def run_worker(settings: Settings, workers: int, *, stop: threading.Event | None = None) -> None:
    """A worker alone, supervised, with a reaper beside it; until SIGTERM or SIGINT.

    Takes the Redis of the settings, else the private one that ``run`` has in the same data
    directory, else one of its own.
    """
    prepare(settings)
    with _redis(settings) as (redis_url, redis), _reaping(settings):
        environment = environment_of(settings, redis_url)
        # several on one machine are told apart, by monitors and by Celery's remote control
        worker = worker_program(
            settings,
            environment,
            workers=workers,
            redis_url=redis_url,
            name=f"worker-{os.getpid()}",
        )
        _supervise(Supervisor([*redis, worker]), stop or threading.Event(), lambda: None)


def _link(settings: Settings, host: str, address: str) -> str | None:
    if not is_loopback(host):
        return None
    services = build_services(settings, prepared=True)
    try:
        if not services.storage.has_keys():
            return None
        return f"{address}/sign-in?once={sign_in_link(services)}"
    finally:
        services.close()


def redis_url_of(settings: Settings) -> str:
    """Where a role that starts no Redis finds it: set, at the usual place, or a private one."""
    private = running_url(settings.data_dir) if needs_embedded(settings) else None
    return private or settings.redis_url


@contextlib.contextmanager
def _redis(settings: Settings) -> Iterator[tuple[str, list[Program]]]:
    """Address, and the program to run for it: none where a Redis is there already."""
    if not needs_embedded(settings):
        yield settings.redis_url, []
        return
    private = running_url(settings.data_dir)
    if private is not None:
        yield private, []
        return
    redis = EmbeddedRedis.claim(settings.data_dir)
    log.info("private_redis", folder=str(redis.folder))
    try:
        yield redis.url, [redis.program]
    finally:
        redis.release()


@contextlib.contextmanager
def _reaping(settings: Settings) -> Iterator[None]:
    services = build_services(settings, prepared=True)
    reaper = Reaper(services)
    thread = SupervisedThread("reaper", reaper.reap, pause=reaper.pause)
    thread.start()
    try:
        yield
    finally:
        thread.stop()
        services.close()


def _supervise(supervisor: Supervisor, stop: threading.Event, on_tick: Callable[[], None]) -> None:
    """Run until ``stop`` is set or a signal asks for it."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, ask)
    supervisor.run(stop, on_tick=on_tick)


class _Ready:
    """Asks the API until it answers, then says so once."""

    def __init__(self, url: str, on_ready: Callable[[], None]) -> None:
        self._url = url
        self._on_ready = on_ready
        self._said = False

    def __call__(self) -> None:
        if self._said:
            return
        try:
            with urllib.request.urlopen(f"{self._url}/livez", timeout=1):  # noqa: S310 - ours
                pass
        except (urllib.error.URLError, OSError):
            return
        self._said = True
        self._on_ready()


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InvalidRequest(f"Port {port} cannot be used: {error.strerror}.") from error


def _reachable(host: str) -> str:
    """An address to connect to, for one to listen on."""
    if host in ("0.0.0.0", ""):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
