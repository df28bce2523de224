"""Connections of the HTTP server: how long each may wait for its client, and how many there are.

uvicorn waits for ever for a request that does not come, for one whose head comes byte by byte and
for a client that does not take its answer. It is given this class instead of its own::

    uvicorn --http resume_processor.api.connections:LimitedHttp --ws none …
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from resume_processor.api.error_handlers import headers_for, problem_response, status_of
from resume_processor.errors import HeadTimedOut, ResumeProcessorError, TooManyConnections
from resume_processor.settings import Settings

#: Where the state of the application's lifespan has the server's ``Connections``.
STATE_KEY = "connections"


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Seconds that one connection has for each thing, and how many connections one server holds."""

    head_seconds: float = 10.0
    idle_seconds: int = 15
    stalled_seconds: float = 30.0
    most: int = 500

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """As the settings say."""
        return cls(
            head_seconds=settings.head_seconds,
            idle_seconds=settings.idle_seconds,
            stalled_seconds=settings.stalled_seconds,
            most=settings.max_connections,
        )


class Connections:
    """What the connections of one server know of each other."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        #: those without a request, in the order in which they began to wait
        self._waiting: dict[LimitedHttp, None] = {}

    def begin_to_wait(self, connection: LimitedHttp) -> None:
        """A connection has no request from now on."""
        self._waiting.setdefault(connection)

    def end_to_wait(self, connection: LimitedHttp) -> None:
        """It has one, or is closed."""
        self._waiting.pop(connection, None)

    def make_room(self) -> bool:
        """Cut the one that waits for the longest time; False where each has a request."""
        oldest = next(iter(self._waiting), None)
        if oldest is None:
            return False
        self.end_to_wait(oldest)
        oldest.transport.abort()
        return True


class LimitedHttp(H11Protocol):
    """uvicorn's HTTP/1.1 over one connection that is given up where the client is too slow.

    While a request is answered nothing is limited here, so answers may wait for what happens
    (``?wait=``, event streams).
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        # another application's lifespan may not have them
        self._held: Connections = app_state.setdefault(STATE_KEY, Connections(ConnectionLimits()))
        self.timeout_keep_alive = self._held.limits.idle_seconds
        self._head_timer: asyncio.TimerHandle | None = None
        self._unsent_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head; refuse where the server is full."""
        super().connection_made(transport)
        if len(self.connections) > self._held.limits.most and not self._held.make_room():
            self._refuse(TooManyConnections())
        self._after_change()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        super().connection_lost(exc)
        self._unset_keepalive_if_required()  # kept there where the connection broke
        self._end_to_wait()
        self._cancel_unsent_timer()

    def data_received(self, data: bytes) -> None:
        """Take what came: a head may be complete now, or have begun."""
        super().data_received(data)
        self._after_change()

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the end of a connection that is used up."""
        super().on_response_complete()
        self._after_change()

    def timeout_keep_alive_handler(self) -> None:
        """No other request came."""
        super().timeout_keep_alive_handler()
        self._after_change()

    def pause_writing(self) -> None:
        """The client takes its answer more slowly than it is made."""
        super().pause_writing()
        self._watch_unsent()

    def resume_writing(self) -> None:
        """It has taken most of it."""
        super().resume_writing()
        if not self.transport.is_closing():
            self._cancel_unsent_timer()

    def _after_change(self) -> None:
        if self.transport.is_closing():
            self._end_to_wait()
            self._watch_unsent()
        elif self.cycle is not None and not self.cycle.response_complete:
            self._end_to_wait()
        else:
            self._wait()

    def _wait(self) -> None:
        """Without a request: idle (uvicorn's own timer runs), or in the midst of a head.

        The first byte begins the time for a head and no other prolongs it. What still comes of a
        body that was answered already counts as well.
        """
        self._held.begin_to_wait(self)
        if self._head_timer is None and self.timeout_keep_alive_task is None:
            self._head_timer = self.loop.call_later(
                self._held.limits.head_seconds, self._head_timed_out
            )

    def _end_to_wait(self) -> None:
        self._held.end_to_wait(self)
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_timed_out(self) -> None:
        if self._has_begun_a_head() and not self.transport.is_closing():
            self._refuse(HeadTimedOut())
        self.transport.close()
        self._after_change()

    def _has_begun_a_head(self) -> bool:
        came, _ = self.conn.trailing_data
        # else what came is of a body that was answered already
        between_requests = self.conn.their_state is self.conn.our_state
        return between_requests and bool(came)

    def _refuse(self, error: ResumeProcessorError) -> None:
        """Answer what no request stands for, and close."""
        self.transport.write(answer_to(error))
        self.transport.close()

    def _watch_unsent(self) -> None:
        if self._unsent_timer is None:
            self._look_at_unsent_again(self.transport.get_write_buffer_size())

    def _look_at_unsent_again(self, unsent: int) -> None:
        self._unsent_timer = self.loop.call_later(
            self._held.limits.stalled_seconds, self._look_at_unsent, unsent
        )

    def _look_at_unsent(self, before: int) -> None:
        """Cut off a client that took nothing of its answer since the last look."""
        unsent = self.transport.get_write_buffer_size()
        if unsent >= before:
            self.transport.abort()
        else:
            self._look_at_unsent_again(unsent)

    def _cancel_unsent_timer(self) -> None:
        if self._unsent_timer is not None:
            self._unsent_timer.cancel()
            self._unsent_timer = None


def answer_to(error: ResumeProcessorError) -> bytes:
    """The whole answer to a client whose request was not read; no path was asked for yet."""
    status = status_of(type(error))
    headers = {**headers_for(error, status), "Connection": "close"}
    response = problem_response("", status, error.code, error.message, headers=headers)
    lines = [
        f"HTTP/1.1 {int(status)} {HTTPStatus(status).phrase}".encode(),
        *(name + b": " + value for name, value in response.raw_headers),
    ]
    return b"\r\n".join([*lines, b"", bytes(response.body)])
