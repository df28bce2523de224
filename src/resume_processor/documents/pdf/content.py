"""What one page of a PDF holds, before it is put in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import pypdfium2.raw as pdfium

from resume_processor.documents.limits import Limits
from resume_processor.documents.ocr.picture import Picture
from resume_processor.documents.pdf.damage import is_damaged, is_scan
from resume_processor.documents.pdf.geometry import Frame, frame_of, quarter_turned
from resume_processor.documents.pdf.hidden import visible_words
from resume_processor.documents.pdf.links import Link, link_at, links_of
from resume_processor.documents.pdf.open import Handle, page_of
from resume_processor.documents.pdf.render import draw
from resume_processor.documents.pdf.shapes import drawing_of
from resume_processor.documents.pdf.words import PlacedWord, shown_turn, text_of, words_of
from resume_processor.layout.boxes import Box
from resume_processor.layout.lines import Word

#: Resolution at which a page is drawn to be read as a picture, in dots an inch.
_DPI = 200.0


@dataclass(frozen=True, slots=True)
class Content:
    """Words and rules of a page; width and height in points."""

    width: float
    height: float
    upright: list[Word]
    turned: list[Word]
    rules: tuple[Box, ...]
    hidden: int  #: words that cannot be seen
    picture: Picture | None  #: of a page that must be read as one
    picture_turned: float = 0.0  #: degrees clockwise by which it was turned to be read


def content_of(document: Handle, index: int, limits: Limits) -> Content:
    """The page; empty where it is damaged."""
    with page_of(document, index) as page:
        if page is None:
            return Content(612.0, 792.0, [], [], (), 0, None)
        frame, placed, text = _words(page, frame_of(page))
        drawing = drawing_of(page, frame)
        damaged = is_damaged(text)
        picture = None
        if damaged or is_scan(placed, drawing, frame):
            picture = _picture(page, frame, limits)
        seen, hidden = visible_words(page, placed, drawing, frame)
        links = links_of(document, page, frame)
    upright = _linked([item for item in seen if not item.turned], links)
    turned = _linked([item for item in seen if item.turned], links)
    size = (frame.width, frame.height)
    return Content(*size, upright, turned, drawing.rules, hidden, picture)


def upright_quarters(page: Handle) -> int:
    """Quarters by which the page is turned clockwise before it is read."""
    plain = frame_of(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return 0
    try:
        return _quarters(words_of(text_page, text_of(text_page), plain), plain)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _picture(page: Handle, frame: Frame, limits: Limits) -> Picture:
    pixels = frame.width * frame.height * (_DPI / 72) ** 2
    dpi = _DPI * min(1.0, (limits.max_pixels / max(pixels, 1.0)) ** 0.5)
    drawn = draw(page, frame, dpi / 72)
    rows = range(0, drawn.height * drawn.stride, drawn.stride)
    pixel_rows = b"".join(drawn.pixels[row : row + drawn.width] for row in rows)
    return Picture(pixel_rows, drawn.width, drawn.height, dpi)


def _words(page: Handle, frame: Frame) -> tuple[Frame, list[PlacedWord], str]:
    """The page's words, the frame in which most of them are upright, and the bare text."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return frame, [], ""
    try:
        text = text_of(text_page)
        placed = words_of(text_page, text, frame)
        quarters = _quarters(placed, frame)
        if quarters:
            frame = quarter_turned(frame, quarters)
            placed = words_of(text_page, text, frame)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return frame, placed, text


def _quarters(placed: list[PlacedWord], frame: Frame) -> int:
    """Quarters by which the page must be turned clockwise for most of its words to be upright."""
    turned = [item for item in placed if item.turned]
    if 2 * len(turned) <= len(placed):
        return 0
    directions = Counter(round(shown_turn(item.style.turn, frame) / 90) % 4 for item in turned)
    return -directions.most_common(1)[0][0] % 4


def _linked(placed: list[PlacedWord], links: list[Link]) -> list[Word]:
    words = [item.word for item in placed]
    if links:
        for place, word in enumerate(words):
            if target := link_at(links, word.box):
                words[place] = replace(word, link=target)
    return words
