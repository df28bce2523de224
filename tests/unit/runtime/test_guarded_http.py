"""Where webhooks may go, against real sockets of this machine."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from resume_processor.errors import AddressRefused
from resume_processor.runtime import guarded_http
from resume_processor.runtime.guarded_http import GuardedPost, is_public, refuse_address

BODY = b'{"a":1}'


def whole(connection):
    """A request with its body."""
    data = b""
    while not data.endswith(BODY) and (chunk := connection.recv(65536)):
        data += chunk
    return data


@contextmanager
def server(answer, *, drip=0.0):
    """Says these bytes to whoever connects; yields port and what was received."""
    received = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(6)

        def serve():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                received.append(whole(connection))
                try:
                    for byte in [answer] if not drip else [bytes([b]) for b in answer]:
                        connection.sendall(byte)
                        time.sleep(drip)
                except OSError:
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1], received
        listener.close()
    thread.join()


def post(url, *, seconds=5.0, allow_private=True):
    sender = GuardedPost(seconds=seconds, allow_private=allow_private)
    return sender(url, {"webhook-id": "msg_1", "Content-Type": "application/json"}, BODY)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1"),
        *("::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_what_is_not_the_internet(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111"])
def test_what_is_the_internet(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/x", "http://localhost:8000/", "https://[::1]/", "http://2130706433/"),
        *("http://0x7f.1/", "http://169.254.169.254/latest/meta-data", "http://[::ffff:10.0.0.1]/"),
        *("ftp://example.org/", "file:///etc/passwd", "https://user:pw@example.org/", "https://"),
        *("nonsense", "https://example.org:99999/", "https://example.org/#x", "http://[bad/"),
    ],
)
def test_addresses_that_are_refused(url):
    with pytest.raises(AddressRefused):
        refuse_address(url, allow_private=False)


def test_a_setting_allows_private_ones():
    refuse_address("http://127.0.0.1:8000/hook", allow_private=True)
    with pytest.raises(AddressRefused):
        refuse_address("file:///etc/passwd", allow_private=True)


def test_a_name_that_does_not_resolve_is_judged_when_it_does():
    refuse_address("https://nowhere.invalid/hook", allow_private=False)
    assert post("https://nowhere.invalid/hook").error == "unreachable"


def test_a_delivery_arrives_whole():
    with server(b"HTTP/1.1 204 No Content\r\n\r\n") as (port, received):
        answer = post(f"http://localhost:{port}/hook?x=1")
    assert (answer.status_code, answer.error) == (204, None)
    head, _, body = received[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /hook?x=1 HTTP/1.1\r\n")
    assert f"host: localhost:{port}".encode() in head.lower()
    assert b"webhook-id: msg_1" in head
    assert body == BODY


def test_a_private_address_is_never_connected_to():
    with server(b"HTTP/1.1 204 No Content\r\n\r\n") as (port, received):
        answer = post(f"http://localhost:{port}/", allow_private=False)
    assert answer.error == "address_refused"
    assert received == []


def test_a_name_that_resolves_to_something_else_a_moment_later_changes_nothing(monkeypatch):
    asked = []

    def rebinding(host, port, **options):
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(guarded_http.socket, "getaddrinfo", rebinding)
    refuse_address("http://rebind.example.org/", allow_private=False)
    with server(b"HTTP/1.1 204 No Content\r\n\r\n") as (port, received):
        assert post(f"http://rebind.example.org:{port}/", allow_private=False).error is not None
    assert received == []


def test_one_private_address_among_others_is_enough(monkeypatch):
    found = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(guarded_http.socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(AddressRefused):
        refuse_address("http://both.example.org/", allow_private=False)


def test_a_redirect_is_not_followed():
    with server(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n") as (port, received):
        assert post(f"http://127.0.0.1:{port}/").status_code == 302
    assert len(received) == 1


def test_a_receiver_that_says_when_to_come_back():
    answer = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n"
    with server(answer) as (port, _):
        assert post(f"http://127.0.0.1:{port}/").retry_after == 30


def test_drop_by_drop_is_no_way_around_the_time_limit():
    begin = time.monotonic()
    with server(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50, drip=0.05) as (port, _):
        assert post(f"http://127.0.0.1:{port}/", seconds=0.6).error == "timed_out"
        assert time.monotonic() - begin < 5


def test_an_endless_answer_is_not_read():
    body = b"x" * 1000
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + body * 100
    with server(answer) as (port, _):
        assert post(f"http://127.0.0.1:{port}/").status_code == 200


def test_what_is_no_http_and_who_is_not_there():
    with server(b"SSH-2.0-x\r\n") as (port, _):
        assert post(f"http://127.0.0.1:{port}/").error == "bad_answer"
    assert post(f"http://127.0.0.1:{port}/").error == "unreachable"
