"""Bodies about the pages of a resume."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ConfigDict, Field

from resume_processor.api.schemas.base import Body
from resume_processor.api.schemas.resumes import EXAMPLE_ID

WORD_EXAMPLE: dict[str, Any] = {"text": "Ada", "box": [72.0, 56.2, 98.4, 70.1]}
PAGE_EXAMPLE: dict[str, Any] = {
    "number": 1,
    "width": 595.0,
    "height": 842.0,
    "picture": f"/v1/resumes/{EXAMPLE_ID}/pages/1.png",
    "words": [WORD_EXAMPLE],
}


class PageWord(Body):
    """One word of a page."""

    text: str
    box: tuple[float, float, float, float] = Field(
        description="Left, top, right, bottom in points from the page's top left."
    )


class PageBody(Body):
    """One page."""

    number: int = Field(description="From 1.")
    width: float = Field(description="Points.")
    height: float = Field(description="Points.")
    picture: str = Field(
        description="Where its picture is: `.png` where the format has pages, else `.svg`, drawn "
        "from the words. Either is of the page's shape, so boxes fit when scaled."
    )
    words: tuple[PageWord, ...] = Field(description="In reading order.")


class ResumePages(Body):
    """All pages of a resume."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"resume_id": EXAMPLE_ID, "pages": [PAGE_EXAMPLE]}]}
    )

    resume_id: str
    pages: tuple[PageBody, ...]


def pages_of(
    resume_id: str, pages: Sequence[dict[str, Any]], root: str, *, blind: bool
) -> ResumePages:
    """The public view of pages as ``layout.encoding`` writes them."""
    return ResumePages(
        resume_id=resume_id,
        pages=tuple(
            PageBody(
                number=page["number"],
                width=page["width"],
                height=page["height"],
                picture=f"{root}/{page['number']}.{'png' if page['pictured'] else 'svg'}"
                + ("?blind=true" if blind else ""),
                words=tuple(PageWord(text=one["text"], box=one["box"]) for one in page["words"]),
            )
            for page in pages
        ),
    )
