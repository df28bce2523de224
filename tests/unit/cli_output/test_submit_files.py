"""What ``submit`` says to a service and about it, against a service that answers as told."""

import httpx
import pytest

from resume_processor.cli_output import submit_files
from resume_processor.cli_output.submit_files import Sent, Unreachable
from resume_processor.errors import InvalidRequest


@pytest.fixture
def served(monkeypatch):
    """Lets a function answer all requests; returns the requests that were made."""
    requests = []
    client = httpx.Client

    def serve(answer):
        def handler(request):
            request.read()
            requests.append(request)
            return answer(request)

        monkeypatch.setattr(
            httpx, "Client", lambda **kw: client(transport=httpx.MockTransport(handler), **kw)
        )
        return requests

    monkeypatch.setattr(submit_files.time, "sleep", lambda _seconds: None)
    return serve


@pytest.fixture
def cv(tmp_path):
    path = tmp_path / "ada.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


def run(*files, job=None, wait=False):
    return submit_files.submit_files(files, url="http://test", job=job, wait=wait)


def accepted(_request):
    return httpx.Response(202, json={"id": "r1", "task_id": "t1", "status": "RECEIVED"})


def test_a_file_is_sent_with_its_job(served, cv, capsys):
    requests = served(accepted)
    assert run(cv, job="job-1") == 0
    (request,) = requests
    assert (request.method, request.url.path) == ("POST", "/v1/resumes")
    assert b'filename="ada.pdf"' in request.content
    assert b"job-1" in request.content
    assert request.headers["idempotency-key"]
    assert capsys.readouterr().out.split() == ["r1", "RECEIVED", str(cv)]


def test_a_service_that_is_full_is_asked_again_under_the_same_key(served, cv):
    full = [httpx.Response(503, json={"code": "backlog_full", "detail": "x"})] * 2

    def answer(request):
        return full.pop() if full else accepted(request)

    requests = served(answer)
    assert run(cv) == 0
    assert len(requests) == 3
    assert len({request.headers["idempotency-key"] for request in requests}) == 1


def test_a_request_that_is_still_worked_on_is_asked_again(served, cv):
    busy = [httpx.Response(409, json={"code": "in_flight"}, headers={"Retry-After": "1"})]
    requests = served(lambda request: busy.pop() if busy else accepted(request))
    assert run(cv) == 0
    assert len(requests) == 2


def test_a_conflict_that_says_nothing_of_coming_back_is_final(served, cv):
    conflict = httpx.Response(409, json={"code": "conflict", "detail": "No."})
    requests = served(lambda _: conflict)
    assert run(cv) == 1
    assert len(requests) == 1


def test_a_refused_file_is_one_line(served, cv, capsys):
    served(lambda _: httpx.Response(413, json={"code": "too_large", "detail": "Too large."}))
    assert run(cv) == 1
    assert capsys.readouterr().err == f"{cv}: too_large: Too large.\n"


def test_an_answer_that_is_not_ours_is_one_line_too(served, cv, capsys):
    served(lambda _: httpx.Response(502, text="<html>bad gateway</html>"))
    assert run(cv) == 1
    assert capsys.readouterr().err == f"{cv}: http_error: The service answered 502.\n"


def test_waiting_tells_how_each_ended(served, cv, capsys):
    states = [
        {"status": "PROCESSING"},
        {"status": "FAILED", "error": {"code": "encrypted", "message": "A password."}},
    ]

    def answer(request):
        if request.method == "POST":
            return accepted(request)
        assert request.url.params["wait"]
        return httpx.Response(200, json=states.pop(0))

    served(answer)
    assert run(cv, wait=True) == 1
    captured = capsys.readouterr()
    assert captured.out.split() == ["r1", "FAILED", str(cv)]
    assert captured.err == f"{cv}: encrypted: A password.\n"


def test_a_job_in_a_file_is_posted_first(served, cv, tmp_path, capsys):
    job = tmp_path / "job.txt"
    job.write_text("Engineer")

    def answer(request):
        if request.url.path == "/v1/jobs":
            return httpx.Response(201, json={"id": "job-9", "title": "Engineer"})
        return accepted(request)

    requests = served(answer)
    assert run(cv, job=str(job)) == 0
    assert [request.url.path for request in requests] == ["/v1/jobs", "/v1/resumes"]
    assert b"job-9" in requests[1].content
    assert "job job-9: Engineer" in capsys.readouterr().err


def test_a_job_that_is_not_taken_ends_it(served, cv, tmp_path):
    job = tmp_path / "job.txt"
    job.touch()
    served(lambda _: httpx.Response(422, json={"code": "empty_file", "detail": "Empty."}))
    with pytest.raises(InvalidRequest, match="Empty"):
        run(cv, job=str(job))


def test_no_service_is_an_error_of_its_own(served, cv):
    def refused(request):
        raise httpx.ConnectError("refused", request=request)

    served(refused)
    with pytest.raises(Unreachable):
        run(cv)


def test_a_resume_that_is_gone_meanwhile_is_a_failure(served, cv):
    served(lambda _: httpx.Response(404, json={"code": "not_found", "detail": "Gone."}))
    with httpx.Client(base_url="http://test") as client:
        state = submit_files.wait_until_final(client, Sent(cv, "r1", "RECEIVED").id)
    assert state == {"status": "FAILED", "error": {"code": "not_found", "message": "Gone."}}
