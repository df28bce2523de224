"""The page for people: one template and a few static files, nothing from anywhere else."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, Response
from fastapi.templating import Jinja2Templates

from resume_processor.documents import media_types

HERE = Path(__file__).parent

#: Scripts and styles of our own files only; no frame, no form to elsewhere, no inline code.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: What the static folder holds, with the type that each file is sent as.
STATIC_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
STATIC_FILES = {
    path.name: STATIC_TYPES[path.suffix]
    for path in sorted((HERE / "static").iterdir())
    if path.suffix in STATIC_TYPES
}

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

templates = Jinja2Templates(directory=HERE / "templates")
router = APIRouter(include_in_schema=False)


@router.get("/")
def index(request: Request) -> Response:
    """The page."""
    settings = request.app.state.parts.services.settings
    page = templates.TemplateResponse(
        request,
        "index.html",
        {
            "max_megabytes": settings.max_bytes // 1024**2,
            "kinds": ", ".join(name for name, _ in FILE_TYPES.values()),
            "endings": ",".join(endings for _, endings in FILE_TYPES.values()),
        },
    )
    page.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return page


@router.get("/static/{name}")
def static_file(name: str) -> Response:
    """A script, a style, a picture of the page."""
    if name not in STATIC_FILES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return FileResponse(
        HERE / "static" / name,
        media_type=STATIC_FILES[name],
        headers={"Cache-Control": "no-cache"},
    )
