"""PDF to a document."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pypdfium2.raw as pdfium

from resume_processor.documents import media_types
from resume_processor.documents.limits import Limits
from resume_processor.documents.pdf.geometry import Frame, frame_of, quarter_turned
from resume_processor.documents.pdf.hidden import visible_words
from resume_processor.documents.pdf.links import Link, link_at, links_of
from resume_processor.documents.pdf.open import Handle, opened, page_of
from resume_processor.documents.pdf.shapes import drawing_of
from resume_processor.documents.pdf.words import PlacedWord, shown_turn, words_of
from resume_processor.documents.warnings import hidden_text
from resume_processor.layout.furniture import with_furniture
from resume_processor.layout.lines import Document, Page, ReaderWarning, Word
from resume_processor.layout.reading_order import Counters, in_reading_order
from resume_processor.layout.turned import turned_lines


def read_pdf(data: bytes, limits: Limits) -> Document:
    """Raises EncryptedDocument, CorruptDocument or TooLarge."""
    pages: list[Page] = []
    warnings: list[ReaderWarning] = []
    counters = Counters()
    with opened(data, limits) as document:
        for index in range(pdfium.FPDF_GetPageCount(document)):
            page, hidden = _read_page(document, index, counters)
            pages.append(page)
            warnings.extend(hidden_text(index + 1, hidden))
    return Document(media_types.PDF, with_furniture(pages), tuple(warnings))


def _read_page(document: Handle, index: int, counters: Counters) -> tuple[Page, int]:
    """The page, and how many of its words cannot be seen."""
    number = index + 1
    with page_of(document, index) as page:
        if page is None:
            return Page(number, 612.0, 792.0, ()), 0
        frame, placed = _words(page, frame_of(page))
        drawing = drawing_of(page, frame)
        seen, hidden = visible_words(page, placed, drawing, frame)
        links = links_of(document, page, frame)
    upright = _linked([item for item in seen if not item.turned], links)
    turned = _linked([item for item in seen if item.turned], links)
    lines = in_reading_order(upright, page=number, rules=drawing.rules, counters=counters)
    lines += turned_lines(turned, page=number, counters=counters)
    return Page(number, frame.width, frame.height, lines), hidden


def _words(page: Handle, frame: Frame) -> tuple[Frame, list[PlacedWord]]:
    """The page's words, and the frame in which most of them are upright."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return frame, []
    try:
        placed = words_of(text_page, frame)
        quarters = _quarters(placed, frame)
        if quarters:
            frame = quarter_turned(frame, quarters)
            placed = words_of(text_page, frame)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return frame, placed


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
