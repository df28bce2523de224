"""The whole application behind a real socket, and clients that speak to it byte by byte."""

import contextlib
import socket
import threading
import time

import uvicorn

from resume_processor import server
from resume_processor.settings import Settings
from tests.acceptance.harness import free_port

LOOK = b"GET /v1/resumes HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


@contextlib.contextmanager
def served(folder, **settings):
    """Its port; no worker and no Redis, so what is sent waits."""
    port = free_port()
    app = server.create_app(
        Settings(data_dir=folder, redis_url="redis://127.0.0.1:1/0", **settings)
    )
    running = uvicorn.Server(
        uvicorn.Config(
            app,
            port=port,
            log_level="critical",
            timeout_graceful_shutdown=1,
            http="resume_processor.api.connections:LimitedHttp",
            ws="none",
        )
    )
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive()
        time.sleep(0.02)
    try:
        yield port
    finally:
        running.should_exit = True
        thread.join(20)


def connect(port):
    """A connection on which nothing was sent."""
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def answer_on(connection):
    """All that comes until the service closes the connection."""
    came = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            came += piece
    return came


def look(port):
    """What an ordinary client gets, and how long that took, in seconds."""
    began = time.monotonic()
    with connect(port) as connection:
        connection.sendall(LOOK)
        answer = answer_on(connection)
    return answer, time.monotonic() - began
