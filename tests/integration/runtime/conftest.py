"""A service of real parts that can be killed one by one: Valkey, a dispatcher, a worker."""

import contextlib
import io
import os
import signal
import sqlite3
import sys
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from resume_processor.bootstrap import build_services
from resume_processor.runtime.child_process import Program
from resume_processor.runtime.embedded_redis import EmbeddedRedis
from resume_processor.runtime.environment import environment_of
from resume_processor.runtime.supervisor import Supervisor
from resume_processor.runtime.worker_program import worker_program
from resume_processor.settings import Settings
from resume_processor.workflow.receive_job import NewJob, receive_job
from resume_processor.workflow.receive_resume import Upload, receive_resume

HERE = Path(__file__).parent

RESUME = """Ada Example
ada@example.com
+1 415 555 0100

Experience

Software Engineer
Example Works, Springfield
January 2019 - December 2023
- Built services in Python and PostgreSQL

Education

Bachelor of Science in Computer Science
Example University
2015 - 2018

Skills

Python, PostgreSQL, Kubernetes
"""

#: Everything that waits for something waits little, so that the tests do.
QUICK = {
    "lease_seconds": 2.0,
    "reap_seconds": 0.3,
    "redispatch_seconds": 3.0,
    "dispatch_seconds": 0.2,
    "retry_base_seconds": 0.2,
    "retry_max_seconds": 1.0,
    "shutdown_seconds": 2.0,
    "deaf_seconds": 6.0,
    "workers": 2,
}


class Service:
    """The parts, each under a supervisor of its own so that any can be away for a while."""

    def __init__(self, folder, **options):
        self.redis = EmbeddedRedis.claim(folder)
        self.settings = Settings(data_dir=folder, redis_url=self.redis.url, **{**QUICK, **options})
        self.services = build_services(self.settings)
        environment = environment_of(self.settings, self.redis.url)
        worker = worker_program(
            self.settings, environment, workers=self.settings.workers, redis_url=self.redis.url
        )
        command = [sys.executable, str(HERE / "hostile_worker.py"), *worker.command[3:]]
        dispatching = [sys.executable, str(HERE / "dispatching.py")]
        self.programs = {
            "redis": self.redis.program,
            "dispatcher": Program("dispatcher", dispatching, environment),
            "worker": replace(worker, command=command),
        }
        self.running = {}
        self._watch_effects()

    def start(self, *names):
        """Run parts until they are stopped; all of them by default."""
        for name in names or tuple(self.programs):
            supervisor, stop = Supervisor([self.programs[name]]), threading.Event()
            thread = threading.Thread(target=supervisor.run, args=(stop,))
            thread.start()
            self.running[name] = (supervisor, stop, thread)

    def stop(self, *names):
        for name in names or tuple(self.running):
            _, stop, thread = self.running.pop(name)
            stop.set()
            thread.join(30)
            assert not thread.is_alive()

    def close(self):
        self.stop()
        self.services.close()
        self.redis.release()

    def pid(self, name):
        """Of a part that runs; waits for it."""
        return wait_for(lambda: self.running[name][0].pid(name))

    def restarts(self, name):
        return self.running[name][0].restarts(name)

    def kill(self, name):
        os.kill(self.pid(name), signal.SIGKILL)

    def worker_children(self):
        return children_of(self.pid("worker"))

    def upload(self, addition="", **options):
        source = io.BytesIO(f"{RESUME}\n{addition}".encode())
        return receive_resume(Upload("resume.txt", source, **options), self.services).record.id

    def post_job(self):
        return receive_job(NewJob(text="Software Engineer. Required: Python."), self.services).id

    def record(self, resume_id):
        return self.services.storage.get_resume(resume_id)

    def statuses(self, ids):
        return Counter(self.record(resume_id).status.value for resume_id in ids)

    def wait_until_final(self, ids, seconds=45.0):
        """Their states, once all are final."""
        wait_for(lambda: all(self.record(one).status.final for one in ids), seconds)
        return self.statuses(ids)

    def effects(self):
        """How often each resume became final, as the database itself counted it."""
        with contextlib.closing(self._database()) as database:
            return dict(database.execute("SELECT resume_id, count(*) FROM effects GROUP BY 1"))

    def _watch_effects(self):
        with contextlib.closing(self._database()) as database, database:
            database.execute("CREATE TABLE effects (resume_id TEXT, status TEXT)")
            database.execute(
                "CREATE TRIGGER watch_effects AFTER UPDATE ON resumes"
                " WHEN new.status IN ('DONE', 'NEEDS_REVIEW', 'FAILED')"
                " AND (old.status <> new.status OR old.finished_at <> new.finished_at)"
                " BEGIN INSERT INTO effects VALUES (new.id, new.status); END"
            )

    def _database(self):
        path = self.settings.effective_database_url.removeprefix("sqlite:///")
        return sqlite3.connect(path, timeout=30)


def wait_for(ask, seconds=20.0):
    """Asks until the answer is true, and returns it."""
    deadline = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)
    return answer


def children_of(pid):
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


@pytest.fixture
def service(tmp_path):
    """A service that does not run yet."""
    service = Service(tmp_path)
    yield service
    service.close()


@pytest.fixture
def make_service(tmp_path):
    """The same with other settings."""
    made = []

    def make(**options):
        made.append(Service(tmp_path, **options))
        return made[-1]

    yield make
    for service in made:
        service.close()


@pytest.fixture
def patiently():
    return wait_for
