"""A real service: uvicorn, Celery workers, a private Redis, SQLite."""

from __future__ import annotations

import json
import signal

import pytest

from resume_processor.workflow.audit_chain import digest
from tests.acceptance.harness import (
    FINAL,
    HOPELESS,
    JOB,
    RESUME,
    SAMPLES,
    STOP_SECONDS,
    pdf_of,
    running_service,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(600)]

GOOD = {"DONE", "NEEDS_REVIEW"}


def test_from_upload_to_ranking_to_deletion(service):
    client = service.client
    job = client.post("/v1/jobs", json={"text": JOB}).json()
    assert "Python" in {skill["name"] for skill in job["requirements"]["skills"]}

    sample = SAMPLES / "amara-okonkwo.pdf"
    answer = client.post(
        "/v1/resumes",
        files={"file": (sample.name, sample.read_bytes())},
        data={"job_id": job["id"], "external_id": "applicant-1"},
    )
    assert answer.status_code == 202
    receipt = answer.json()
    assert answer.headers["location"] == f"/v1/resumes/{receipt['id']}"

    state = service.wait(receipt["id"])
    assert state["status"] in GOOD, state
    result = state["result"]
    assert result["resume"]["basics"]["name"] == "Amara Okonkwo"
    assert "/basics/name" in result["evidence"]
    assert result["evidence"]["/basics/name"]["places"][0]["page"] == 1

    bare = client.get(f"/v1/resumes/{receipt['id']}/json-resume").json()
    assert bare == result["resume"]
    original = client.get(f"/v1/resumes/{receipt['id']}/original")
    assert original.content == sample.read_bytes()

    task = service.until(lambda: task_when_ready(client, receipt["task_id"]))
    assert task["state"] == "SUCCESS"
    assert task["result"]["resume_id"] == receipt["id"]

    rows = service.until(lambda: client.get(f"/v1/jobs/{job['id']}/ranking").json()["items"])
    (row,) = [one for one in rows if one["resume_id"] == receipt["id"]]
    assert (row["name"], row["external_id"]) == ("Amara Okonkwo", "applicant-1")
    score = client.get(f"/v1/jobs/{job['id']}/scores/{receipt['id']}").json()
    lines = [line for one in score["ledger"]["criteria"] for line in one["lines"]]
    assert score["total"] == row["total"] == sum(line["points"] for line in lines)

    assert client.delete(f"/v1/resumes/{receipt['id']}").status_code == 204
    assert client.get(f"/v1/resumes/{receipt['id']}").status_code == 404
    ranked = client.get(f"/v1/jobs/{job['id']}/ranking").json()["items"]
    assert receipt["id"] not in {one["resume_id"] for one in ranked}

    entries = service.until(lambda: log_of(client, receipt["id"], but="resume.viewed"))
    assert [(one["action"], one["actor"]) for one in entries] == [
        ("resume.accepted", "local"),
        ("resume.parsed", "worker"),
        ("resume.scored", "worker"),
        ("resume.deleted", "local"),
    ]
    assert entries[1]["detail"]["result"] == digest(result)
    assert entries[2]["detail"]["ledger"] == digest(score["ledger"])
    assert service.until(lambda: looks_at(client, receipt["id"]) >= {"record", "file", "score"})


def log_of(client, resume_id, but):
    """What the audit log has about a resume that was deleted, once it has that.

    Entries of the action ``but`` are left out: looks are stored a little later than what they
    happened before.
    """
    items = client.get("/v1/audit", params={"subject_id": resume_id}).json()["items"][::-1]
    kept = [one for one in items if one["action"] != but]
    return kept if kept and kept[-1]["action"] == "resume.deleted" else None


def looks_at(client, resume_id):
    """What of a resume was looked at, as the audit log has it by now."""
    items = client.get("/v1/audit", params={"subject_id": resume_id}).json()["items"]
    return {one["detail"]["what"] for one in items if one["action"] == "resume.viewed"}


def task_when_ready(client, task_id):
    """Celery's report once it is final; its message may trail the database by a moment."""
    task = client.get(f"/v1/tasks/{task_id}").json()
    return task if task["ready"] else None


def test_a_new_job_is_scored_against_what_is_there(service):
    receipt = service.upload("ada.txt", RESUME.format(number=7).encode())
    assert service.wait(receipt["id"])["status"] in GOOD
    job = service.client.post("/v1/jobs", json={"text": JOB}).json()
    path = f"/v1/jobs/{job['id']}/ranking"

    def ranked():
        ids = {row["resume_id"] for row in service.client.get(path).json()["items"]}
        return receipt["id"] in ids

    assert service.until(ranked)
    table = service.client.get(path, headers={"Accept": "text/csv"})
    assert receipt["id"] in table.text


def test_the_stream_ends_with_the_final_state(service):
    receipt = service.upload("ada.pdf", pdf_of(RESUME.format(number=8)))
    with service.client.stream("GET", f"/v1/resumes/{receipt['id']}/events") as stream:
        lines = [line for line in stream.iter_lines() if line.startswith("data: ")]
    told = [json.loads(line.removeprefix("data: ")) for line in lines]
    assert (told[0]["status"], told[0]["stage"]) == ("RECEIVED", "queued")
    assert {"reading", "parsing", "scoring"} < {one["stage"] for one in told}
    assert told[-1]["status"] in GOOD
    revisions = [one["revision"] for one in told]
    assert revisions == sorted(set(revisions))


@pytest.mark.parametrize("name", HOPELESS)
def test_a_hopeless_file_fails_with_its_reason_and_the_service_goes_on(service, name):
    data, code = HOPELESS[name]
    state = service.wait(service.upload(name, data)["id"])
    assert (state["status"], state["error"]["code"]) == ("FAILED", code)
    assert state["error"]["message"]
    assert state["result"] is None
    good = service.wait(service.upload("good.txt", RESUME.format(number=9).encode())["id"])
    assert good["status"] in GOOD


def test_what_is_no_upload_is_refused_with_its_reason(service):
    client = service.client
    refused = {
        "zero bytes": client.post("/v1/resumes", files={"file": ("a.pdf", b"")}),
        "no file": client.post("/v1/resumes", data={"external_id": "x"}),
        "no boundary": client.post(
            "/v1/resumes", content=b"x", headers={"content-type": "multipart/form-data"}
        ),
        "broken form": client.post(
            "/v1/resumes",
            content=b"--b\r\nnonsense",
            headers={"content-type": "multipart/form-data; boundary=x"},
        ),
        "wrong id": client.get("/v1/resumes/nowhere"),
        "wrong job": client.post(
            "/v1/resumes", files={"file": ("a.pdf", b"x")}, data={"job_id": "nowhere"}
        ),
        "no JSON": client.post(
            "/v1/jobs", content=b"{", headers={"content-type": "application/json"}
        ),
    }
    assert {name: (one.status_code, one.json()["code"]) for name, one in refused.items()} == {
        "zero bytes": (422, "empty_file"),
        "no file": (422, "invalid_request"),
        "no boundary": (400, "invalid_request"),
        "broken form": (400, "invalid_request"),
        "wrong id": (404, "not_found"),
        "wrong job": (404, "not_found"),
        "no JSON": (400, "invalid_request"),
    }
    for one in refused.values():
        assert one.headers["content-type"] == "application/problem+json"
    assert client.get("/readyz").json()["status"] == "ready"


def test_fifty_uploads_all_come_to_an_end(service):
    receipts = [
        service.upload(f"{number}.txt", RESUME.format(number=number).encode(), priority="bulk")
        for number in range(50)
    ]
    assert len({receipt["id"] for receipt in receipts}) == 50
    for number, receipt in enumerate(receipts):
        state = service.wait(receipt["id"])
        assert state["status"] in GOOD, state
        mail = state["result"]["resume"]["basics"]["email"]
        assert mail == f"ada.lindqvist{number}@example.org"


def test_what_is_final_can_be_processed_again(service):
    receipt = service.upload("again.txt", RESUME.format(number=10).encode())
    first = service.wait(receipt["id"])
    again = service.client.post(f"/v1/resumes/{receipt['id']}/reprocess")
    assert (again.status_code, again.json()["task_id"]) == (202, receipt["task_id"])
    second = service.wait(receipt["id"])
    assert second["revision"] > first["revision"]
    assert second["result"]["resume"] == first["result"]["resume"]


def test_the_page_and_the_figures_are_there(service):
    page = service.client.get("/")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    figures = service.client.get("/metrics").text
    assert "resume_processor_work" in figures
    system = service.client.get("/v1/system").json()
    assert system["readiness"]["not_ready"] == []


def test_the_list_knows_them_all(service):
    receipt = service.upload("findme-unusual.txt", RESUME.format(number=11).encode())
    service.wait(receipt["id"])
    found = service.client.get("/v1/resumes", params={"q": "findme-unusual"}).json()["items"]
    assert [one["id"] for one in found] == [receipt["id"]]
    assert all(one["status"] in FINAL for one in found)


def test_submit_sends_waits_and_ranks(service, cli, folder, job_file):
    done = cli("submit", folder, "--url", service.url, "--job", job_file, "--wait")
    assert done.returncode == 1, done.stderr
    assert len(done.stdout.split("Ranking")[0].strip().splitlines()) == 4
    assert "locked.pdf: encrypted: " in done.stderr
    assert "Ada Lindqvist" in done.stdout.split("Ranking")[1]
    (folder / "locked.pdf").unlink()
    assert cli("submit", folder, "--url", service.url).returncode == 0


def test_submit_says_what_was_not_taken(service, cli, tmp_path):
    (tmp_path / "empty.pdf").write_bytes(b"")
    done = cli("submit", tmp_path / "empty.pdf", tmp_path / "gone.pdf", "--url", service.url)
    assert done.returncode == 1
    assert "empty.pdf: empty_file: " in done.stderr
    assert "gone.pdf: not_found: " in done.stderr


def test_what_was_accepted_is_there_after_a_restart(tmp_path):
    with running_service(tmp_path) as first:
        ids = [
            first.upload(f"{number}.txt", RESUME.format(number=number).encode())["id"]
            for number in range(10)
        ]
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(STOP_SECONDS) == 0, first.tail()
    with running_service(tmp_path) as second:
        for resume_id in ids:
            assert second.wait(resume_id)["status"] in GOOD
