"""What connections know of each other; what they do is tested on real sockets."""

import os

import pytest

from resume_processor import cli
from resume_processor.api.connections import (
    ConnectionLimits,
    Connections,
    LimitedHttp,
    answer_to,
)
from resume_processor.errors import HeadTimedOut, TooManyConnections
from resume_processor.runtime.server_program import server_program
from resume_processor.settings import Settings

NAME = f"{LimitedHttp.__module__}:{LimitedHttp.__name__}"


class Waiting:
    """A connection, as far as others are concerned, which is its own transport."""

    cut = False

    @property
    def transport(self):
        return self

    def abort(self):
        self.cut = True


@pytest.fixture
def three():
    connections = Connections(ConnectionLimits())
    waiting = [Waiting() for _ in range(3)]
    for one in waiting:
        connections.begin_to_wait(one)
    return connections, waiting


def test_the_one_that_waits_longest_makes_room(three):
    connections, waiting = three
    connections.begin_to_wait(waiting[0])  # it goes on waiting
    assert connections.make_room()
    assert [one.cut for one in waiting] == [True, False, False]
    assert connections.make_room()
    assert [one.cut for one in waiting] == [True, True, False]


def test_one_with_a_request_makes_no_room(three):
    connections, waiting = three
    for one in waiting:
        connections.end_to_wait(one)
    assert not connections.make_room()
    assert not any(one.cut for one in waiting)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (HeadTimedOut(), b"HTTP/1.1 408 Request Timeout"),
        (TooManyConnections(), b"HTTP/1.1 503 Service Unavailable"),
    ],
)
def test_an_answer_without_a_request_is_whole(error, line):
    head, _, body = answer_to(error).partition(b"\r\n\r\n")
    first, *headers = head.split(b"\r\n")
    assert first == line
    assert f"content-length: {len(body)}".encode() in headers
    assert b"connection: close" in headers
    assert error.code.encode() in body


def test_the_limits_are_those_of_the_settings():
    settings = Settings(head_seconds=1, idle_seconds=2, stalled_seconds=3, max_connections=4)
    assert ConnectionLimits.from_settings(settings) == ConnectionLimits(1, 2, 3, 4)
    assert ConnectionLimits.from_settings(Settings()) == ConnectionLimits()


def test_every_start_of_the_server_has_them(monkeypatch, tmp_path):
    settings = Settings(data_dir=tmp_path)
    assert NAME in server_program(settings, {}, host="127.0.0.1", port=1).command
    # it is handed to the server through the environment, which other tests must not see
    monkeypatch.setattr(os, "environ", {**os.environ, "REDIS_URL": "redis://127.0.0.1:1/0"})
    given = {}
    monkeypatch.setattr("uvicorn.run", lambda *_, **options: given.update(options))
    cli.serve(port=1, host="127.0.0.1", data_dir=tmp_path)
    assert given["http"] == NAME
