"""PDF to a document."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2.raw as pdfium

from resume_processor.documents import media_types
from resume_processor.documents.limits import Limits
from resume_processor.documents.pdf.geometry import Frame, frame_of
from resume_processor.documents.pdf.links import Link, link_at, links_of
from resume_processor.documents.pdf.open import Handle, opened, page_of
from resume_processor.documents.pdf.shapes import drawing_of
from resume_processor.documents.pdf.styles import StyleSheet
from resume_processor.documents.pdf.words import PlacedWord, words_of
from resume_processor.layout.lines import Document, Page, Word
from resume_processor.layout.reading_order import Counters, in_reading_order


def read_pdf(data: bytes, limits: Limits) -> Document:
    """Raises EncryptedDocument, CorruptDocument or TooLarge."""
    with opened(data, limits) as document:
        counters = Counters()
        pages = tuple(
            _read_page(document, index, counters)
            for index in range(pdfium.FPDF_GetPageCount(document))
        )
    return Document(media_types.PDF, pages)


def _read_page(document: Handle, index: int, counters: Counters) -> Page:
    with page_of(document, index) as page:
        if page is None:
            return Page(index + 1, 612.0, 792.0, ())
        frame = frame_of(page)
        words = _words(document, page, frame)
        drawing = drawing_of(page, frame)
    lines = in_reading_order(words, page=index + 1, rules=drawing.rules, counters=counters)
    return Page(index + 1, frame.width, frame.height, lines)


def _words(document: Handle, page: Handle, frame: Frame) -> list[Word]:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        placed = words_of(text_page, frame, StyleSheet())
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return _linked(placed, links_of(document, page, frame))


def _linked(placed: list[PlacedWord], links: list[Link]) -> list[Word]:
    if not links:
        return [item.word for item in placed]
    return [replace(item.word, link=link_at(links, item.word.box)) for item in placed]
