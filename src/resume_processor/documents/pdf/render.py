"""Pages as pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf import calls
from resume_processor.documents.pdf.geometry import Frame, frame_of, quarters_between
from resume_processor.documents.pdf.open import Handle
from resume_processor.layout.boxes import Box

#: Longest side of a page that is drawn to look for hidden text, in pixels.
_LONGEST = 1_600
#: A pixel (0..255) that changes by less does not change to the eye.
_SEEN = 12
_WHITE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey, a byte a pixel, row by row; ``scale`` in pixels a point."""

    pixels: bytes
    width: int
    height: int
    stride: int
    scale: float


def draw(page: Handle, frame: Frame, scale: float) -> Picture:
    """The page as it is shown, turned as the frame is."""
    turns = quarters_between(frame_of(page), frame)
    width = max(1, round(frame.width * scale))
    height = max(1, round(frame.height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, turns, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Picture(pixels, width, height, stride, scale)


def changes_without(
    page: Handle, frame: Frame, boxes: Sequence[Box], texts: Iterable[int]
) -> list[bool]:
    """For each box whether the page looks different there without these text objects."""
    scale = _small_scale(frame)
    shown = draw(page, frame, scale)
    without = _draw_without(page, frame, scale, texts)
    return [_differs(shown, without, box) for box in boxes]


def has_ink_without(
    page: Handle, frame: Frame, boxes: Sequence[Box], texts: Iterable[int]
) -> list[bool]:
    """For each box whether anything is to be seen there without these text objects."""
    picture = _draw_without(page, frame, _small_scale(frame), texts)
    return [_has_contrast(picture, box) for box in boxes]


def _small_scale(frame: Frame) -> float:
    return min(1.0, _LONGEST / max(frame.width, frame.height, 1.0))


def _draw_without(page: Handle, frame: Frame, scale: float, texts: Iterable[int]) -> Picture:
    for text in texts:
        calls.set_active(text, 0)
    try:
        return draw(page, frame, scale)
    finally:
        for text in texts:
            calls.set_active(text, 1)


def _rows(picture: Picture, box: Box) -> Iterator[slice]:
    """Where in the picture's bytes the rows of the box are."""
    left = min(max(int(box.x0 * picture.scale), 0), picture.width)
    right = min(max(int(box.x1 * picture.scale) + 1, left), picture.width)
    top = min(max(int(box.y0 * picture.scale), 0), picture.height)
    bottom = min(max(int(box.y1 * picture.scale) + 1, top), picture.height)
    for row in range(top, bottom):
        yield slice(row * picture.stride + left, row * picture.stride + right)


def _differs(one: Picture, other: Picture, box: Box) -> bool:
    for row in _rows(one, box):
        a, b = one.pixels[row], other.pixels[row]
        if a != b and max(abs(x - y) for x, y in zip(a, b, strict=True)) >= _SEEN:
            return True
    return False


def _has_contrast(picture: Picture, box: Box) -> bool:
    pixels = b"".join(picture.pixels[row] for row in _rows(picture, box))
    return bool(pixels) and max(pixels) - min(pixels) >= _SEEN
