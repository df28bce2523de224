"""Pages and their words as plain JSON: what is laid over a page's picture, or drawn in its place.

A box is ``[x0, y0, x1, y1]`` in points from the page's top left.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from resume_processor.layout.lines import Document, Page, Word

#: Numbers are rounded to this many digits: a hundredth of a point is nothing to the eye.
_DIGITS = 2


def pages_to_json(document: Document, pictured: Container[int]) -> list[dict[str, Any]]:
    """Each page with its words in reading order; ``pictured`` pages have a picture that fits."""
    return [_page_to_json(page, page.number in pictured) for page in document.pages]


def _page_to_json(page: Page, pictured: bool) -> dict[str, Any]:  # noqa: FBT001 - a fact about it
    return {
        "number": page.number,
        "width": round(page.width, _DIGITS),
        "height": round(page.height, _DIGITS),
        "pictured": pictured,
        "words": [
            word_to_json(word, bullet=line.bullet if place == 0 else None)
            for line in page.lines
            for place, word in enumerate(line.words)
        ],
    }


def word_to_json(word: Word, *, bullet: str | None = None) -> dict[str, Any]:
    """Text, place and looks; what a word is not is left out."""
    box = word.box
    values: dict[str, Any] = {
        "text": word.text,
        "box": [round(number, _DIGITS) for number in (box.x0, box.y0, box.x1, box.y1)],
        "size": round(word.size, _DIGITS),
    }
    if bullet:
        values["bullet"] = bullet
    if word.bold:
        values["bold"] = True
    if word.italic:
        values["italic"] = True
    if word.color:
        values["color"] = f"#{word.color:06x}"
    return values
