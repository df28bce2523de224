"""Markers of list items: bullets and running numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from resume_processor.documents.docx.names import W, number, value
from resume_processor.layout.glyphs import is_private

#: A list level deeper than this is not in the format.
_DEEPEST_LEVEL = 8
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int


class Numbering:
    """Counts the lists of one document; asked once for each item, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._abstract_of: dict[str, str] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for abstract in root.iterchildren(W + "abstractNum"):
            identity = value(abstract, "abstractNumId") or ""
            self._levels[identity] = _levels(abstract)
        for item in root.iterchildren(W + "num"):
            self._abstract_of[value(item, "numId") or ""] = (
                value(item.find(W + "abstractNumId")) or ""
            )

    def marker(self, list_id: str | None, level: int) -> str | None:
        """The next item's marker; None where the list has none or is unknown."""
        if not list_id or list_id == "0" or list_id not in self._abstract_of:
            return None
        level = min(max(level, 0), _DEEPEST_LEVEL)
        levels = self._levels.get(self._abstract_of[list_id], {})
        counters = self._counters.setdefault(
            self._abstract_of[list_id] + ":" + list_id, [None] * (_DEEPEST_LEVEL + 1)
        )
        found = levels.get(level)
        if found is None or found.kind == "none":
            return None
        if found.kind == "bullet":
            return _bullet(found.text)
        before = counters[level]
        counters[level] = found.start if before is None else before + 1
        counters[level + 1 :] = [None] * (_DEEPEST_LEVEL - level)
        return _numbered(found.text, levels, counters) or None


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {
        int(number(value(level, "ilvl"))): _Level(
            value(level.find(W + "numFmt")) or "decimal",
            value(level.find(W + "lvlText")) or "",
            int(number(value(level.find(W + "start")), 1)),
        )
        for level in abstract.iterchildren(W + "lvl")
    }


def _bullet(text: str) -> str:
    """Symbol fonts put their bullets into the private use area."""
    mark = "".join(c for c in text if not is_private(c)).strip()
    return mark or "•"


def _numbered(text: str, levels: dict[int, _Level], counters: list[int | None]) -> str:
    def put(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        level = levels.get(index)
        count = counters[index]
        if count is None:
            count = level.start if level else 1
        return _count(count, level.kind if level else "decimal")

    return _PLACE.sub(put, text).strip()


def _count(count: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in {"lowerRoman", "upperRoman"} and 0 < count < 4000:
        roman = _roman(count)
        return roman.upper() if kind == "upperRoman" else roman
    return str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (count // worth)
        count %= worth
    return text
