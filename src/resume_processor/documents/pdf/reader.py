"""PDF to a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2.raw as pdfium

from resume_processor.documents import media_types
from resume_processor.documents.limits import Limits
from resume_processor.documents.ocr.read_pictures import ReadPicture, read_pictures
from resume_processor.documents.pdf.content import Content, content_of
from resume_processor.documents.pdf.open import opened
from resume_processor.documents.warnings import hidden_text
from resume_processor.layout.furniture import with_furniture
from resume_processor.layout.lines import Document, Page, ReaderWarning
from resume_processor.layout.reading_order import Counters, in_reading_order
from resume_processor.layout.turned import turned_lines

#: A page that is read as a picture replaces what it holds as text from so many words on.
_ENOUGH_WORDS = 5


def read_pdf(data: bytes, limits: Limits) -> Document:
    """Pages without text, or with a damaged text layer, are read as pictures.

    Raises EncryptedDocument, CorruptDocument or TooLarge.
    """
    with opened(data, limits) as document:
        count = pdfium.FPDF_GetPageCount(document)
        contents = [content_of(document, index, limits) for index in range(count)]
    contents = _with_pictures_read(contents)
    counters = Counters()
    pages = [_page(content, number, counters) for number, content in enumerate(contents, 1)]
    warnings = [
        warning
        for number, content in enumerate(contents, 1)
        for warning in hidden_text(number, content.hidden)
    ]
    return Document(media_types.PDF, with_furniture(pages), (*warnings, *_read_by_ocr(contents)))


def _with_pictures_read(contents: Sequence[Content]) -> list[Content]:
    """The pages, with the words of pictures where a page had to be read as one."""
    pictures = [content.picture for content in contents if content.picture is not None]
    found = iter(read_pictures(pictures)) if pictures else iter(())
    return [
        _merged(content, next(found)) if content.picture is not None else content
        for content in contents
    ]


def _merged(content: Content, read: ReadPicture) -> Content:
    """What was read on the picture replaces the text, where there is enough of it."""
    if len(read.words) < _ENOUGH_WORDS and content.upright:
        return replace(content, picture=None)
    if not read.words:
        return replace(content, picture=None)
    return replace(
        content,
        width=read.width,
        height=read.height,
        upright=read.words,
        picture_turned=read.turned,
        turned=[],
        rules=(),
        hidden=0,
    )


def _read_by_ocr(contents: Sequence[Content]) -> list[ReaderWarning]:
    """Pages that were read as pictures: a letter there may be wrong."""
    message = "Page {} has no usable text and was read by OCR."
    return [
        ReaderWarning("read_by_ocr", message.format(number), number, len(content.upright))
        for number, content in enumerate(contents, 1)
        if content.picture is not None
    ]


def _page(content: Content, number: int, counters: Counters) -> Page:
    lines = in_reading_order(content.upright, page=number, rules=content.rules, counters=counters)
    lines += turned_lines(content.turned, page=number, counters=counters)
    return Page(number, content.width, content.height, lines, content.picture_turned)
