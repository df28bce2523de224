"""Pages with their marks: the words that belong to values, to be lit up over the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resume_processor.resume.blind import Blind


@dataclass(frozen=True, slots=True)
class Mark:
    """A word's box in points, and the pointers of the values that it was read for."""

    x: float
    y: float
    width: float
    height: float
    pointers: str  #: with a space between them


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page, the ending of its picture's address, and its marks."""

    number: int
    width: float
    height: float
    ending: str
    marks: Sequence[Mark]


def shown_pages(
    pages: Sequence[Mapping[str, Any]],
    evidence: Mapping[str, Mapping[str, Any]],
    blind: Blind | None = None,
) -> list[ShownPage]:
    """The pages with a mark for each word of a value; in blind review none of hidden words."""
    return [_shown(page, evidence, blind) for page in pages]


def _shown(
    page: Mapping[str, Any], evidence: Mapping[str, Mapping[str, Any]], blind: Blind | None
) -> ShownPage:
    number, words = page["number"], page["words"]
    hidden = blind.words(number, words) if blind else frozenset()
    boxes = [
        (pointer, place["box"])
        for pointer, one in evidence.items()
        for place in one["places"]
        if place["page"] == number
    ]
    marks = []
    for place, word in enumerate(words):
        pointers = [pointer for pointer, box in boxes if _holds(box, word["box"])]
        if pointers and place not in hidden:
            marks.append(_mark(word["box"], pointers))
    ending = "svg?blind=true" if blind else "png" if page["pictured"] else "svg"
    return ShownPage(number, page["width"], page["height"], ending, marks)


def _mark(box: Sequence[float], pointers: Sequence[str]) -> Mark:
    x0, y0, x1, y1 = box
    return Mark(
        round(x0 - 1, 2),
        round(y0 - 0.5, 2),
        round(x1 - x0 + 2, 2),
        round(y1 - y0 + 1, 2),
        " ".join(dict.fromkeys(pointers)),
    )


def _holds(box: Sequence[float], word: Sequence[float]) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])
