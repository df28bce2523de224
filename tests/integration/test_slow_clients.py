"""Clients that send slowly, on real sockets: given up, so that they hold no place for others."""

import contextlib
import threading
import time

import pytest

from tests.chaos.stage import wait_for
from tests.integration.served import answer_on, connect, look, served

pytestmark = pytest.mark.integration

HEAD = (
    "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {length}"
    "\r\n\r\n"
)
FORM = "multipart/form-data; boundary=x"
BEGIN = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
END = b"\r\n--x--\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The whole application, with little patience."""
    patience = {"body_grace_seconds": 1.0, "body_bytes_per_second": 2000.0}
    places = {"uploads_at_once": 2, "waits_at_once": 2}
    with served(tmp_path_factory.mktemp("data"), **patience, **places) as number:
        yield number


@contextlib.contextmanager
def begun(port, path="/v1/resumes", kind=FORM, length=100_000, start=BEGIN):
    """A connection on which a request's head was sent, and the start of its body."""
    with connect(port) as connection:
        connection.sendall(HEAD.format(path=path, kind=kind, length=length).encode() + start)
        yield connection


@pytest.mark.parametrize(
    ("path", "kind"), [("/v1/resumes", FORM), ("/v1/batches", "application/zip")]
)
def test_a_body_that_stops_is_given_up(port, path, kind):
    began = time.monotonic()
    with begun(port, path, kind) as connection:
        answer = answer_on(connection)
    assert 0.5 < time.monotonic() - began < 20
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"code":"body_timed_out"' in answer
    assert b"connection: close" in answer.lower()


def test_a_body_that_trickles_is_given_up(port):
    answers = []
    with begun(port) as connection:
        reader = threading.Thread(target=lambda: answers.append(answer_on(connection)))
        reader.start()
        sent, began = 0, time.monotonic()
        with contextlib.suppress(ConnectionError):
            while reader.is_alive():
                connection.sendall(b"a" * 20)
                sent += 20
                reader.join(0.1)
        reader.join()
    assert answers[0].startswith(b"HTTP/1.1 408")
    assert time.monotonic() - began < 20
    assert sent < 10_000


def test_a_slow_body_that_keeps_the_pace_is_taken(port):
    """Longer than the grace alone would let it."""
    body = b"a" * 16_000
    with begun(port, length=len(BEGIN) + len(body) + len(END)) as connection:
        began = time.monotonic()
        for start in range(0, len(body), 1000):
            connection.sendall(body[start : start + 1000])
            time.sleep(0.1)
        connection.sendall(END)
        took = time.monotonic() - began
        assert connection.recv(12) == b"HTTP/1.1 202"
    assert took > 1.5


def test_slow_uploads_use_up_their_callers_places_and_give_them_back(port):
    with begun(port), begun(port):
        time.sleep(0.3)
        with begun(port) as third:
            answer = answer_on(third)
        assert answer.startswith(b"HTTP/1.1 429")
        assert b'"code":"too_many_uploads"' in answer
        assert b"retry-after" in answer.lower()
        answer, _ = look(port)
        assert answer.startswith(b"HTTP/1.1 200")
    test_a_slow_body_that_keeps_the_pace_is_taken(port)


@contextlib.contextmanager
def waiting(port, target):
    """A connection on which something was asked for that may take long."""
    with connect(port) as connection:
        ask = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        connection.sendall(ask.encode())
        yield connection


def test_streams_use_up_their_callers_places_and_give_them_back(port):
    with waiting(port, "/v1/events") as first, waiting(port, "/v1/events") as second:
        assert first.recv(12) == second.recv(12) == b"HTTP/1.1 200"
        for target in ("/v1/events", "/v1/batches/b/events", "/v1/resumes/r?wait=20"):
            with waiting(port, target) as third:
                answer = answer_on(third)
            assert answer.startswith(b"HTTP/1.1 429")
            assert b'"code":"too_many_waits"' in answer
        answer, _ = look(port)
        assert answer.startswith(b"HTTP/1.1 200")
    with waiting(port, "/v1/resumes/r?wait=0") as fourth:
        assert answer_on(fourth).startswith(b"HTTP/1.1 404")
    wait_for(lambda: is_let_in(port))  # that a client has gone is noticed a moment later


def is_let_in(port):
    with waiting(port, "/v1/resumes/r?wait=20") as connection:
        return answer_on(connection).startswith(b"HTTP/1.1 404")
