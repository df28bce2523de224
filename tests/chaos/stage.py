"""A service of real parts that can be taken away one by one: Redis, API or dispatcher, workers."""

import io
import os
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from resume_processor.bootstrap import build_services
from resume_processor.runtime.child_process import Program, never
from resume_processor.runtime.embedded_redis import EmbeddedRedis
from resume_processor.runtime.environment import environment_of
from resume_processor.runtime.server_program import server_program
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

#: Everything that waits for something waits little, so that a scenario takes seconds.
QUICK = {
    "lease_seconds": 3.0,
    "reap_seconds": 0.3,
    "redispatch_seconds": 10.0,
    "dispatch_seconds": 0.2,
    "retry_base_seconds": 0.2,
    "retry_max_seconds": 1.0,
    "shutdown_seconds": 2.0,
    "deaf_seconds": 12.0,
    "silent_seconds": 30.0,
    "workers": 2,
}


class Stage:
    """The parts, each under a supervisor of its own.

    ``workers`` is how many worker processes there are (``worker``, ``worker-2``, …), each with
    ``children`` children; those in ``hosts`` run on a machine of their own, supervised there.
    ``api`` are the ports of real APIs (``server``, ``server-2``, …); without one there is only the
    dispatcher of a server. ``environment`` is for all parts, ``redis_options`` for the command
    line of Redis. ``plain``: nothing sees that a program is stuck.
    """

    def __init__(
        self,
        folder,
        *,
        workers=1,
        children=2,
        api=(),
        hosts=None,
        environment=None,
        redis_options=(),
        plain=False,
        **options,
    ):
        self.redis = EmbeddedRedis.claim(folder)
        quick = {**QUICK, "workers": children, **options}
        self.settings = Settings(data_dir=folder, redis_url=self.redis.url, **quick)
        self.services = build_services(self.settings)
        self._environment = environment or {}
        self._uploads = 0
        self.programs = {}
        redis_program = self.redis.program
        self._add(replace(redis_program, command=[*redis_program.command, *redis_options]))
        for number, port in enumerate(api, 1):
            self._add(self._server(numbered("server", number), port))
        if not api:
            self._add(self._dispatcher())
        for number in range(1, workers + 1):
            name = numbered("worker", number)
            away = hosts is not None and name in hosts
            self._add(hosts.worker(name, self) if away else self._worker(name))
        if plain:
            self.programs = {k: replace(v, stuck=never) for k, v in self.programs.items()}
        self.running = {}

    def _add(self, program):
        self.programs[program.name] = program

    def environment_of_parts(self):
        return {
            **environment_of(self.settings, self.redis.url),
            **self._environment,
        }

    def _dispatcher(self):
        command = [sys.executable, str(HERE / "dispatching.py")]
        return Program("dispatcher", command, self.environment_of_parts())

    def _server(self, name, port):
        program = server_program(
            self.settings, self.environment_of_parts(), host="127.0.0.1", port=port, name=name
        )
        hostile = ["tests.chaos.hostile_server:create_app", "--app-dir", str(HERE.parents[1])]
        command = list(program.command)
        at = command.index("resume_processor.server:create_app")
        return replace(program, command=[*command[:at], *hostile, *command[at + 1 :]])

    def _worker(self, name):
        program = worker_program(
            self.settings,
            self.environment_of_parts(),
            workers=self.settings.workers,
            redis_url=self.redis.url,
            name=name,
        )
        return hostile_worker(program)

    def change_environment(self, name, **variables):
        """For a part that does not run yet."""
        program = self.programs[name]
        environment = {**program.environment, **variables}
        self.programs[name] = replace(program, environment=environment)

    def start(self, *names):
        """Run parts until they are stopped; all of them by default."""
        for name in names or tuple(self.programs):
            supervisor, stop = Supervisor([self.programs[name]]), threading.Event()
            thread = threading.Thread(target=supervisor.run, args=(stop,))
            thread.start()
            self.running[name] = (supervisor, stop, thread)

    def stop(self, *names):
        """Stop parts as an operator would."""
        for name in names or tuple(reversed(self.running)):
            _, stop, thread = self.running.pop(name)
            stop.set()
            thread.join(40)
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

    def worker_children(self, name="worker"):
        return children_of(self.pid(name))

    def upload(self, addition="", **options):
        """An upload past the API; no two have the same bytes. Returns the id."""
        self._uploads += 1
        source = io.BytesIO(f"{RESUME}\n{addition} {self._uploads}".encode())
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

    def effects(self, ids):
        """How often each resume became final, by its history."""
        return {
            one: sum(event.status.final for event in self.services.storage.resume_events(one))
            for one in ids
        }

    def none_twice(self, ids):
        return set(self.effects(ids).values()) == {1}

    def empty_redis(self):
        """Throw away what a stopped Redis has on disk."""
        for file in (self.settings.data_dir / "redis" / "appendonlydir").iterdir():
            file.unlink()


def numbered(name, number):
    """``worker``, ``worker-2``, …"""
    return name if number == 1 else f"{name}-{number}"


def hostile_worker(program):
    """The same worker, but for what certain documents do to it."""
    command = [sys.executable, str(HERE / "hostile_worker.py"), *program.command[3:]]
    return replace(program, command=command)


def wait_for(ask, seconds=60.0):
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
