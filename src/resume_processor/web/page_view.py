"""Pages with their marks: the words that belong to values, to be lit up over the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from resume_processor.resume.blind import Blind


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a line in points, and the pointers of the values that they were read for."""

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
    """The pages with marks for the words of values; in blind review none of hidden words."""
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
    marks: list[Mark] = []
    for place, word in enumerate(words):
        pointers = " ".join(dict.fromkeys(p for p, box in boxes if _holds(box, word["box"])))
        if not pointers or place in hidden:
            continue
        mark = _mark(word["box"], pointers)
        if marks and _continues(marks[-1], mark):
            marks[-1] = replace(marks[-1], width=round(mark.x + mark.width - marks[-1].x, 2))
        else:
            marks.append(mark)
    ending = "svg?blind=true" if blind else "png" if page["pictured"] else "svg"
    return ShownPage(number, page["width"], page["height"], ending, marks)


def _mark(box: Sequence[float], pointers: str) -> Mark:
    x0, y0, x1, y1 = box
    x, y = round(x0 - 1, 2), round(y0 - 0.5, 2)
    return Mark(x, y, round(x1 - x0 + 2, 2), round(y1 - y0 + 1, 2), pointers)


def _continues(mark: Mark, following: Mark) -> bool:
    """Whether the next word of the same values stands right behind: they are lit as one."""
    gap = following.x - mark.x - mark.width
    same_line = abs(following.y - mark.y) < mark.height / 2
    return following.pointers == mark.pointers and same_line and -mark.height < gap < mark.height


def _holds(box: Sequence[float], word: Sequence[float]) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])
