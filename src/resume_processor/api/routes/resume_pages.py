"""The pages of a resume: where its words stand, and pictures of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import Response

from resume_processor.api.dependencies import Parts, ResumeId, Tenant, Wired
from resume_processor.api.documented import problems
from resume_processor.api.schemas.pages import ResumePages, pages_of
from resume_processor.errors import Conflict, NotFound
from resume_processor.layout.page_svg import page_svg
from resume_processor.resume.blind import blind_label, blind_of
from resume_processor.resume.record import ResumeRecord
from resume_processor.workflow.audit_port import Action, Happening, Seen
from resume_processor.workflow.redact_resume import redacted_copy
from resume_processor.workflow.viewings import note_viewing

#: A picture is of untrusted content: nothing in it may run or load anything.
PICTURE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"

PageNumber = Annotated[int, Path(ge=1, le=100_000, description="From 1.")]
BlindReview = Annotated[
    bool, Query(description="Without name, contact, photograph, civil status and school.")
]

router = APIRouter(prefix="/v1/resumes/{resume_id}/pages", tags=["resumes"])
redacted = APIRouter(prefix="/v1/resumes/{resume_id}", tags=["resumes"])


def picture_responses(media_type: str, what: str) -> dict[int | str, dict[str, Any]]:
    """How a picture's route documents what it answers."""
    return {
        HTTPStatus.OK: {
            "description": what,
            "content": {media_type: {"schema": {"type": "string", "format": "binary"}}},
        },
        HTTPStatus.NOT_MODIFIED: {"description": "Still the one that `If-None-Match` names."},
        **problems(404, 409, 422),
    }


@router.get("", summary="The pages and their words", responses=problems(404, 409, 422))
def list_pages(
    *,
    parts: Parts,
    services: Wired,
    tenant: Tenant,
    request: Request,
    resume_id: ResumeId,
    blind: BlindReview = False,
) -> ResumePages:
    """Each page with its size and its words in reading order, boxes in points from the top left.

    The boxes of the evidence are on the same pages, so a value's words are those in its boxes.
    """
    record = services.storage.get_resume(resume_id, tenant=tenant)
    pages = parts.pages.layout(record)
    if blind:
        pages = without_person(parts, record, pages)
    note_viewing(record.id, Seen.PAGES, tenant, services, blind=blind)
    root = f"{request.scope.get('root_path', '')}/v1/resumes/{record.id}/pages"
    return pages_of(record.id, pages, root, blind=blind)


@router.get(
    "/{number}.png",
    response_class=Response,
    summary="A page as a picture",
    responses=picture_responses("image/png", "The page as PDFium, or the image itself, shows it."),
)
def get_picture(
    *,
    parts: Parts,
    services: Wired,
    tenant: Tenant,
    resume_id: ResumeId,
    number: PageNumber,
    if_none_match: Annotated[
        str | None, Header(max_length=200, description="The `ETag` of the picture that you have.")
    ] = None,
) -> Response:
    """PDF and images only: other formats have no pages of their own, see the page as `.svg`."""
    record = services.storage.get_resume(resume_id, tenant=tenant)
    etag = f'"{record.sha256[:32]}-{number}"'
    if if_none_match == etag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=picture_headers(etag))
    picture = parts.pages.picture(record, number)
    note_viewing(record.id, Seen.PAGES, tenant, services)
    return Response(picture, media_type="image/png", headers=picture_headers(etag))


@router.get(
    "/{number}.svg",
    response_class=Response,
    summary="A page drawn from its words",
    responses=picture_responses("image/svg+xml", "The words where the reader found them."),
)
def get_drawing(
    *,
    parts: Parts,
    services: Wired,
    tenant: Tenant,
    resume_id: ResumeId,
    number: PageNumber,
    blind: BlindReview = False,
) -> Response:
    """Every format. With `blind` the person's words are bars, and no picture is ever in it."""
    record = services.storage.get_resume(resume_id, tenant=tenant)
    pages = parts.pages.layout(record)
    page = next((one for one in pages if one["number"] == number), None)
    if page is None:
        raise NotFound("There is no such page.")
    hidden: frozenset[int] = frozenset()
    if blind:
        hidden = blind_of(result_of(parts, record)).words(number, page["words"])
    note_viewing(record.id, Seen.PAGES, tenant, services, blind=blind)
    return Response(page_svg(page, hidden), media_type="image/svg+xml", headers=picture_headers())


@redacted.get(
    "/redacted.pdf",
    response_class=Response,
    summary="A copy without the person",
    responses={
        HTTPStatus.OK: {
            "description": "A PDF, as an attachment.",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        },
        **problems(404, 409, 422),
    },
)
def get_redacted(parts: Parts, services: Wired, tenant: Tenant, resume_id: ResumeId) -> Response:
    """For blind review: without name, contact, photograph, civil status and school.

    Every format. It is drawn anew from the words that were read: those of the person are bars, and
    nothing else of the file (pictures, links, hidden text, metadata) is in it. A resume without a
    name is refused, because nobody knows then what to hide.
    """
    record = services.storage.get_resume(resume_id, tenant=tenant)
    result_of(parts, record)  # before its pages are read
    copy = redacted_copy(record, parts.pages.layout(record), services)
    told = Happening(Action.RESUME_EXPORTED, record.id, None, {"as": "redacted_pdf"})
    services.storage.note(told, tenant=tenant, now=services.clock.now())
    name = f"{blind_label(record.id).replace(' ', '-').lower()}.pdf"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return Response(copy, media_type="application/pdf", headers=headers)


def picture_headers(etag: str | None = None) -> dict[str, str]:
    """Kept by the person's own browser only, and asked for again before it is shown."""
    headers = {"Content-Security-Policy": PICTURE_POLICY, "Cache-Control": "private, no-cache"}
    return {**headers, "ETag": etag} if etag else headers


def without_person(
    parts: Parts, record: ResumeRecord, pages: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The pages without the words that blind review must not see, and without pictures."""
    blind = blind_of(result_of(parts, record))
    shown = []
    for page in pages:
        hidden = blind.words(page["number"], page["words"])
        words = [word for place, word in enumerate(page["words"]) if place not in hidden]
        shown.append({**page, "words": words, "pictured": False})
    return shown


def result_of(parts: Parts, record: ResumeRecord) -> dict[str, Any]:
    """What was read. Raises Conflict where nothing was: then nobody knows what to hide."""
    result = parts.services.storage.get_result(record.id)
    if result is None:
        raise Conflict("It has no result, so what to hide is not known.")
    return result
