"""Opening a PDF through PDFium's C interface.

PDFium is not thread-safe: one document at a time in a process.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from resume_processor.documents.limits import Limits
from resume_processor.errors import CorruptDocument, EncryptedDocument, TooLarge

#: Types that ctypes names only at run time.
Handle = Any

_HEADER = b"%PDF-"


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Handle]:
    """The document's handle, closed at the end.

    Raises EncryptedDocument, CorruptDocument (also for no pages) or TooLarge (max_pages).
    """
    start = max(data.find(_HEADER), 0)
    content = data[start:]
    buffer = (ctypes.c_char * len(content)).from_buffer_copy(content)
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(content), None)
    if not document:
        raise _failure()
    try:
        _check_pages(pdfium.FPDF_GetPageCount(document), limits)
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _failure() -> EncryptedDocument | CorruptDocument:
    error = pdfium.FPDF_GetLastError()
    if error in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
        return EncryptedDocument()
    return CorruptDocument()


def _check_pages(count: int, limits: Limits) -> None:
    if count <= 0:
        raise CorruptDocument("The document has no pages.")
    if count > limits.max_pages:
        raise TooLarge(f"The document has more than {limits.max_pages} pages (max_pages).")


@contextmanager
def page_of(document: Handle, index: int) -> Iterator[Handle | None]:
    """The page's handle, None where the page is damaged."""
    page = pdfium.FPDF_LoadPage(document, index)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)
