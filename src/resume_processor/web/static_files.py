"""Scripts, styles and pictures of the pages."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, Response

FOLDER = Path(__file__).parent / "static"

#: What the static folder holds, with the type that each file is sent as.
STATIC_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
STATIC_FILES = {
    path.name: STATIC_TYPES[path.suffix]
    for path in sorted(FOLDER.iterdir())
    if path.suffix in STATIC_TYPES
}

router = APIRouter(include_in_schema=False)


@router.get("/static/{name}")
def static_file(name: str) -> Response:
    """One of them, and nothing else."""
    if name not in STATIC_FILES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return FileResponse(
        FOLDER / name, media_type=STATIC_FILES[name], headers={"Cache-Control": "no-cache"}
    )
