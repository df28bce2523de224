"""Batches over HTTP."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from resume_processor.workflow.unpack_batch import unpack_batch


def zip_of(*names, data=b"a resume"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, data)
    return file.getvalue()


def problem(answer, status, code):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code


@pytest.fixture
def send(api):
    """Posts files of a form."""

    def do(*files, headers=None, **fields):
        parts = [("files", file) for file in files]
        return api.client.post("/v1/batches", files=parts, data=fields, headers=headers)

    return do


@pytest.fixture
def unpack(api):
    """What a worker does; the resumes' names and codes."""

    def do(answer):
        assert answer.status_code == 202, answer.text
        batch_id = answer.json()["id"]
        assert unpack_batch(batch_id, api.services, owner="w").finished
        listed = api.client.get("/v1/resumes", params={"batch_id": batch_id}).json()["items"]
        return {one["file_name"]: one["error"] and one["error"]["code"] for one in listed}

    return do


def test_many_files_are_answered_at_once(api, send, unpack):
    answer = send(("a.pdf", b"%PDF-1.7 one"), ("b.txt", b"two"), ("b.txt", b"three"))
    body = answer.json()
    assert (answer.status_code, body["status"], body["expected"]) == (202, "RECEIVED", 3)
    assert answer.headers["location"] == f"/v1/batches/{body['id']}"
    assert int(answer.headers["retry-after"]) > 0
    assert api.services.wake.wait(0), "the dispatcher was not woken"
    assert api.client.get("/v1/resumes").json()["items"] == []
    assert unpack(answer) == {"a.pdf": None, "b.txt": None}
    listed = api.client.get("/v1/resumes", params={"batch_id": body["id"]}).json()["items"]
    assert [one["size"] for one in listed] == [5, 3, 12]
    assert {one["priority"] for one in listed} == {"bulk"}


def test_a_zip_in_a_form_is_taken_apart(send, unpack):
    answer = send(("all.zip", zip_of("x/a.pdf", "../b.pdf")))
    assert answer.json()["expected"] == 2
    assert unpack(answer) == {"a.pdf": None, "b.pdf": "unsafe_path"}


def test_a_zip_larger_than_a_resume_may_be_is_taken(make_api):
    api = make_api(max_bytes=2000)
    names = [f"{number}.txt" for number in range(40)]
    answer = api.client.post("/v1/batches", files={"files": ("all.zip", zip_of(*names))})
    assert answer.json()["expected"] == 40


def test_a_zip_as_the_body_itself(api, unpack):
    job_id = api.add_job()
    answer = api.client.post(
        "/v1/batches",
        content=zip_of("a.pdf", "b.pdf"),
        headers={"Content-Type": "application/zip"},
        params={"job_id": job_id, "priority": "interactive"},
    )
    assert unpack(answer) == {"a.pdf": None, "b.pdf": None}
    report = api.client.get(answer.headers["location"]).json()
    assert (report["job_id"], report["priority"]) == (job_id, "interactive")


def test_one_document_that_is_a_zip_inside_stays_whole(send, unpack):
    docx = zip_of("[Content_Types].xml", "word/document.xml")
    assert unpack(send(("a.docx", docx))) == {"a.docx": None}


def test_fields_of_the_form(api, send):
    job_id = api.add_job()
    answer = send(("a.txt", b"x"), job_id=job_id, priority="interactive")
    report = api.client.get(answer.headers["location"]).json()
    assert (report["job_id"], report["priority"]) == (job_id, "interactive")
    problem(send(("a.txt", b"x"), priority="sometimes"), 422, "invalid_request")
    problem(send(("a.txt", b"x"), job_id="nowhere"), 404, "not_found")


def test_what_cannot_be_read_is_refused(api, send):
    def post(content, kind):
        return api.client.post("/v1/batches", content=content, headers={"Content-Type": kind})

    problem(post(b"no zip", "application/zip"), 422, "corrupt")
    problem(post(b"{}", "application/json"), 415, "unsupported_type")
    problem(post(b"x", "multipart/form-data"), 400, "invalid_request")
    problem(post(b"x", "multipart/form-data; boundary=b"), 400, "invalid_request")
    cut = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nabc'
    problem(post(cut, "multipart/form-data; boundary=b"), 400, "invalid_request")
    problem(api.client.post("/v1/batches", data={"job_id": "j"}), 415, "unsupported_type")
    problem(send(("all.zip", zip_of("folder/"))), 422, "invalid_request")


def test_limits_on_files_and_bytes(make_api):
    api = make_api(max_batch_files=2, max_batch_bytes=10_000)

    def post(files):
        return api.client.post("/v1/batches", files=files)

    problem(post([("files", (str(n), b"x")) for n in range(3)]), 413, "too_large")
    problem(post([("files", ("a", b"x" * 20_000))]), 413, "too_large")
    chunks = (b"x" * 1000 for _ in range(20))
    endless = api.client.post(
        "/v1/batches", content=chunks, headers={"Content-Type": "application/zip"}
    )
    problem(endless, 413, "too_large")
    assert api.client.get("/v1/batches").json()["items"] == []


def test_the_same_key_has_the_same_answer(api, send):
    headers = {"Idempotency-Key": "k"}
    first = send(("a.txt", b"x"), ("b.txt", b"y"), headers=headers)
    again = send(("a.txt", b"x"), ("b.txt", b"y"), headers=headers)
    assert (again.status_code, again.json()) == (202, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    problem(send(("a.txt", b"z"), headers=headers), 422, "idempotency_mismatch")
    now = api.services.clock.now()
    api.services.storage.hold_key(
        "h", tenant="default", holder="else", now=now, until=now + timedelta(seconds=9)
    )
    problem(send(("a.txt", b"x"), headers={"Idempotency-Key": "h"}), 409, "in_flight")


def test_progress(api, send, unpack):
    answer = send(("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b""))
    address = answer.headers["location"]
    report = api.client.get(address).json()
    assert (report["status"], report["progress"], report["expected"]) == ("RECEIVED", 0, 3)
    unpack(answer)
    report = api.client.get(address).json()
    assert (report["status"], report["received"], report["finished"]) == ("PROCESSING", 3, 1)
    assert report["progress"] == 0.333
    listed = api.client.get("/v1/resumes", params={"status": "RECEIVED"}).json()["items"]
    for one in listed:
        api.finish(one["id"])
    report = api.client.get(address).json()
    assert (report["status"], report["progress"]) == ("COMPLETE", 1)
    assert report["counts"]["DONE"] == 2
    assert report["counts"]["FAILED"] == 1
    assert report["completed_at"]
    assert api.client.get("/v1/batches").json()["items"] == [report]
    problem(api.client.get("/v1/batches/nowhere"), 404, "not_found")


def test_following_a_batch(api, send, unpack):
    answer = send(("a.txt", b"a"))
    unpack(answer)
    (one,) = api.client.get("/v1/resumes").json()["items"]
    api.finish(one["id"])
    text = api.client.get(f"{answer.headers['location']}/events").text
    (name,) = [line for line in text.splitlines() if line.startswith("event: ")]
    (data,) = [line for line in text.splitlines() if line.startswith("data: ")]
    assert name == "event: complete"
    assert json.loads(data[6:])["status"] == "COMPLETE"
    problem(api.client.get("/v1/batches/nowhere/events"), 404, "not_found")
