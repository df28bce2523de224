"""What the routes are given: the parts of the process, the tenant, and parameters in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from fastapi import Depends, Path, Query, Request

from resume_processor.api.schemas.system import ReadinessCheck, TaskReport
from resume_processor.bootstrap import Services
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.keys import Caller
from resume_processor.workflow.ports import ResumeChanges

#: Most rows of a page of a listing.
MAX_PAGE_SIZE = 500

#: What an id of ours may look like; whatever else is asked for never reaches the database.
ID_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"

#: Text without NUL, which PostgreSQL cannot store.
TEXT_PATTERN = r"^[^\x00]*$"


@dataclass(frozen=True, slots=True)
class ApiParts:
    """What the API needs beside the storage; the server wires it.

    ``task_report`` asks Celery for a task's state and may raise BrokerUnavailable. ``text_of_file``
    reads the text of an untrusted file (DocumentError where it cannot). ``checks`` looks which
    parts of the service are ready, within seconds. ``broker_depth`` counts the messages in Redis
    or raises BrokerUnavailable. ``changes`` tells what any process committed. ``check_address``
    raises AddressRefused where a webhook may not go. ``pages`` reads and draws the pages of stored
    files, which are untrusted.
    """

    services: Services
    task_report: Callable[[str], TaskReport]
    text_of_file: Callable[[bytes], str]
    checks: Callable[[], Sequence[ReadinessCheck]]
    broker_depth: Callable[[], int]
    changes: ResumeChanges
    check_address: Callable[[str], None]
    pages: PageSource


class PageSource(Protocol):
    """Pages of stored files. Both raise NotFound and DocumentErrors."""

    def layout(self, record: ResumeRecord) -> list[dict[str, Any]]:
        """The pages with their words, as ``layout.encoding`` writes them."""
        ...

    def picture(self, record: ResumeRecord, number: int) -> bytes:
        """Page ``number`` (from 1) as PNG."""
        ...


def api_parts(request: Request) -> ApiParts:
    """The parts, as the server left them with the application."""
    parts = request.app.state.parts
    assert isinstance(parts, ApiParts)
    return parts


async def caller_of(request: Request) -> Caller:
    """Who asks, as it was found out before the request came to its route."""
    caller = request.state.caller
    assert isinstance(caller, Caller)
    return caller


def services_of(
    parts: Annotated[ApiParts, Depends(api_parts)], caller: Annotated[Caller, Depends(caller_of)]
) -> Services:
    """Storage, blobs, clock, settings of this process, used by the caller."""
    return parts.services.acting_as(caller.actor)


async def tenant_of(caller: Annotated[Caller, Depends(caller_of)]) -> str:
    """Whose data the caller may see."""
    return caller.tenant


def page_size(
    services: Annotated[Services, Depends(services_of)],
    limit: Annotated[
        int | None,
        Query(ge=1, le=MAX_PAGE_SIZE, description="Most rows of the page.", examples=[50]),
    ] = None,
) -> int:
    """Rows of a page: what was asked for, else the setting."""
    return limit or services.settings.page_size


Parts = Annotated[ApiParts, Depends(api_parts)]
Wired = Annotated[Services, Depends(services_of)]
Calling = Annotated[Caller, Depends(caller_of)]
Tenant = Annotated[str, Depends(tenant_of)]
PageSize = Annotated[int, Depends(page_size)]
ResumeId = Annotated[str, Path(pattern=ID_PATTERN, description="The resume's id.")]
JobId = Annotated[str, Path(pattern=ID_PATTERN, description="The job's id.")]
BatchId = Annotated[str, Path(pattern=ID_PATTERN, description="The batch's id.")]
Cursor = Annotated[
    str | None,
    Query(max_length=500, pattern=TEXT_PATTERN, description="`next_cursor` of the page before."),
]
