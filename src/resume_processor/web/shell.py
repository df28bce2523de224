"""What every page has in common: its policy, the templates, who asks, and whether it is blind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Protocol, cast

from fastapi import Depends, Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates

from resume_processor.bootstrap import Services
from resume_processor.errors import InvalidRequest
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.audit_port import LOCAL

HERE = Path(__file__).parent

#: Scripts and styles of our own files only; no frame, no form to elsewhere, no inline code.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: The tenant of every visitor, until signing in tells tenants apart.
DEFAULT_TENANT = "default"

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
        self.services = self.parts.services.acting_as(LOCAL)
        self.storage = self.services.storage
        self.tenant = DEFAULT_TENANT
        self.root: str = request.scope.get("root_path", "")
        self.blind = request.cookies.get(BLIND_COOKIE) == "1"

    @property
    def here(self) -> str:
        """Where the visitor is, to come back to."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    def page(self, template: str, /, status: int = 200, **values: Any) -> Response:
        """A template filled in; text of strangers goes in as text."""
        answer = templates.TemplateResponse(
            self.request,
            template,
            {**values, "root": self.root, "blind": self.blind, "here": self.here},
            status_code=status,
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


def dom_id(pointer: str) -> str:
    """The id, on a page, of the value at a JSON Pointer."""
    return "v" + re.sub(r"[^A-Za-z0-9]", "-", pointer)


def percent(share: float) -> int:
    """A confidence as whole percent; never 100, which nothing read is."""
    return min(round(share * 100), 99)


def when(time: datetime) -> str:
    """A time as people read it, in UTC."""
    return time.strftime("%-d %b %Y, %H:%M")


def words_of(name: str) -> str:
    """A name of the code in words: ``required_skills`` is "Required skills"."""
    return name.replace("_", " ").capitalize()


templates = Jinja2Templates(directory=HERE / "templates")
templates.env.filters.update(dom_id=dom_id, percent=percent, when=when, words=words_of)
