"""What is drawn on a page besides text: rules, fills and pictures, in the order of painting."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf.geometry import Frame
from resume_processor.documents.pdf.open import Handle
from resume_processor.layout.boxes import Box
from resume_processor.layout.grid import THICKEST

#: Objects of a page that are looked at; a drawing may have a million.
_MOST_OBJECTS = 20_000
#: Forms inside each other.
_DEEPEST = 8
#: Corners of a path that are looked at; letters drawn as paths have more and are no rules.
_MOST_CORNERS = 400


class ShapeKind(Enum):
    """What a shape is."""

    FILL = "fill"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Shape:
    """An area that is painted over what was painted before it."""

    kind: ShapeKind
    box: Box
    order: int  #: place in the order of painting
    color: int = 0  #: 0xRRGGBB of a fill
    alpha: int = 255


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes and rules of a page, and its text objects by address.

    Of each text object: its place in the order of painting, and its handle while the page is open.
    """

    shapes: tuple[Shape, ...]
    rules: tuple[Box, ...]
    texts: dict[int, tuple[int, Handle]]


def drawing_of(page: Handle, frame: Frame) -> Drawing:
    """Everything drawn on the page that matters for reading it."""
    shapes: list[Shape] = []
    rules: list[Box] = []
    texts: dict[int, tuple[int, Handle]] = {}
    for order, (item, placed) in enumerate(_objects(page, frame)):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts[ctypes.cast(item, ctypes.c_void_p).value or 0] = (order, item)
            continue
        box = _bounds(item, placed)
        if box is None:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules.extend(_rules(item, box, placed))
            if fill := _fill(item, box, order):
                shapes.append(fill)
        elif kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
            shapes.append(Shape(ShapeKind.PICTURE, box, order))
    return Drawing(tuple(shapes), tuple(rules), texts)


def _objects(page: Handle, frame: Frame) -> Iterator[tuple[Handle, Frame]]:
    """Objects of the page and of its forms, each with the frame of its coordinates."""
    left = _MOST_OBJECTS
    count = min(pdfium.FPDFPage_CountObjects(page), left)
    stack = [(pdfium.FPDFPage_GetObject(page, i), frame, 0) for i in reversed(range(count))]
    while stack and left > 0:
        item, placed, depth = stack.pop()
        left -= 1
        if not item:
            continue
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
            yield item, placed
        elif depth < _DEEPEST:
            inner = _inner_frame(item, placed)
            count = min(pdfium.FPDFFormObj_CountObjects(item), left)
            stack.extend(
                (pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)
                for i in reversed(range(count))
            )


def _inner_frame(form: Handle, outer: Frame) -> Frame:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(form, m):
        return outer
    return Frame(
        outer.a * m.a + outer.c * m.b,
        outer.b * m.a + outer.d * m.b,
        outer.a * m.c + outer.c * m.d,
        outer.b * m.c + outer.d * m.d,
        outer.a * m.e + outer.c * m.f + outer.e,
        outer.b * m.e + outer.d * m.f + outer.f,
        outer.width,
        outer.height,
    )


def _bounds(item: Handle, frame: Frame) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    return _box(frame.at(left.value, bottom.value), frame.at(right.value, top.value))


def _box(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return Box(
        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    )


def _fill(item: Handle, box: Box, order: int) -> Shape | None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if min(box.width, box.height) <= THICKEST:
        return None
    if not pdfium.FPDFPath_GetDrawMode(item, mode, stroke) or not mode.value:
        return None
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return Shape(ShapeKind.PICTURE, box, order)  # a pattern
    color = red.value << 16 | green.value << 8 | blue.value
    return Shape(ShapeKind.FILL, box, order, color, alpha.value)


def _rules(item: Handle, box: Box, frame: Frame) -> Iterator[Box]:
    """The path itself where it is thin, else those of its straight sides that are stroked."""
    if min(box.width, box.height) <= THICKEST:
        yield box
        return
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    corners = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= corners <= _MOST_CORNERS:
        return
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    if stroke.value or corners > 5:
        yield from _sides(item, corners, frame)


def _sides(item: Handle, corners: int, frame: Frame) -> Iterator[Box]:
    """Level and upright sides of a path of ``corners`` segments."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(corners):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return
        point = frame.at(
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _side(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _side(point, start)


def _side(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    box = _box(one, other)
    if min(box.width, box.height) <= THICKEST / 2 and max(box.width, box.height) > THICKEST:
        yield box
