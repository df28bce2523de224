"""PDFium's functions that are called for each word or object, as cheap as Python can call them.

Handles are plain addresses here, results go into memory that is allocated once, and the interpreter
lock is kept: a call takes a tenth of what giving it up and taking it back would. Where many
characters or objects are asked for the same, ``each`` walks over them without a line of Python for
each, and the answers stand in a ``FloatRows`` or ``IntegerRows`` that is read at once.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal

import pypdfium2.raw as pdfium

_ADDRESS = ctypes.c_void_p
_INT = ctypes.c_int


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


#: (text page, index) → address of the text object, None where there is none
text_object: Final = _bind("FPDFText_GetTextObject", _ADDRESS, _ADDRESS, _INT)
#: (text page, index, address of four floats: left, top, right, bottom)
loose_box: Final = _bind("FPDFText_GetLooseCharBox", _INT, _ADDRESS, _INT, _ADDRESS)
#: (text page, index, address of a double: x, address of a double: y)
origin: Final = _bind("FPDFText_GetCharOrigin", _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
#: (text page, index, address of six floats: a … f)
char_matrix: Final = _bind("FPDFText_GetMatrix", _INT, _ADDRESS, _INT, _ADDRESS)
#: (text object, address of a float)
font_size: Final = _bind("FPDFTextObj_GetFontSize", _INT, _ADDRESS, _ADDRESS)
#: (text object) → address of its font
font: Final = _bind("FPDFTextObj_GetFont", _ADDRESS, _ADDRESS)
#: (text object) → its mode
render_mode: Final = _bind("FPDFTextObj_GetTextRenderMode", _INT, _ADDRESS)
#: (object, addresses of four unsigned ints: red, green, blue, alpha)
fill_color: Final = _bind(
    "FPDFPageObj_GetFillColor", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
#: (page) → count; (page, index) → address
count_objects: Final = _bind("FPDFPage_CountObjects", _INT, _ADDRESS)
page_object: Final = _bind("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _INT)
#: (form) → count; (form, index) → address
count_form_objects: Final = _bind("FPDFFormObj_CountObjects", _INT, _ADDRESS)
form_object: Final = _bind("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, ctypes.c_ulong)
#: (object) → its type
object_type: Final = _bind("FPDFPageObj_GetType", _INT, _ADDRESS)
#: (object, addresses of four floats: left, bottom, right, top)
bounds: Final = _bind(
    "FPDFPageObj_GetBounds", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
#: (object, address of six floats: a … f)
object_matrix: Final = _bind("FPDFPageObj_GetMatrix", _INT, _ADDRESS, _ADDRESS)
#: (path, address of an int: fill mode, address of an int: stroke)
draw_mode: Final = _bind("FPDFPath_GetDrawMode", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
#: (path) → count; (path, index) → address of the segment
count_segments: Final = _bind("FPDFPath_CountSegments", _INT, _ADDRESS)
path_segment: Final = _bind("FPDFPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT)
#: (segment, address of a float: x, address of a float: y)
segment_point: Final = _bind("FPDFPathSegment_GetPoint", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
segment_type: Final = _bind("FPDFPathSegment_GetType", _INT, _ADDRESS)
segment_closes: Final = _bind("FPDFPathSegment_GetClose", _INT, _ADDRESS)
#: (object, 0 or 1)
set_active: Final = _bind("FPDFPageObj_SetIsActive", _INT, _ADDRESS, _INT)


class _Cells:
    """Numbers of one kind in a row, filled by PDFium; ``at[i]`` is the address of the i-th."""

    __slots__ = ("_buffer", "at", "read")

    def __init__(self, kind: Any, code: Literal["f", "d", "I"], count: int) -> None:
        self._buffer = (kind * count)()
        start, size = ctypes.addressof(self._buffer), ctypes.sizeof(kind)
        self.at = tuple(start + size * i for i in range(count))
        #: the numbers as a list; five times as fast as going through the array
        self.read: Callable[[], list[Any]] = memoryview(self._buffer).cast("B").cast(code).tolist

    def write(self, *values: float) -> None:
        """Set the numbers."""
        self._buffer[:] = list(values)


class Floats(_Cells):
    """So many floats."""

    def __init__(self, count: int) -> None:
        super().__init__(ctypes.c_float, "f", count)


class Doubles(_Cells):
    """So many doubles."""

    def __init__(self, count: int) -> None:
        super().__init__(ctypes.c_double, "d", count)


class Integers(_Cells):
    """So many 32-bit unsigned integers."""

    def __init__(self, count: int) -> None:
        super().__init__(ctypes.c_uint32, "I", count)


class _Rows:
    """A table of numbers of 4 bytes; a row is filled by one of PDFium's calls."""

    __slots__ = ("_code", "_memory", "_rows", "_start", "_width")

    def __init__(self, code: Literal["f", "I"], rows: int, width: int) -> None:
        # No array of ctypes: it would make a type for each length, dearer than the calls.
        self._memory = bytearray(4 * (rows * width + 1))
        self._start = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))
        self._code, self._rows, self._width = code, rows, width

    def at(self, column: int) -> range:
        """Addresses of the cells of a column, from the first row to the last."""
        start, step = self._start + 4 * column, 4 * self._width
        return range(start, start + step * self._rows, step)

    def columns(self) -> list[list[Any]]:
        """The numbers, column by column."""
        numbers: list[Any] = memoryview(self._memory).cast(self._code).tolist()
        numbers = numbers[: self._rows * self._width]
        return [numbers[column :: self._width] for column in range(self._width)]


class FloatRows(_Rows):
    """So many rows of so many floats."""

    def __init__(self, rows: int, width: int) -> None:
        super().__init__("f", rows, width)


class IntegerRows(_Rows):
    """So many rows of so many 32-bit unsigned integers."""

    def __init__(self, rows: int, width: int) -> None:
        super().__init__("I", rows, width)


def each(function: Callable[..., Any], *arguments: Iterable[int]) -> list[Any]:
    """What the function answers for the arguments of each row, to the end of the shortest."""
    return list(map(function, *arguments))


def address_of(handle: Any) -> int:
    """Address of what one of pypdfium2's handles points to."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
