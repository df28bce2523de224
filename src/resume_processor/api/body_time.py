"""Gives up a body that comes too slowly, so that slow clients hold no place for others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resume_processor.api.error_handlers import problem_response, status_of
from resume_processor.errors import BodyTimedOut


def has_body(scope: Scope) -> bool:
    """Whether the request says that a body comes with it."""
    headers = Headers(scope=scope)
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


class BodyTime:
    """ASGI middleware: 408 where a body needs more than ``grace`` seconds and ``rate`` bytes/s.

    Only the time that is spent waiting for the client counts, not what the service does meanwhile.
    """

    def __init__(self, app: ASGIApp, *, grace: float, rate: float) -> None:
        self.app = app
        self.grace = grace
        self.rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; answer where the body is given up."""
        if scope["type"] != "http" or not has_body(scope):
            await self.app(scope, receive, send)
            return
        body = _TimedBody(receive, self.grace, self.rate)
        answer = _Answer(send, lambda: body.given_up)
        try:
            await self.app(scope, body.receive, answer.send)
        except BodyTimedOut:
            if not body.given_up:
                raise
        if body.given_up and not answer.begun:
            await _refusal(scope)(scope, receive, send)


class _TimedBody:
    """The body, and how long it was waited for."""

    def __init__(self, receive: Receive, grace: float, rate: float) -> None:
        self.given_up = False
        self._receive = receive
        self._grace = grace
        self._rate = rate
        self._came = 0
        self._waited = 0.0
        self._complete = False

    async def receive(self) -> Message:
        if self._complete:
            return await self._receive()
        now = asyncio.get_running_loop().time
        began = now()
        left = self._grace + self._came / self._rate - self._waited
        try:
            message = await asyncio.wait_for(self._receive(), max(left, 0.0))
        except TimeoutError:
            self.given_up = True
            raise BodyTimedOut from None
        self._waited += now() - began
        self._came += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        return message


class _Answer:
    """What the application answers; not sent where it only tells of the body's end."""

    def __init__(self, send: Send, is_given_up: Callable[[], bool]) -> None:
        self.begun = False
        self._send = send
        self._is_given_up = is_given_up

    async def send(self, message: Message) -> None:
        if self._is_given_up() and not self.begun:
            return
        self.begun = True
        await self._send(message)


def _refusal(scope: Scope) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    return problem_response(
        scope["path"],
        status_of(BodyTimedOut),
        BodyTimedOut.code,
        BodyTimedOut.default_message,
        # the rest of the body may still come, so the connection cannot be used again
        headers={"Connection": "close"},
    )
