"""What an operator sees of the whole service: figures, logs, Celery's events; and of nobody."""

import json
import threading
from dataclasses import replace

import httpx
import pytest
import redis
from celery import Celery
from prometheus_client.parser import text_string_to_metric_families

from resume_processor.resume.record import task_id_for
from tests.acceptance.harness import free_port, pdf_of
from tests.chaos.stage import wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(500)]

RESUME = """Quillon Vantresca
Furnace Engineer
quillon.vantresca@example.org | +44 20 7946 0137 | Harrogate, United Kingdom

Experience

Furnace Engineer, Brambleworth Foundry, Harrogate
January 2018 - March 2021
- Built control software in Python and PostgreSQL

Education

BSc Computer Science, University of Example, 2012 - 2015

Skills
Python, PostgreSQL
"""

#: What must stand nowhere, in lower case.
SECRETS = ("quillon", "vantresca", "7946 0137", "79460137", "brambleworth")

#: Documents of the same person: file name → (bytes, the code of their failure or None).
DOCUMENTS = {
    "Quillon Vantresca.txt": (RESUME.encode(), None),
    "Quillon Vantresca.pdf": (pdf_of(RESUME), None),
    "corrupt Vantresca.pdf": (pdf_of(RESUME)[:400], "corrupt"),
    "locked Vantresca.pdf": (pdf_of(RESUME, password="secret"), "encrypted"),
    "program Vantresca.pdf": (b"\x7fELF\x02\x01\x01" + RESUME.encode() * 4, "unsupported_type"),
    "quoted Vantresca.txt": (RESUME.encode() + b"\nQUOTE-THE-DOCUMENT", "internal_error"),
    "deadly Vantresca.txt": (RESUME.encode() + b"\nKILL-THE-PROCESS", "worker_crashed"),
}


class Watcher:
    """Sees every command that Redis gets, and every event that Celery sends."""

    def __init__(self, url):
        self.commands, self.events = [], []
        self._client = redis.Redis.from_url(url)
        self._monitor = self._client.monitor().__enter__()
        app = Celery(broker=url)
        self._receiver = app.events.Receiver(app.connection(), handlers={"*": self.events.append})
        self._threads = [
            threading.Thread(target=one, daemon=True) for one in (self._listen, self._receive)
        ]
        for thread in self._threads:
            thread.start()

    def _listen(self):
        for command in self._monitor.listen():
            if command["command"].endswith("END-OF-WATCH"):
                return
            self.commands.append(command["command"])

    def _receive(self):
        self._receiver.capture(limit=None, timeout=None, wakeup=True)

    def of_task(self, task_id):
        """Types of the events about a task, in order."""
        return [event["type"] for event in list(self.events) if event.get("uuid") == task_id]

    def stored(self):
        """Every key with what it holds."""
        read = {
            b"string": self._client.get,
            b"list": lambda key: self._client.lrange(key, 0, -1),
            b"hash": self._client.hgetall,
            b"set": self._client.smembers,
            b"zset": lambda key: self._client.zrange(key, 0, -1),
        }
        keys = list(self._client.scan_iter())
        kinds = [(key, self._client.type(key)) for key in keys]
        # what has just expired is of no kind
        return repr([(key, read[kind](key)) for key, kind in kinds if kind in read])

    def close(self):
        self._receiver.should_stop = True
        self._client.echo("END-OF-WATCH")
        for thread in self._threads:
            thread.join(10)
        self._monitor.__exit__(None, None, None)
        self._client.close()


@pytest.fixture
def log(tmp_path):
    """Where API and worker write their logs."""
    return tmp_path / "log.jsonl"


def logging_to(log, program):
    shell = f'exec "$0" "$@" 2>>{log}'
    return replace(program, command=["/bin/sh", "-c", shell, *program.command])


@pytest.fixture
def watched(make_service, log):
    """A running service with an API, a client of it, and who watches its Redis."""
    stage = make_service(api=((port := free_port()),), max_attempts=2)
    stage.start("redis")
    wait_for(lambda: answers(stage.redis.url), 60)
    watcher = Watcher(stage.redis.url)
    for name in ("server", "worker"):
        stage.programs[name] = logging_to(log, stage.programs[name])
    stage.start("server", "worker")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        wait_for(lambda: readiness(client).get("status") == "ready", 180)
        yield stage, client, watcher
    watcher.close()


def answers(url):
    client = redis.Redis.from_url(url)
    try:
        return client.ping()
    except redis.ConnectionError:
        return False
    finally:
        client.close()


def readiness(client):
    try:
        return client.get("/readyz").json()
    except httpx.TransportError:
        return {}


def upload(client, name, data):
    answer = client.post("/v1/resumes", files={"file": (name, data)})
    assert answer.status_code == 202, answer.text
    return answer.json()["id"]


def figures(client):
    """name with labels → value, as a Prometheus server reads it."""
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
    }


def test_nobody_can_be_recognised_by_what_is_watched(watched, log):
    stage, client, watcher = watched
    ids = {name: upload(client, name, data) for name, (data, _) in DOCUMENTS.items()}
    stage.wait_until_final(list(ids.values()), 120)
    codes = {
        name: (failure := stage.record(one).failure) and failure.code for name, one in ids.items()
    }
    assert codes == {name: code for name, (_, code) in DOCUMENTS.items()}
    found = client.get("/v1/resumes", params={"q": "Vantresca"}).json()["items"]
    assert len(found) == len(DOCUMENTS)
    for wrong in (
        client.get("/v1/resumes/Quillon Vantresca"),
        client.post("/v1/jobs", json={"text": 1, "title": "Vantresca"}),
        client.post("/v1/resumes", data={"file": "Quillon Vantresca"}),
    ):
        assert wrong.status_code in (200, 404, 422)
    shown = "\n".join(client.get(path).text for path in ("/metrics", "/readyz", "/v1/system"))
    logs = log.read_text()
    watched_texts = {
        "figures": shown,
        "commands to Redis": "\n".join(watcher.commands),
        "what Redis holds": watcher.stored(),
        "events": repr(watcher.events),
        "logs": logs,
    }
    # every one of them is about these resumes …
    task_ids = {task_id_for(one) for one in ids.values()}
    for name, text in watched_texts.items():
        assert name == "figures" or all(task_id in text for task_id in task_ids), name
    assert "worker_crashed" in shown
    # … and none says whose they are
    for name, text in watched_texts.items():
        assert [secret for secret in SECRETS if secret in text.lower()] == [], name
    lines = [json.loads(line) for line in logs.splitlines() if line.startswith("{")]
    for one in ids.values():
        about = [line for line in lines if line.get("resume_id") == one]
        assert {line["task_id"] for line in about} == {task_id_for(one)}
        assert {"received"} < {line["event"] for line in about}
    processed = [line for line in lines if line["event"] == "processed"]
    assert processed
    assert all(line["task_id"] in task_ids and line["resume_id"] for line in processed)


def test_figures_of_the_workers_reach_the_api(watched):
    stage, client, _ = watched
    ids = [upload(client, f"{n}.txt", f"{RESUME}\n{n}".encode()) for n in range(6)]
    ids.append(upload(client, "broken.pdf", pdf_of(RESUME)[:300]))
    stage.wait_until_final(ids, 120)
    seen = figures(client)
    good = [seen["resume_processor_outcomes_total", "", s] for s in ("DONE", "NEEDS_REVIEW")]
    assert sum(good) == 6
    assert seen["resume_processor_outcomes_total", "FAILED", "corrupt"] == 1
    assert seen["resume_processor_attempts_total", "1", "process_resume"] == 7
    for name in ("wait", "run"):
        assert seen[f"resume_processor_{name}_seconds_count", "process_resume"] == 7
        assert seen[f"resume_processor_{name}_seconds_sum", "process_resume"] > 0
    assert seen["resume_processor_workers",] == 1
    [children] = [v for key, v in seen.items() if key[0] == "resume_processor_worker_children"]
    assert children == 2
    [memory] = [v for key, v in seen.items() if key[0] == "resume_processor_worker_memory_bytes"]
    assert memory > 50_000_000
    assert (seen["resume_processor_broker_up",], seen["resume_processor_broker_messages",]) == (
        1,
        0,
    )
    stage.stop("worker")
    assert figures(client)["resume_processor_workers",] == 0
    ready = readiness(client)
    assert (ready["status"], ready["not_ready"]) == ("degraded", ["workers"])


def test_a_monitor_sees_each_task_come_and_go(watched):
    stage, client, watcher = watched
    one = upload(client, "a.txt", RESUME.encode())
    stage.wait_until_final([one], 60)
    wanted = {"task-sent", "task-received", "task-started", "task-succeeded"}
    wait_for(lambda: wanted <= set(watcher.of_task(task_id_for(one))), 60)
    wait_for(lambda: "worker-heartbeat" in {event["type"] for event in watcher.events}, 60)
