"""A page of a PDF in colour, turned as its words were read."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium
from PIL import Image

from resume_processor.documents.limits import Limits
from resume_processor.documents.pdf.content import upright_quarters
from resume_processor.documents.pdf.geometry import frame_of, quarter_turned
from resume_processor.documents.pdf.open import Handle, opened, page_of
from resume_processor.errors import CorruptDocument, NotFound

#: Most pixels a point: a small page is not blown up for ever.
_MOST_SCALE = 3.0
_WHITE = 0xFFFFFFFF


def pdf_page(data: bytes, number: int, limits: Limits, longest: int) -> Image.Image:
    """Page ``number`` (from 1), its longest side ``longest`` pixels at most.

    Raises NotFound, EncryptedDocument, CorruptDocument or TooLarge.
    """
    with opened(data, limits) as document:
        if not 1 <= number <= pdfium.FPDF_GetPageCount(document):
            raise NotFound("There is no such page.")
        with page_of(document, number - 1) as page:
            if page is None:
                raise CorruptDocument("This page is damaged.")
            return _drawn(page, longest)


def _drawn(page: Handle, longest: int) -> Image.Image:
    quarters = upright_quarters(page)
    frame = quarter_turned(frame_of(page), quarters)
    scale = min(_MOST_SCALE, longest / max(frame.width, frame.height, 1.0))
    width, height = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        flags = pdfium.FPDF_ANNOT
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, quarters, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX", stride)
