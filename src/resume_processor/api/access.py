"""Who may do what: asked before a byte of a request's body is read.

While there never was a key, the service is open to the machine that it runs on; from the first key
on, every request needs one, or a browser's session that was begun with one.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette._utils import get_route_path
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from resume_processor.api.body_time import has_body
from resume_processor.api.error_handlers import CHALLENGE, on_product_error
from resume_processor.api.rates import AtOnce, RequestRate
from resume_processor.api.scopes import SIGN_IN, is_page, is_public, is_safe, needed_scope
from resume_processor.bootstrap import Services
from resume_processor.errors import (
    Forbidden,
    KeysNeeded,
    ResumeProcessorError,
    TooManyUploads,
    TooManyWaits,
    Unauthenticated,
)
from resume_processor.workflow.keys import (
    OPEN_CALLER,
    SESSION_COOKIE,
    Caller,
    caller_of_key,
    caller_of_session,
)
from resume_processor.workflow.this_machine import is_loopback


class Access:
    """ASGI middleware: 401, 403 and 429, or the caller at ``request.state.caller``."""

    def __init__(self, app: ASGIApp, *, services: Services) -> None:
        self.app = app
        self._services = services
        self._in_force = False  # never False again once True: keys are revoked, not forgotten
        self._rate = RequestRate(services.settings.requests_per_second)
        self._uploads = AtOnce(services.settings.uploads_at_once, TooManyUploads)
        self._waits = AtOnce(services.settings.waits_at_once, TooManyWaits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        path = get_route_path(scope)  # as the routes see it
        try:
            who = await self._admit(request, path)
            with self._counted(request, path, who):
                await self.app(scope, receive, send)
        except ResumeProcessorError as error:
            # routes answer their own errors; only what is raised here comes this far
            response = await refusal(request, path, error)
            await response(scope, receive, send)

    def _counted(self, request: Request, path: str, who: str) -> AbstractContextManager[None]:
        """What counts the request while it lasts. Raises TooManyUploads and TooManyWaits."""
        if has_body(request.scope):
            return self._uploads.one(who)
        return self._waits.one(who) if may_wait(request, path) else nullcontext()

    async def _admit(self, request: Request, path: str) -> str:
        """The name by which the caller is counted. Raises what the request is refused with."""
        address = request.client.host if request.client else ""
        if is_foreign(request):
            raise Forbidden("A page of another site may not do this.")
        if is_public(path):
            if not is_safe(request.method):  # signing in
                self._rate.take(address)
            return address
        try:
            caller = await run_in_threadpool(self._identify, request)
        except ResumeProcessorError:
            self._rate.take(address)
            raise
        who = caller.key_id or address
        self._rate.take(who)
        needed = needed_scope(request.method, path)
        if needed is not None and not caller.may(needed):
            raise Forbidden(f"This needs a key with the scope `{needed}`.")
        request.state.caller = caller
        return who

    def _identify(self, request: Request) -> Caller:
        """Raises Unauthenticated and KeysNeeded. Blocks."""
        if (said := request.headers.get("authorization")) is not None:
            kind, _, secret = said.partition(" ")
            caller = None
            if kind.lower() == "bearer":
                caller = caller_of_key(secret.strip(), self._services)
            if caller is None:
                raise Unauthenticated
            return caller
        if session := request.cookies.get(SESSION_COOKIE):
            caller = caller_of_session(session, self._services)
            if caller is not None:
                return caller
        self._in_force = self._in_force or self._services.storage.has_keys()
        if self._in_force:
            raise Unauthenticated
        if not is_at_this_machine(request):
            raise KeysNeeded
        return OPEN_CALLER


def may_wait(request: Request, path: str) -> bool:
    """Whether the answer may take as long as something takes to happen: streams and ``?wait=``."""
    return path.endswith("/events") or request.query_params.get("wait", "0") != "0"


def is_foreign(request: Request) -> bool:
    """Whether a page of another site has a browser change something here.

    A key in a header is proof enough: no page can have a browser add one that it does not know.
    """
    if is_safe(request.method) or "authorization" in request.headers:
        return False
    if site := request.headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def is_at_this_machine(request: Request) -> bool:
    """Whether client and socket are of this machine, and the browser, if any, knows it by its name.

    A page from elsewhere can let its own name lead to 127.0.0.1, so that a browser takes this
    service for a part of that page; it cannot let the request name another host than its own.
    """
    server = (request.scope.get("server") or ("",))[0]
    client = request.client.host if request.client else ""
    named = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    return all(is_loopback(one) for one in (server, client, named))


async def refusal(request: Request, path: str, error: ResumeProcessorError) -> Response:
    """A problem; a browser that looks for a page is led to where one signs in."""
    if isinstance(error, Unauthenticated) and is_page(path):
        root = request.scope.get("root_path", "")
        if request.headers.get("hx-request") == "true":
            away = {"HX-Redirect": root + SIGN_IN}
            return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={**CHALLENGE, **away})
        if is_safe(request.method):
            wanted = f"{path}?{request.url.query}" if request.url.query else path
            return RedirectResponse(f"{root}{SIGN_IN}?next={quote(wanted)}", HTTPStatus.SEE_OTHER)
    answer = await on_product_error(request, error)
    if has_body(request.scope):
        # the body is not read, so the connection cannot be used again
        answer.headers["Connection"] = "close"
    return answer
