"""Clients that send no request, or its head slowly, or take no answer, on real sockets.

Each is given up within its time and holds no place for others; who waits for the service is not.
"""

import contextlib
import json
import socket
import time

import httpx
import pytest

from tests.integration.served import answer_on, connect, look, served

pytestmark = pytest.mark.integration

HEAD_SECONDS, IDLE_SECONDS, STALLED_SECONDS = 1.5, 1, 1.0

#: Longer than any connection may wait for its client.
LONGER = 4.0

#: Within which something is at once, on a machine that does other work too.
AT_ONCE = 3.0

BIG = b"Ada Lindqvist\n" + b"built services for people " * 400_000

ASK = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The whole application, with little patience."""
    with served(
        tmp_path_factory.mktemp("data"),
        head_seconds=HEAD_SECONDS,
        idle_seconds=IDLE_SECONDS,
        stalled_seconds=STALLED_SECONDS,
    ) as number:
        yield number


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The same, with all patience and few places."""
    with served(tmp_path_factory.mktemp("few"), head_seconds=300, max_connections=8) as number:
        yield number


def ask(port, path):
    """A connection on which a whole request was sent."""
    connection = connect(port)
    connection.sendall(ASK.format(path=path).encode())
    return connection


def read_until(connection, mark):
    """What comes up to and with the mark."""
    came = b""
    while mark not in came:
        piece = connection.recv(65536)
        assert piece, came
        came += piece
    return came


def upload(port, content=b"Ada Lindqvist"):
    """Send a resume; its id."""
    answer = httpx.post(
        f"http://127.0.0.1:{port}/v1/resumes", files={"file": ("resume.txt", content)}
    )
    return answer.json()["id"]


def seconds_until_closed(connection, send=b""):
    """How long the service keeps a connection on which a piece is sent four times a second."""
    connection.settimeout(0.25)
    began, came = time.monotonic(), b""
    with contextlib.suppress(ConnectionError):
        while time.monotonic() - began < 20:
            connection.sendall(send)
            with contextlib.suppress(TimeoutError):
                piece = connection.recv(65536)
                came += piece
                if not piece:
                    break
    return time.monotonic() - began, came


def test_a_silent_connection_is_closed(port):
    with connect(port) as connection:
        seconds, came = seconds_until_closed(connection)
    assert HEAD_SECONDS - 0.1 < seconds < HEAD_SECONDS + AT_ONCE
    assert came == b""


def test_a_head_that_trickles_is_refused_whatever_still_comes(port):
    with connect(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        seconds, came = seconds_until_closed(connection, b"a")
    assert HEAD_SECONDS - 0.1 < seconds < HEAD_SECONDS + AT_ONCE
    head, _, body = came.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert b"connection: close" in head.lower()
    assert b"application/problem+json" in head
    assert json.loads(body)["code"] == "head_timed_out"


def test_an_idle_connection_is_closed_and_a_busy_one_kept(port):
    with connect(port) as connection:
        for _ in range(4):
            connection.sendall(ASK.format(path="/livez").encode())
            assert b"HTTP/1.1 200" in read_until(connection, b"alive")
            time.sleep(IDLE_SECONDS / 2)
        seconds, came = seconds_until_closed(connection)
    assert seconds < IDLE_SECONDS + AT_ONCE
    assert came == b""


def test_the_head_of_another_request_has_its_time_too(port):
    with ask(port, "/livez") as connection:
        read_until(connection, b"alive")
        seconds, came = seconds_until_closed(connection, b"a")
    assert HEAD_SECONDS - 0.1 < seconds < HEAD_SECONDS + AT_ONCE
    assert came.startswith(b"HTTP/1.1 408")


def test_a_body_that_was_refused_cannot_trickle_on(port):
    head = "POST /v1/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999\r\n\r\n"
    with connect(port) as connection:
        connection.sendall(head.encode())
        seconds, came = seconds_until_closed(connection, b"a")
    assert seconds < IDLE_SECONDS + HEAD_SECONDS + AT_ONCE
    assert came.count(b"HTTP/1.1 ") == 1


def test_a_client_that_takes_nothing_of_its_answer_is_cut_off(port):
    resume_id = upload(port, BIG)
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        connection.connect(("127.0.0.1", port))
        connection.sendall(ASK.format(path=f"/v1/resumes/{resume_id}/original").encode())
        time.sleep(LONGER)
        connection.settimeout(10)
        assert len(answer_on(connection)) < len(BIG)


def test_a_client_that_takes_its_answer_slowly_gets_all_of_it(port):
    resume_id = upload(port, BIG)
    with ask(port, f"/v1/resumes/{resume_id}/original") as connection:
        began, came = time.monotonic(), 0
        while came < len(BIG):
            came += len(connection.recv(200_000))
            time.sleep(0.06)
    assert time.monotonic() - began > LONGER / 2


def test_who_waits_for_the_service_is_not_cut_off(port):
    resume_id = upload(port)
    began = time.monotonic()
    with ask(port, "/v1/events") as events, ask(port, f"/v1/resumes/{resume_id}?wait=4") as poll:
        assert read_until(poll, resume_id.encode()).startswith(b"HTTP/1.1 200")
        assert time.monotonic() - began > LONGER - 0.5
        resume_id = upload(port, b"Grace Example")
        assert read_until(events, resume_id.encode()).startswith(b"HTTP/1.1 200")


def test_many_slow_clients_hold_up_nobody(port):
    """Silent ones and ones in the midst of a head, all at once."""
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connect(port)) for _ in range(200)]
        for connection in slow[::2]:
            connection.sendall(b"GET / HTTP/1.1\r\nX: a")
        answer, seconds = look(port)
        assert answer.startswith(b"HTTP/1.1 200")
        assert seconds < AT_ONCE
        began = time.monotonic()
        assert {answer_on(connection)[:12] for connection in slow} == {b"", b"HTTP/1.1 408"}
        assert time.monotonic() - began < HEAD_SECONDS + AT_ONCE


def test_a_full_server_closes_who_waits_longest_without_a_request(small):
    with contextlib.ExitStack() as stack:
        silent = [stack.enter_context(connect(small)) for _ in range(20)]
        time.sleep(0.2)
        answer, seconds = look(small)
        assert answer.startswith(b"HTTP/1.1 200")
        assert seconds < AT_ONCE
        assert {answer_on(connection) for connection in silent[:12]} == {b""}
        silent[-1].sendall(ASK.format(path="/livez").encode())
        assert b"HTTP/1.1 200" in read_until(silent[-1], b"alive")


def test_a_server_full_of_requests_refuses_another(small):
    with contextlib.ExitStack() as stack:
        for _ in range(8):
            events = stack.enter_context(ask(small, "/v1/events"))
            read_until(events, b"HTTP/1.1 200")
        with connect(small) as another:
            answer = answer_on(another)
        assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
        assert b"retry-after" in answer.lower()
        assert b'"code":"too_many_connections"' in answer
    time.sleep(0.5)
    assert look(small)[0].startswith(b"HTTP/1.1 200")
