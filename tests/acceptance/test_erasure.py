"""A person is deleted from a running service: nobody who looks anywhere finds anything of them."""

from __future__ import annotations

import io
import os
import sqlite3
import time
import zipfile
from pathlib import Path

import pytest
from redis import Redis

from tests.acceptance.harness import JOB, RESUME, pdf_of, running_service

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(400)]

#: Longer than the eraser's pause, on a machine that others use, too.
ERASED_SECONDS = 90.0

PERSON = (
    RESUME.format(number=1)
    .replace("Ada Lindqvist", "Quirina Zwolfbach")
    .replace("ada.lindqvist1", "quirina.zwolfbach")
    .replace("7946 0000", "7946 0321")
    .replace("- Wrote tools in Python", "- Quirina wrote tools in Python")
)
#: Somebody else, of whom the service keeps nothing that is the same.
OTHER = RESUME.format(number=2).replace("2018", "2016").replace("Kubernetes", "Pruning")
TRACES = (b"quirina", b"zwolfbach", b"7946 0321", b"79460321")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("erasure")
    (folder / "tmp").mkdir()
    return folder


@pytest.fixture(scope="module")
def service(folder):
    settings = {"RESUME_PROCESSOR_WEBHOOK_ALLOW_PRIVATE": "true", "TMPDIR": str(folder / "tmp")}
    with running_service(folder, **settings) as running:
        yield running


def post(service, path, **body):
    answer = service.client.post(path, **body)
    assert answer.is_success, answer.text
    return answer.json()


def bring(service):
    """The person in every place where the service can have her; ids of the resumes that are her."""
    job_id = post(service, "/v1/jobs", json={"text": JOB})["id"]
    events = ["resume.done", "resume.needs_review", "batch.completed"]
    hook = {"url": "http://127.0.0.1:9/hook", "events": events}
    hook_id = post(service, "/v1/webhooks", json=hook)["id"]
    data, name = pdf_of(PERSON), "Quirina Zwolfbach.pdf"
    sent = service.client.post(
        "/v1/resumes",
        files={"file": (name, data)},
        data={"external_id": "quirina.zwolfbach@example.org", "job_id": job_id},
        headers={"Idempotency-Key": "zwolfbach-1"},
    )
    first = sent.json()["id"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("people/Zwolfbach.pdf", data)
        members.writestr("people/other.txt", OTHER)
    batch = post(service, "/v1/batches", files={"file": ("zwolfbach.zip", archive.getvalue())})
    path = f"/v1/batches/{batch['id']}"
    service.until(lambda: service.client.get(path).json()["status"] == "COMPLETE")
    inside = service.client.get("/v1/resumes", params={"batch_id": batch["id"]}).json()["items"]
    second, other = sorted(inside, key=lambda one: one["file_name"] != "Zwolfbach.pdf")
    for resume_id in (first, second["id"]):
        assert service.wait(resume_id)["status"] in {"DONE", "NEEDS_REVIEW"}
    look_and_say(service, first, job_id)
    return [first, second["id"]], other["id"], job_id, hook_id


def look_and_say(service, resume_id, job_id):
    """What people do with a resume."""
    path = f"/v1/resumes/{resume_id}"
    word = {"pointer": "/basics/name", "value": "Quirina A. Zwolfbach", "reviewer": "Kim"}
    assert service.client.put(f"{path}/corrections", json=word).is_success
    decision = {"resume_id": resume_id, "decision": "reject", "reason": "Zwolfbach moved away"}
    post(service, f"/v1/jobs/{job_id}/decisions", json={**decision, "reviewer": "Kim"})
    for ending in ("pages", "pages/1.png", "export", "redacted.pdf", "json-resume", "values.csv"):
        assert service.client.get(f"{path}/{ending}").is_success, ending
    found = service.client.get("/v1/resumes", params={"q": "zwolfbach"}).json()["items"]
    assert resume_id in [one["id"] for one in found]


def packed_rows(folder, resume_ids):
    """What lies compressed in the database about them: a search for words does not see it."""
    database = sqlite3.connect(folder / "data/resume-processor.sqlite3")
    marks = ",".join("?" * len(resume_ids))
    rows = [
        row
        for table in ("profiles", "scores")
        for row in database.execute(
            f"SELECT CAST(body AS BLOB) FROM {table} WHERE resume_id IN ({marks})", resume_ids
        )
    ]
    database.close()
    return [row[0] for row in rows if row[0]]


def traces_in(folder, traces):
    """Files below the folder, and names of files, that have any of these in them."""
    found = set()
    walked = os.walk(folder)  # passes over what goes away meanwhile; rglob would raise
    paths = [Path(base) / name for base, below, files in walked for name in [*below, *files]]
    for path in sorted(paths):
        try:
            content = path.read_bytes().lower() if path.is_file() else b""
        except FileNotFoundError:
            continue  # a temporary one
        name = str(path.relative_to(folder))
        found |= {name for trace in traces if trace in content or trace in name.lower().encode()}
    return found


def all_of_redis(folder):
    """Every key with its value, as text."""
    url = (folder / "data/redis/url").read_text().strip()
    with Redis.from_url(url) as client:
        reads = {
            "string": client.get,
            "list": lambda key: client.lrange(key, 0, -1),
            "hash": client.hgetall,
            "set": client.smembers,
            "zset": lambda key: client.zrange(key, 0, -1, withscores=True),
            "none": lambda _: None,  # gone since the scan named it: queues come and go
        }
        return "\n".join(
            f"{key!r} {reads[client.type(key).decode()](key)!r}" for key in client.scan_iter()
        )


def stones(folder):
    """The tombstones: (id, is erased, remembers its file)."""
    database = sqlite3.connect(folder / "data/resume-processor.sqlite3")
    query = "SELECT resume_id, erased_at IS NOT NULL, blob_key IS NOT NULL FROM tombstones"
    found = database.execute(query).fetchall()
    database.close()
    return set(found)


def test_nothing_of_a_deleted_person_is_found_anywhere(service, folder):
    ids, other, job_id, hook_id = bring(service)
    packed = packed_rows(folder, ids)
    assert len(packed) >= 2
    files = [trace.lower() for trace in packed]  # as the content is compared
    assert traces_in(folder, TRACES)
    assert traces_in(folder, files)
    tasks = [service.client.get(f"/v1/resumes/{one}").json()["task_id"] for one in ids]
    assert all(task in all_of_redis(folder) for task in tasks)
    for resume_id in ids:
        assert service.client.delete(f"/v1/resumes/{resume_id}").status_code == 204
        for ending in ("", "/pages/1.png", "/original", "/export", "/redacted.pdf"):
            assert service.client.get(f"/v1/resumes/{resume_id}{ending}").status_code == 404
    deadline = time.monotonic() + ERASED_SECONDS
    while left := traces_in(folder, [*TRACES, *files]) | tasks_left(folder, tasks):
        assert time.monotonic() < deadline, (left, service.tail())
        time.sleep(0.5)
    in_redis = all_of_redis(folder).lower().encode()
    assert not [trace for trace in TRACES if trace in in_redis]
    assert {(one, 0, 1) for one in ids} & stones(folder) | {(one, 1, 0) for one in ids} >= stones(
        folder
    )
    # the others are as they were
    assert service.client.get(f"/v1/resumes/{other}/json-resume").is_success
    ranking = service.client.get(f"/v1/jobs/{job_id}/ranking").json()["items"]
    assert [row["resume_id"] for row in ranking] == [other]
    told = service.client.get(f"/v1/webhooks/{hook_id}/deliveries").json()["items"]
    assert told
    assert not [one for one in told if one["payload"]["data"].get("resume_id") in ids]


def tasks_left(folder, tasks):
    """Ids of tasks that the result backend still knows."""
    everything = all_of_redis(folder)
    return {task for task in tasks if task in everything}
