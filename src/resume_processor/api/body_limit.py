"""Refuses a body that says it is too large before a byte of it is read.

FastAPI's ``max_body_size`` counts the bytes of a body while it is read, also where it came without
a length; but where the length was declared it answers in plain text. Here such a request gets a
problem like every other error.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from resume_processor.api.error_handlers import problem_response
from resume_processor.errors import TooLarge

#: What a form may need beside the file: boundaries, headers and the other fields, in bytes.
FORM_OVERHEAD = 64 * 1024

#: What each file of a form may need for the same, in bytes.
PART_OVERHEAD = 1024


class DeclaredSizeLimit:
    """ASGI middleware: 413 where Content-Length is over the limit (bytes).

    ``larger`` are the limits of addresses that take more.
    """

    def __init__(self, app: ASGIApp, *, max_bytes: int, larger: Mapping[str, int]) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        max_bytes = self.larger.get(scope["path"].rstrip("/"), self.max_bytes)
        if declared_size(scope) <= max_bytes:
            await self.app(scope, receive, send)
            return
        response = problem_response(
            scope["path"],
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            TooLarge.code,
            f"The body of the request is larger than {max_bytes} bytes.",
            # the body is not read, so the connection cannot be used again
            headers={"Connection": "close"},
        )
        await response(scope, receive, send)


def declared_size(scope: Scope) -> int:
    """Content-Length, 0 where there is none that can be read."""
    value = Headers(scope=scope).get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0
