"""What is drawn on a page besides text: rules, fills and pictures, in the order of painting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count, repeat

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf import calls
from resume_processor.documents.pdf.calls import FloatRows, Floats, Integers
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
_TEXT = pdfium.FPDF_PAGEOBJ_TEXT
_MOVE, _LINE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO
#: Segments of a rectangle's path; a filled path of more is several of them, often a table's lines.
_RECTANGLE = 5


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
    """Shapes and rules of a page, and the place of its text objects in the order of painting.

    Text objects are known by their address, which is their handle while the page is open.
    """

    shapes: tuple[Shape, ...]
    rules: tuple[Box, ...]
    text_order: dict[int, int]


def drawing_of(page: Handle, frame: Frame) -> Drawing:
    """Everything drawn on the page that matters for reading it."""
    painter = _Painter(frame)
    painter.look(calls.address_of(page))
    return Drawing(tuple(painter.shapes), tuple(painter.rules), painter.text_order)


class _Painter:
    """One look at all objects in the order in which they are painted."""

    def __init__(self, frame: Frame) -> None:
        self.shapes: list[Shape] = []
        self.rules: list[Box] = []
        self.text_order: dict[int, int] = {}
        self._frame = frame
        self._order = 0
        self._floats, self._color, self._modes = Floats(6), Integers(4), Integers(2)

    def look(self, page: int) -> None:
        objects = range(min(calls.count_objects(page), _MOST_OBJECTS))
        items = calls.each(calls.page_object, repeat(page), objects)
        kinds = calls.each(calls.object_type, items)
        behind = 0
        for index in (index for index, kind in enumerate(kinds) if kind != _TEXT):
            self._texts(items[behind:index])
            self._object(items[index], self._frame, 0)
            behind = index + 1
        self._texts(items[behind:])

    def _texts(self, items: Sequence[int]) -> None:
        self.text_order.update(zip(items, count(self._order + 1), strict=False))
        self._order += len(items)

    def _object(self, item: int | None, frame: Frame, depth: int) -> None:
        self._order += 1
        if not item or self._order > _MOST_OBJECTS:
            return
        kind = calls.object_type(item)
        if kind == _TEXT:
            self.text_order[item] = self._order
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, frame)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST:
                self._form(item, frame, depth)
        elif box := self._bounds(item, frame):
            self.shapes.append(Shape(ShapeKind.PICTURE, box, self._order))

    def _form(self, form: int, outer: Frame, depth: int) -> None:
        """Objects of a form have coordinates of their own."""
        inner = outer
        if calls.object_matrix(form, self._floats.at[0]):
            a, b, c, d, e, f = self._floats.read()
            inner = Frame(
                outer.a * a + outer.c * b,
                outer.b * a + outer.d * b,
                outer.a * c + outer.c * d,
                outer.b * c + outer.d * d,
                outer.a * e + outer.c * f + outer.e,
                outer.b * e + outer.d * f + outer.f,
                outer.width,
                outer.height,
            )
        for index in range(min(calls.count_form_objects(form), _MOST_OBJECTS - self._order)):
            self._object(calls.form_object(form, index), inner, depth + 1)

    def _bounds(self, item: int, frame: Frame) -> Box | None:
        if not calls.bounds(item, *self._floats.at[:4]):
            return None
        left, bottom, right, top, _, _ = self._floats.read()
        return _box(frame.at(left, bottom), frame.at(right, top))

    def _path(self, item: int, frame: Frame) -> None:
        box = self._bounds(item, frame)
        if box is None:
            return
        thin = min(box.width, box.height) <= THICKEST
        calls.draw_mode(item, *self._modes.at)
        fill, stroke = self._modes.read()
        if thin:
            if fill or stroke:
                self.rules.append(box)
            return
        if fill and (shape := self._fill(item, box)):
            self.shapes.append(shape)
        corners = calls.count_segments(item)
        if 2 <= corners <= _MOST_CORNERS and (stroke or (fill and corners > _RECTANGLE)):
            self._sides(item, corners, frame)

    def _fill(self, item: int, box: Box) -> Shape | None:
        if not calls.fill_color(item, *self._color.at):
            return Shape(ShapeKind.PICTURE, box, self._order)  # a pattern
        red, green, blue, alpha = self._color.read()
        return Shape(ShapeKind.FILL, box, self._order, red << 16 | green << 8 | blue, alpha)

    def _sides(self, item: int, corners: int, frame: Frame) -> None:
        """Level and upright sides of a path of ``corners`` segments are rules."""
        segments = calls.each(calls.path_segment, repeat(item), range(corners))
        if None in segments:
            segments = segments[: segments.index(None)]
        kinds = calls.each(calls.segment_type, segments)
        closes = calls.each(calls.segment_closes, segments)
        if _LINE not in kinds and not any(closes):
            return
        if not calls.object_matrix(item, self._floats.at[0]):
            return
        a, b, c, d, e, f = self._floats.read()
        points = FloatRows(len(segments), 2)
        calls.each(calls.segment_point, segments, points.at(0), points.at(1))
        start = last = (0.0, 0.0)
        for kind, closed, x, y in zip(kinds, closes, *points.columns(), strict=True):
            point = frame.at(a * x + c * y + e, b * x + d * y + f)
            if kind == _MOVE:
                start = point
            elif kind == _LINE:
                self._side(last, point)
            last = point
            if closed:
                self._side(point, start)

    def _side(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        width, height = abs(one[0] - other[0]), abs(one[1] - other[1])
        if min(width, height) <= THICKEST / 2 and max(width, height) > THICKEST:
            self.rules.append(_box(one, other))


def _box(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return Box(
        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    )
