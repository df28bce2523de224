"""Pages drawn anew from their words as a PDF, in which nothing else of the file can be.

No object of the original is copied: no picture, link, font, form, layer, attachment or metadata. A
word that is hidden is a bar, and its letters are nowhere.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

#: Share of a line's height that stands above its base line, in common fonts.
_ASCENT = 0.78
#: A colour brighter than this (0..255 in each part) cannot be read on paper: shown as ink instead.
_BRIGHTEST = 200
_INK = "#1a1a1a"
_BAR = "#c4c9d2"
#: By bold and italic; they have the letters of western and central Europe.
_FONTS = {
    (False, False): "Vera",
    (True, False): "VeraBd",
    (False, True): "VeraIt",
    (True, True): "VeraBI",
}
#: Stands for a letter that the fonts do not have.
_UNKNOWN = "?"
#: Longest side of a page in points: no reader shows a larger one.
_LONGEST = 14_400.0


def pages_pdf(
    pages: Sequence[Mapping[str, Any]], hidden: Sequence[Container[int]], title: str
) -> bytes:
    """A PDF of pages as ``encoding.pages_to_json`` wrote them.

    ``hidden`` are, for each page, the places of the words that are bars instead. The same pages
    always give the same bytes.
    """
    _register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setCreator("resume-processor")
    for page, hidden_words in zip(pages, hidden, strict=True):
        _draw_page(canvas, page, hidden_words)
    canvas.save()
    return out.getvalue()


def _draw_page(canvas: Canvas, page: Mapping[str, Any], hidden: Container[int]) -> None:
    width, height = (min(max(page[side], 1.0), _LONGEST) for side in ("width", "height"))
    canvas.setPageSize((width, height))
    canvas.setFillColor(HexColor(_BAR))
    for x0, y0, x1, y1 in _bars(page["words"], hidden):
        canvas.rect(x0, height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
    for place, word in enumerate(page["words"]):
        if place in hidden:
            continue
        _, y0, _, y1 = word["box"]
        base = height - (y0 + (y1 - y0) * _ASCENT)
        if bullet := word.get("bullet"):
            _draw_bullet(canvas, bullet, word, base)
        _draw_word(canvas, word, base)
    canvas.showPage()


def _bars(words: Sequence[Mapping[str, Any]], hidden: Container[int]) -> list[list[float]]:
    """One for hidden words that follow each other on a line: how long each is tells something."""
    bars: list[list[float]] = []
    last = None
    for place, word in enumerate(words):
        if place not in hidden:
            continue
        box = list(word["box"])
        if last == place - 1 and _goes_on(bars[-1], box):
            bars[-1] = [bars[-1][0], min(bars[-1][1], box[1]), box[2], max(bars[-1][3], box[3])]
        else:
            bars.append(box)
        last = place
    return bars


def _goes_on(bar: Sequence[float], box: Sequence[float]) -> bool:
    return bar[1] <= (box[1] + box[3]) / 2 <= bar[3] and box[0] >= bar[0]


def _draw_word(canvas: Canvas, word: Mapping[str, Any], base: float) -> None:
    """As wide as it was, whatever font it stood in."""
    font = _FONTS[bool(word.get("bold")), bool(word.get("italic"))]
    shown, size = _drawable(word["text"], font), max(word["size"], 1.0)
    natural = pdfmetrics.stringWidth(shown, font, size)
    if not natural:
        return
    text = canvas.beginText(word["box"][0], base)
    text.setFont(font, size)
    text.setFillColor(HexColor(_ink(word.get("color"))))
    text.setHorizScale(100 * max(word["box"][2] - word["box"][0], 1.0) / natural)
    text.textOut(shown)
    canvas.drawText(text)


def _draw_bullet(canvas: Canvas, bullet: str, word: Mapping[str, Any], base: float) -> None:
    font, size = _FONTS[False, False], max(word["size"], 1.0)
    shown = _drawable(bullet, font).replace(_UNKNOWN, "•")
    canvas.setFillColor(HexColor(_INK))
    canvas.setFont(font, size)
    canvas.drawRightString(word["box"][0] - size * 0.4, base, shown)


def _ink(color: str | None) -> str:
    if color is None or min(bytes.fromhex(color[1:])) > _BRIGHTEST:
        return _INK
    return color


def _drawable(text: str, font: str) -> str:
    """In letters that the font has: without an accent where it has only the letter."""
    known = pdfmetrics.getFont(font).face.charToGlyph
    return "".join(_letter(char, known) for char in text)


def _letter(char: str, known: Mapping[int, int]) -> str:
    if ord(char) in known:
        return char
    if unicodedata.category(char)[0] == "C":
        return ""
    plain = "".join(one for one in unicodedata.normalize("NFKD", char) if ord(one) in known)
    return plain or _UNKNOWN


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in _FONTS.values():
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
