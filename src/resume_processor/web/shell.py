"""What every page has in common: its policy, the templates, who asks, and whether it is blind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Protocol, cast

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates
from markupsafe import Markup

from resume_processor.bootstrap import Services
from resume_processor.errors import InvalidRequest
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.keys import SESSION_COOKIE, Caller

HERE = Path(__file__).parent

#: Scripts and styles of our own files only; no frame, no form to elsewhere, no inline code.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: Remembers, in the visitor's browser, that pages are shown without the person.
BLIND_COOKIE = "blind"

#: What an id of ours may look like.
ID_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"


class Check(Protocol):
    """Whether one part of the service does what it should."""

    name: str
    ok: bool
    detail: str


class PageSource(Protocol):
    """Pages of stored files."""

    def layout(self, record: ResumeRecord) -> list[dict[str, Any]]:
        """The pages with their words."""
        ...


class PageParts(Protocol):
    """What the pages need; the server leaves it with the application."""

    services: Services
    checks: Callable[[], Sequence[Check]]
    pages: PageSource


class Visit:
    """One request for a page: the parts behind it, and how it is answered."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.parts = cast("PageParts", request.app.state.parts)
        self.caller: Caller | None = getattr(request.state, "caller", None)
        services = self.parts.services
        self.services = services.acting_as(self.caller.actor) if self.caller else services
        self.storage = self.services.storage
        self.root: str = request.scope.get("root_path", "")
        self.blind = request.cookies.get(BLIND_COOKIE) == "1"

    @property
    def tenant(self) -> str:
        """Whose data the visitor sees."""
        assert self.caller is not None  # but for the page where one signs in, nobody comes here
        return self.caller.tenant

    @property
    def signed_in(self) -> bool:
        """Whether there is a session that can be ended."""
        return self.caller is not None and SESSION_COOKIE in self.request.cookies

    @property
    def here(self) -> str:
        """Where the visitor is, to come back to."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    def page(self, template: str, /, status: int = 200, **values: Any) -> Response:
        """A template filled in; text of strangers goes in as text."""
        of_all = {
            "root": self.root,
            "blind": self.blind,
            "here": self.here,
            "known": self.caller is not None,
            "signed_in": self.signed_in,
        }
        answer = templates.TemplateResponse(
            self.request, template, {**values, **of_all}, status_code=status
        )
        answer.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return answer

    def go(self, path: str) -> Response:
        """Let htmx open another page."""
        return Response(headers={"HX-Redirect": self.root + path})


def visit_of(request: Request) -> Visit:
    """The visit, for routes that only show."""
    return Visit(request)


def acting_visit_of(request: Request) -> Visit:
    """The visit, for routes that change something.

    Only this page's own script sends the header: no form of a foreign page can.
    """
    if request.headers.get("HX-Request") != "true":
        raise InvalidRequest("This is for the page's own script.")
    return Visit(request)


Shown = Annotated[Visit, Depends(visit_of)]
Acting = Annotated[Visit, Depends(acting_visit_of)]


def place_here(path: str) -> str:
    """The path where it leads to this service, else the first page."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if safe and path.isprintable() else "/"


def dom_id(pointer: str) -> str:
    """The id, on a page, of the value at a JSON Pointer."""
    return "v" + re.sub(r"[^A-Za-z0-9]", "-", pointer)


def percent(share: float) -> int:
    """A confidence as whole percent; never 100, which nothing read is."""
    return min(round(share * 100), 99)


def when(time: datetime) -> str:
    """A time as people read it."""
    return time.astimezone(UTC).strftime("%-d %b %Y, %H:%M UTC")


def time_element(time: datetime) -> Markup:
    """The same as an element, which the page's script tells in the reader's own time zone."""
    return Markup('<time datetime="{}">{}</time>').format(time.isoformat(), when(time))


def words_of(name: str) -> str:
    """A name of the code in words: ``required_skills`` is "Required skills"."""
    return name.replace("_", " ").capitalize()


templates = Jinja2Templates(directory=HERE / "templates")
templates.env.filters.update(
    dom_id=dom_id, percent=percent, when=when, time=time_element, words=words_of
)
