"""A key sees its own tenant's data only: over every route that there is, and every page.

The first tenant has one of everything. The second one asks for all of it by its real ids.
"""

from __future__ import annotations

import importlib
import io
import json
import pkgutil
import re
import threading
import zipfile
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from fastapi.routing import APIRoute

import resume_processor.web
from resume_processor.api.routes import batch_events, events, resume_events
from resume_processor.resume.record import ResumeStatus
from resume_processor.storage.memory import MemoryStorage
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.correct_resume import Word, correct_resume
from resume_processor.workflow.decide_resume import NewDecision, decide_resume
from resume_processor.workflow.decision_port import Verdict
from resume_processor.workflow.key_port import Scope
from resume_processor.workflow.keys import create_key
from resume_processor.workflow.receive_batch import BatchUpload, receive_batch
from resume_processor.workflow.receive_job import NewJob, receive_job
from resume_processor.workflow.receive_resume import Upload, receive_resume
from resume_processor.workflow.webhook_port import EventType
from resume_processor.workflow.webhooks import register_webhook
from tests.acceptance.page_harness import AMARA, HandDriven, id_of
from tests.local_client import local_client

#: Said by the first tenant, or read from its files; nothing of it may reach the second one.
OF_THE_FIRST = (
    *("Amara", "Okonkwo", "secret-file", "poison-file", "Zeppelin", "hooks-of-the-first"),
    *("first-key-name", "applicant-zz-42", "Robin-Reviewer", "reason-zz"),
)

#: Open to everybody, and nothing of anybody's is there.
NOT_ABOUT_A_TENANT = {"/livez", "/readyz"}

#: Members of answers that are others at each look.
MOVES_BY_ITSELF = re.compile(r'"(looked_at|last_used_at|oldest_waiting_seconds)":[^,}]*')


class Tenants:
    """The service with the first tenant's things, and a client for each tenant."""

    def __init__(self, folder, storage):
        self.driven = HandDriven(folder, "", storage)
        self.services = self.driven.services
        self.client = local_client(self.driven.app, raise_server_exceptions=False)
        self.first = self.key("default", "first-key-name", Scope.MANAGE)
        self.second = self.key("other", "second", Scope.MANAGE)
        self.ids = self.fill()

    def key(self, tenant, name, *scopes):
        return {"Authorization": f"Bearer {create_key(name, scopes, tenant, self.services).secret}"}

    def fill(self):
        """One of everything; the ids, by the name that they have in paths."""
        driven, services = self.driven, self.services
        job = receive_job(NewJob(text="Zeppelin Engineer\n\n- Python\n"), services)
        webhook = register_webhook(
            "https://hooks-of-the-first.example.org/", tuple(EventType), "default", services
        )
        resume_id = driven.done("secret-file")
        correct_resume(resume_id, Word("/basics/name", "A", "Robin-Reviewer"), "default", services)
        decision = NewDecision(job.id, resume_id, Verdict.ADVANCE, "reason-zz", "Robin-Reviewer")
        decide_resume(decision, "default", services)
        dead = driven.add("poison-file")
        driven.kill_until_dead(dead)
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("secret-file.txt", "in a batch")
        batch = receive_batch(BatchUpload(archive=archive, idempotency_key="b"), services).batch
        upload = Upload("secret-file.txt", io.BytesIO(b"the same bytes"), idempotency_key="same")
        receive_resume(upload, services)
        delivery = services.storage.list_deliveries(webhook.id, tenant="default", limit=9).rows[0]
        first_key = services.storage.list_keys(tenant="default")[0]
        while services.storage.seal_audit(limit=99):
            pass
        return {
            "resume_id": resume_id,
            "letter_id": dead,
            "subject_id": dead,
            "kind": "process_resume",
            "job_id": job.id,
            "batch_id": batch.id,
            "webhook_id": webhook.id,
            "delivery_id": delivery.id,
            "key_id": first_key.id,
            "task_id": services.storage.get_resume(resume_id).task_id,
            "number": "1",
        }

    def sees(self):
        """All that the first tenant finds at routes that change nothing."""
        return {
            path: MOVES_BY_ITSELF.sub("", answer.text)
            for _, path, answer in self.asked(self.first)
            if path not in ("/metrics", "/v1/events")
        }

    def asked(self, headers, methods=("GET",)):
        """Each operation of the document, asked for with the first tenant's ids."""
        document = self.driven.app.openapi()
        for path, item in document["paths"].items():
            for method, operation in item.items():
                if method.upper() in methods and path not in NOT_ABOUT_A_TENANT:
                    yield method.upper(), path, self.ask(method, path, operation, headers)

    def ask(self, method, path, operation, headers):
        query = {
            one["name"]: self.value_for(one)
            for one in operation.get("parameters", [])
            if one["in"] == "query" and (one.get("required") or one["name"].endswith("_id"))
        }
        url = path.format(**self.ids) + (f"?{urlencode(query)}" if query else "")
        options = {"headers": {**headers, "Idempotency-Key": "same"}, **self.body_for(operation)}
        options["headers"] |= options.pop("more", {})
        return self.client.request(method, url, **options)

    def value_for(self, parameter):
        return {"pointer": "/basics/name", "external_id": "applicant-zz-42"}.get(
            parameter["name"], self.ids.get(parameter["name"])
        )

    def body_for(self, operation):
        """A body as the document has it, with ids of the first tenant where it names ids."""
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            (example, *_) = self.examples(content["application/json"])
            return {"json": {**example, **{k: v for k, v in self.ids.items() if k in example}}}
        if "text/csv" in content:
            return {
                "content": content["text/csv"]["example"].encode(),
                "more": {"Content-Type": "text/csv"},
            }
        if "multipart/form-data" in content:
            field = "files" if "application/zip" in content else "file"
            return {
                "files": {field: ("a.txt", b"the same bytes")},
                "data": {"job_id": self.ids["job_id"]},
            }
        return {}

    def examples(self, media):
        if "examples" in media:
            return [one["value"] for one in media["examples"].values()]
        name = media["schema"]["$ref"].rpartition("/")[2]
        return self.driven.app.openapi()["components"]["schemas"][name]["examples"]


@pytest.fixture(params=["memory", "sqlite"])
def tenants(request, tmp_path, monkeypatch):
    for module in (events, resume_events, batch_events):
        monkeypatch.setattr(module, "STREAM_SECONDS", 0.3)
    storage = MemoryStorage()
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'database.sqlite3'}"
        migrate(url)
        storage = SqlStorage(url)
    made = Tenants(tmp_path, storage)
    yield made
    made.client.close()
    storage.close()


def told(text, asked=""):
    """What of the first tenant's stands in an answer, but for what was in the question."""
    return [one for one in OF_THE_FIRST if one in text and one not in asked]


def test_no_route_gives_another_tenants_data(tenants):
    before, wrong = tenants.sees(), []
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
    for method, path, answer in tenants.asked(tenants.second, methods):
        names_one = "{" in path
        leaks = told(answer.text)
        if not names_one:
            leaks += [one for one in tenants.ids.values() if len(one) > 9 and one in answer.text]
        expected = (404,) if names_one else (200, 201, 202, 404)
        if path == "/metrics":
            expected = (403,)
        if leaks or answer.status_code not in expected:
            wrong.append((method, path, answer.status_code, leaks))
    assert wrong == []
    assert len(before) > 25
    assert tenants.sees() == before


def test_the_same_questions_of_the_first_tenant_find_it_all(tenants):
    """Else the test above could be content with questions that nobody gets an answer to."""
    for method, path, answer in tenants.asked(tenants.first, ("GET",)):
        unchanged = path.endswith("/changes")  # this score never was another one
        if path == "/metrics":  # the whole service's
            assert answer.status_code == 403
            continue
        assert answer.status_code == (404 if unchanged else 200), (method, path, answer.text)
    for method in ("PUT", "PATCH", "POST", "DELETE"):
        for _, path, answer in tenants.asked(tenants.first, (method,)):
            assert answer.status_code < 500, (method, path)
            if method != "DELETE":  # what is deleted takes others with it
                assert answer.status_code not in (401, 403, 404), (method, path, answer.text)


def page_routes():
    """Every route of every page."""
    for module in pkgutil.iter_modules(resume_processor.web.__path__):
        router = getattr(
            importlib.import_module(f"resume_processor.web.{module.name}"), "router", None
        )
        yield from (one for one in getattr(router, "routes", ()) if isinstance(one, APIRoute))


def test_no_page_shows_or_changes_another_tenants_data(tenants):
    before, asked = tenants.sees(), 0
    form = {"pointer": "/basics/name", "resume_id": tenants.ids["resume_id"], "text": "x"}
    form |= {"reviewer": "Kim", "verdict": "right", "decision": "advance", "reason": "r"}
    for route in page_routes():
        for method in route.methods:
            url = route.path.format(**tenants.ids, name="page.js")
            query = {"pointer": "/basics/name", "seen": "0", "resume": tenants.ids["resume_id"]}
            headers = {**tenants.second, "HX-Request": "true"}
            data = {**form, "on": "true"} if method == "POST" else None
            answer = tenants.client.request(
                method, url, params=query, headers=headers, data=data, follow_redirects=False
            )
            assert answer.status_code < 500, (method, url)
            assert told(answer.text) == [], (method, url)
            asked += 1
    assert asked > 20
    assert tenants.sees() == before


def test_pages_show_the_first_tenant_its_own(tenants):
    shown = tenants.client.get(f"/resumes/{tenants.ids['resume_id']}", headers=tenants.first).text
    assert "Okonkwo" in shown
    assert "Zeppelin" in tenants.client.get("/jobs", headers=tenants.first).text
    operations = tenants.client.get("/operations", headers=tenants.first).text
    assert "poison-file" in operations or tenants.ids["letter_id"] in operations


def test_figures_are_the_tenants_own(tenants):
    first = tenants.client.get("/v1/system", headers=tenants.first).json()
    assert sum(first["resumes"].values()) == 3
    assert first["dead"] == 1
    second = tenants.client.get("/v1/system", headers=tenants.second).json()
    assert (second["resumes"], second["waiting"], second["dead"]) == ({}, 0, 0)
    assert second["oldest_waiting_seconds"] is None


def test_the_stream_of_all_changes_tells_each_tenant_of_its_own(tenants, monkeypatch):
    monkeypatch.setattr(events, "STREAM_SECONDS", 1.5)
    storage, now = tenants.driven.storage, tenants.services.clock.now()
    resume_id = tenants.ids["resume_id"]

    def change():
        storage.reprocess_resume(resume_id, tenant="default", now=now + timedelta(seconds=1))

    timer = threading.Timer(0.5, change)
    timer.start()
    heard = {}

    def listen(name, headers):
        heard[name] = tenants.client.get("/v1/events", headers=headers).text

    threads = [
        threading.Thread(target=listen, args=one)
        for one in (("first", tenants.first), ("second", tenants.second))
    ]
    for thread in threads:
        thread.start()
    for thread in (*threads, timer):
        thread.join(30)
    assert resume_id in heard["first"]
    assert "event: look" in heard["second"]
    assert resume_id not in heard["second"]
    assert told(heard["second"]) == []


def test_the_same_bytes_and_key_of_another_tenant_are_another_resume(tenants):
    form = {"file": ("secret-file.txt", b"the same bytes")}
    key = {"Idempotency-Key": "same"}
    own = tenants.client.post("/v1/resumes", files=form, headers={**tenants.first, **key})
    assert own.headers["idempotency-replayed"] == "true"
    other = tenants.client.post("/v1/resumes", files=form, headers={**tenants.second, **key})
    assert other.status_code == 202
    assert "idempotency-replayed" not in other.headers
    assert other.json()["id"] != own.json()["id"]
    storage = tenants.driven.storage
    first, second = (storage.get_resume(one.json()["id"]) for one in (own, other))
    assert (first.sha256, second.tenant) == (second.sha256, "other")
    assert not storage.is_parsed_elsewhere(second)
    done = storage.get_resume(tenants.ids["resume_id"])
    found = {"sha256": done.sha256, "pipeline_version": done.pipeline_version}
    assert storage.find_same(**found, tenant="default").status is ResumeStatus.DONE
    assert storage.find_same(**found, tenant="other") is None


def test_a_job_of_another_tenant_cannot_be_named(tenants):
    for path, field in (("/v1/resumes", "file"), ("/v1/batches", "files")):
        answer = tenants.client.post(
            path,
            files={field: ("a.pdf", AMARA.read_bytes())},
            data={"job_id": tenants.ids["job_id"]},
            headers=tenants.second,
        )
        assert answer.status_code == 404, path
        assert told(json.dumps(answer.json())) == []
    assert id_of("secret-file") == tenants.ids["resume_id"]
