"""A span for each request, as part of the caller's trace where the request names one."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resume_processor.workflow import spans

#: Asked every few seconds by machines; nobody wants to see them.
_PROBES = {"/livez", "/readyz", "/metrics"}


class RequestSpans:
    """ASGI middleware. Names routes as they were declared, never the path that was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"] in _PROBES:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        parent = headers.get(b"traceparent", b"").decode("latin-1") or None
        method = scope["method"]

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "unknown")
                attributes = {"http.route": route, "http.response.status_code": message["status"]}
                spans.annotate(**attributes)
            await send(message)

        with spans.span(
            f"HTTP {method}", parent=parent, kind="server", **{"http.request.method": method}
        ):
            await self._app(scope, receive, noting)
