"""The pages for people: templates, a vendored htmx and a few scripts of our own."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from resume_processor.documents import media_types
from resume_processor.web import (
    decisions,
    job_pages,
    operations_page,
    resume_pages,
    sign_in,
    static_files,
)
from resume_processor.web.shell import BLIND_COOKIE, Shown, place_here

#: Each type of file that a reader is registered for: its name for people, and its usual endings.
FILE_TYPES = {
    media_types.PDF: ("PDF", ".pdf"),
    media_types.DOCX: ("DOCX", ".docx"),
    media_types.DOC: ("DOC", ".doc"),
    media_types.ODT: ("ODT", ".odt"),
    media_types.RTF: ("RTF", ".rtf"),
    media_types.HTML: ("HTML", ".html,.htm"),
    media_types.MARKDOWN: ("Markdown", ".md"),
    media_types.TEXT: ("text", ".txt"),
    media_types.PNG: ("PNG", ".png"),
    media_types.JPEG: ("JPEG", ".jpg,.jpeg"),
    media_types.TIFF: ("TIFF", ".tif,.tiff"),
}

#: Most bytes that a form of a page may send; files go to the API.
MAX_FORM_BYTES = 1024 * 1024

router = APIRouter(include_in_schema=False, max_body_size=MAX_FORM_BYTES)


@router.get("/")
def index(visit: Shown) -> Response:
    """All resumes, with their states as they change; new ones are dropped here."""
    return visit.page(
        "resumes.html",
        max_megabytes=visit.services.settings.max_bytes // 1024**2,
        kinds=", ".join(name for name, _ in FILE_TYPES.values()),
        endings=",".join(endings for _, endings in FILE_TYPES.values()),
    )


@router.post("/blind")
def set_blind(
    request: Request, on: Annotated[bool, Form()], back: Annotated[str, Form()] = "/"
) -> Response:
    """Show pages with or without the person, in this browser, from now on."""
    answer = RedirectResponse(place_here(back), HTTPStatus.SEE_OTHER)
    path = request.scope.get("root_path", "") or "/"
    answer.set_cookie(BLIND_COOKIE, str(int(on)), httponly=True, samesite="strict", path=path)
    return answer


for part in (static_files, sign_in, resume_pages, job_pages, decisions, operations_page):
    router.include_router(part.router)
