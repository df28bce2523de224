"""What is drawn on a page besides text: rules, fills and pictures, in the order of painting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf import calls
from resume_processor.documents.pdf.calls import Floats, Integers
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
        count = min(calls.count_objects(page), _MOST_OBJECTS)
        page_object, object_type = calls.page_object, calls.object_type
        for index in range(count):
            item = page_object(page, index)
            if object_type(item) == _TEXT:  # most objects are: worth a short cut
                self._order += 1
                self.text_order[item] = self._order
            else:
                self._object(item, self._frame, 0)

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
        if not calls.object_matrix(item, self._floats.at[0]):
            return
        a, b, c, d, e, f = self._floats.read()
        start = last = (0.0, 0.0)
        for index in range(corners):
            segment = calls.path_segment(item, index)
            if not segment or not calls.segment_point(segment, *self._floats.at[:2]):
                return
            x, y, *_ = self._floats.read()
            point = frame.at(a * x + c * y + e, b * x + d * y + f)
            kind = calls.segment_type(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self._side(last, point)
            last = point
            if calls.segment_closes(segment):
                self._side(point, start)

    def _side(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        box = _box(one, other)
        if min(box.width, box.height) <= THICKEST / 2 and max(box.width, box.height) > THICKEST:
            self.rules.append(box)


def _box(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return Box(
        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    )
