"""One shape of errors, and nothing of the inside in it."""

import errno

import pytest

from resume_processor import errors
from resume_processor.api.documented import kinds_of
from resume_processor.api.error_handlers import status_of

KINDS = kinds_of(errors.ResumeProcessorError)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_status(api, kind):
    @api.app.get("/raise")
    def fail():
        raise kind

    answer = api.client.get("/raise")
    assert answer.status_code == status_of(kind)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == kind.code
    passes = answer.status_code in (429, 503) or kind is errors.RequestInFlight
    assert ("retry-after" in answer.headers) == passes


def test_the_fault_of_a_caller_is_no_fault_of_ours():
    for kind in kinds_of(errors.RequestError) + kinds_of(errors.DocumentError):
        if kind is not errors.BacklogFull:
            assert 400 <= status_of(kind) < 500, kind
    for kind in kinds_of(errors.ServiceError):
        assert status_of(kind) == 503, kind


def test_a_defect_says_nothing_of_the_inside(api):
    def broken(*args, **kwargs):
        raise RuntimeError("SELECT secret FROM /var/lib/hidden")

    api.services.storage.list_resumes = broken
    answer = api.client.get("/v1/resumes")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "hidden" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("PUT", "/v1/resumes", 405, "method_not_allowed"),
        ("POST", "/livez", 405, "method_not_allowed"),
    ],
)
def test_what_the_framework_refuses_has_the_same_shape(api, method, path, status, code):
    answer = api.client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["instance"] == path


def test_every_answer_has_the_security_headers(api):
    for path in ("/livez", "/v1/resumes", "/nowhere"):
        headers = api.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]


def test_a_full_disk_under_the_body_of_an_upload_is_no_fault_of_the_caller(api, monkeypatch):
    """Bodies are spooled to a temporary file before anything of ours sees them."""

    def full(*_arguments, **_options):
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/hidden")

    monkeypatch.setattr("starlette.formparsers.SpooledTemporaryFile", full)
    answer = api.client.post("/v1/resumes", files={"file": ("a.txt", b"text")})
    assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert "hidden" not in answer.text
