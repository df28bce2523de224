"""What ``submit --batch`` sends and says."""

import io
import zipfile

import httpx
import pytest

from resume_processor.cli_output import submit_batch
from resume_processor.errors import InvalidRequest

RECEIPT = {"id": "b1", "status": "RECEIVED", "expected": 2}
REPORT = {
    "id": "b1",
    "status": "COMPLETE",
    "finished": 2,
    "counts": {"DONE": 1, "FAILED": 1, "CANCELLED": 0},
    "error": None,
}
FAILED = {"file_name": "b.txt", "status": "FAILED", "error": {"code": "corrupt", "message": "Bad."}}


@pytest.fixture
def served(monkeypatch):
    """A service; the uploads it was sent."""
    sent, answers, client = [], [], httpx.Client

    def handler(request):
        if request.method == "POST":
            sent.append((request.read(), request.headers))
            return answers.pop(0) if answers else httpx.Response(202, json=RECEIPT)
        if request.url.path == "/v1/resumes":
            return httpx.Response(200, json={"items": [FAILED], "next_cursor": None})
        return httpx.Response(200, json=REPORT)

    monkeypatch.setattr(
        httpx, "Client", lambda **kw: client(transport=httpx.MockTransport(handler), **kw)
    )
    monkeypatch.setattr(submit_batch.time, "sleep", lambda _seconds: None)
    sent.append(answers)
    return sent


@pytest.fixture
def folder(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    return tmp_path


def run(*files, wait=False):
    return submit_batch.submit_batch(files, url="http://test", job=None, wait=wait)


def test_many_files_are_sent_as_one_zip(served, folder, capsys):
    assert run(folder / "a.txt", folder / "b.txt") == 0
    data, headers = served[1]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["0/a.txt", "1/b.txt"]
        assert archive.read("1/b.txt") == b"b.txt"
    assert headers["content-type"] == "application/zip"
    assert capsys.readouterr().out.split() == ["b1", "RECEIVED", "2"]


def test_a_zip_is_sent_as_it_is_and_again_under_the_same_key(served, folder):
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", "y")
    full = httpx.Response(503, json={"code": "backlog_full"}, headers={"Retry-After": "1"})
    served[0].append(full)
    assert run(path) == 0
    assert [data for data, _ in served[1:]] == [path.read_bytes()] * 2
    assert len({headers["idempotency-key"] for _, headers in served[1:]}) == 1


def test_waiting_says_how_it_ended(served, folder, capsys):
    assert run(folder / "a.txt", folder / "b.txt", wait=True) == 1
    out, err = capsys.readouterr()
    assert out.split(maxsplit=2) == ["b1", "COMPLETE", "1 DONE, 1 FAILED\n"]
    assert err == "b.txt: corrupt: Bad.\n"


def test_what_is_not_taken_is_an_error(served, folder):
    served[0].append(httpx.Response(413, json={"code": "too_large", "detail": "Too many files."}))
    with pytest.raises(InvalidRequest, match="Too many files"):
        run(folder / "a.txt")
