"""A page drawn from its words alone: for formats without pages, and where the picture stays hidden.

Only what the reader found is drawn, so nothing else of the file (photographs, scripts, links,
hidden text) can be in it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

#: Share of a line's height that stands above its base line, in common fonts.
_ASCENT = 0.78
#: A colour brighter than this (0..255 in each part) cannot be read on paper: shown as ink instead.
_BRIGHTEST = 200
_INK = "#1a1a1a"


def page_svg(page: Mapping[str, Any], hidden: Container[int] = ()) -> str:
    """SVG of a page as ``pages_to_json`` wrote it; words at ``hidden`` places are bars instead."""
    width, height = page["width"], page["height"]
    drawn = [
        _bar(word["box"]) if place in hidden else _word(word)
        for place, word in enumerate(page["words"])
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" '
        "font-family=\"'Liberation Sans', Arimo, Arial, Helvetica, sans-serif\">"
        f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>{"".join(drawn)}</svg>'
    )


def _word(word: Mapping[str, Any]) -> str:
    x0, y0, x1, y1 = word["box"]
    size, base = max(word["size"], 1.0), y0 + (y1 - y0) * _ASCENT
    looks = [f'x="{x0:g}" y="{base:g}" font-size="{size:g}" textLength="{max(x1 - x0, 1):g}"']
    if word.get("bold"):
        looks.append('font-weight="700"')
    if word.get("italic"):
        looks.append('font-style="italic"')
    looks.append(f"fill={quoteattr(_ink(word.get('color')))}")
    text = f'<text {" ".join(looks)} lengthAdjust="spacingAndGlyphs">{_clean(word["text"])}</text>'
    bullet = word.get("bullet")
    if not bullet:
        return text
    place = f'x="{x0 - size * 0.4:g}" y="{base:g}" font-size="{size:g}" text-anchor="end"'
    return f'<text {place} fill="{_INK}">{_clean(bullet)}</text>{text}'


def _bar(box: list[float]) -> str:
    x0, y0, x1, y1 = box
    size = f'width="{x1 - x0:g}" height="{y1 - y0:g}"'
    return f'<rect x="{x0:g}" y="{y0:g}" {size} rx="1.5" fill="#c4c9d2"/>'


def _ink(color: str | None) -> str:
    if color is None or min(bytes.fromhex(color[1:])) > _BRIGHTEST:
        return _INK
    return color


def _clean(text: str) -> str:
    """Text as XML may hold it: no control characters, no half pairs, nothing unassigned."""
    kept = "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cs", "Cn"})
    return escape(kept)
