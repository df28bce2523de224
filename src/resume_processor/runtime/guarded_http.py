"""HTTP to addresses that clients name: never into a private network, never for long.

The name is resolved here, all its addresses are judged, and the connection goes to the address that
was judged: a name that resolves to something else a moment later (DNS rebinding) changes nothing.
Redirects are not followed, proxies of the environment not used, and of an answer only the head and
a few bytes are read.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpcore

from resume_processor.errors import AddressRefused
from resume_processor.workflow.webhooks import Answer

#: Bytes of an answer's body that are read, so that the connection ends in order.
MOST_READ = 16 * 1024

#: Networks by which an address of the old kind hides in one of the new kind.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def refuse_address(url: str, *, allow_private: bool) -> None:
    """Raises AddressRefused for what is no plain http(s) address, or is private by itself.

    A name is resolved too; one that does not resolve now may do so later, and is judged then.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused("This is no address.") from error
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.fragment:
        raise AddressRefused("A webhook needs an http or https address without a password.")
    try:
        addresses_of(host, port or 443, allow_private=allow_private)
    except OSError:
        return


def addresses_of(host: str, port: int, *, allow_private: bool) -> list[str]:
    """What a name resolves to. Raises AddressRefused where any of it is private, and OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(map(is_public, addresses)):
        raise AddressRefused
    return addresses


def is_public(address: str) -> bool:
    """Whether an address belongs to the internet at large."""
    parsed: _Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return is_public(str(parsed.ipv4_mapped))
        if parsed.sixtofour is not None or parsed.teredo is not None:
            return False
        if any(parsed in network for network in _TRANSLATED):
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


class GuardedPost:
    """``Post``: one request on a connection of its own, done within ``seconds`` in any case."""

    def __init__(self, *, seconds: float, allow_private: bool) -> None:
        self._seconds = seconds
        self._allow_private = allow_private
        self._tls = ssl.create_default_context()

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What was answered, or a code for why nothing was."""
        backend = _Backend(time.monotonic() + self._seconds, allow_private=self._allow_private)
        try:
            with httpcore.ConnectionPool(
                ssl_context=self._tls, network_backend=backend, max_connections=1
            ) as pool:
                return _post(pool, url, headers, body)
        except AddressRefused as error:
            return Answer(error=error.code)
        except httpcore.TimeoutException:
            return Answer(error="timed_out")
        except (httpcore.NetworkError, OSError):
            return Answer(error="unreachable")
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, ValueError):
            return Answer(error="bad_answer")


def _post(
    pool: httpcore.ConnectionPool, url: str, headers: Mapping[str, str], body: bytes
) -> Answer:
    sent = [(name, value) for name, value in headers.items()]
    with pool.stream("POST", url, headers=sent, content=body) as answer:
        read = 0
        for chunk in answer.iter_stream():
            read += len(chunk)
            if read > MOST_READ:
                break
        named = {name.lower(): value for name, value in answer.headers}
        return Answer(answer.status, retry_after=_seconds_in(named.get(b"retry-after")))


def _seconds_in(header: bytes | None) -> float | None:
    """A Retry-After in seconds; one that names a date is left alone."""
    return float(header) if header is not None and header.isdigit() and len(header) < 8 else None


class _Backend(httpcore.NetworkBackend):
    """Connects to judged addresses only; everything ends at one moment."""

    def __init__(self, deadline: float, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """To the first judged address that answers."""
        addresses = addresses_of(host, port, allow_private=self._allow_private)
        for address in addresses:
            try:
                stream = self._backend.connect_tcp(
                    address, port, _left(self._deadline), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if address == addresses[-1]:
                    raise
            else:
                return _Stream(stream, self._deadline)
        raise httpcore.ConnectError


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline: drop by drop is no way around it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """What came."""
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send it all."""
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """For the name that was asked for, not for its address."""
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """As the connection below has it."""
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    """Seconds until then. Raises ReadTimeout where there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
