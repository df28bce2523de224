"""How the text of a text object looks; asked of PDFium once for each object."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf.open import Handle

#: Bits of a font descriptor's flags.
_ITALIC_FLAG = 1 << 6
_FORCE_BOLD_FLAG = 1 << 18
#: CSS weight from which on a face counts as bold.
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|semibd|demi|extrabd|-bd\b|,bd|\bbd\b|-B$", re.IGNORECASE)
_NOT_BOLD_NAME = re.compile(r"demilight|semilight", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|kursiv|slanted|-it\b|,it\b|-I$", re.IGNORECASE)
#: Fonts whose characters are icons or bullets, whatever Unicode they claim.
_SYMBOL_NAME = re.compile(
    r"wingding|webding|symbol|dingbat|awesome|icon|material|glyphicon|fontello|entypo",
    re.IGNORECASE,
)
#: Text render modes that paint both fill and stroke (a poor man's bold), and none.
_STROKED = (2, 6)
_INVISIBLE = (3, 7)


@dataclass(frozen=True, slots=True)
class Face:
    """What belongs to the font alone."""

    bold: bool
    italic: bool
    symbols: bool


@dataclass(frozen=True, slots=True)
class Style:
    """Look of a text object: ``size`` in points after its matrix, ``turn`` in degrees."""

    face: Face
    size: float
    bold: bool
    color: int
    alpha: int  #: 0 transparent … 255 opaque
    invisible: bool
    turn: float


class StyleSheet:
    """Styles of one page's text objects, and faces of one document's fonts, by address."""

    def __init__(self) -> None:
        self._faces: dict[int, Face] = {}
        self._styles: dict[int, Style] = {}

    def forget_objects(self) -> None:
        """A page was closed: addresses of its objects mean nothing any more."""
        self._styles.clear()
        self._faces.clear()

    def style(self, text_page: Handle, index: int, address: int, text_object: Handle) -> Style:
        """Style of the text object (at ``address``) that the character at ``index`` belongs to."""
        style = self._styles.get(address)
        if style is None:
            style = self._styles[address] = self._ask(text_page, index, text_object)
        return style

    def _ask(self, text_page: Handle, index: int, text_object: Handle) -> Style:
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(text_object, size)
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(text_page, index, matrix):
            matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
        red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
        alpha.value = 255
        pdfium.FPDFPageObj_GetFillColor(text_object, red, green, blue, alpha)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
        face = self._face(pdfium.FPDFTextObj_GetFont(text_object))
        return Style(
            face=face,
            size=round(abs(size.value) * math.hypot(matrix.c, matrix.d), 2),
            bold=face.bold or mode in _STROKED,
            color=red.value << 16 | green.value << 8 | blue.value,
            alpha=alpha.value,
            invisible=mode in _INVISIBLE,
            turn=math.degrees(math.atan2(matrix.b, matrix.a)),
        )

    def _face(self, font: Handle) -> Face:
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        face = self._faces.get(address)
        if face is None:
            face = self._faces[address] = _ask_face(font)
        return face


def _ask_face(font: Handle) -> Face:
    name = _name(font)
    flags = pdfium.FPDFFont_GetFlags(font)
    angle = ctypes.c_int(0)
    pdfium.FPDFFont_GetItalicAngle(font, angle)
    by_name = bool(_BOLD_NAME.search(name)) and not _NOT_BOLD_NAME.search(name)
    weight = pdfium.FPDFFont_GetWeight(font)
    return Face(
        bold=by_name or weight >= _BOLD_WEIGHT or (flags > 0 and bool(flags & _FORCE_BOLD_FLAG)),
        italic=bool(_ITALIC_NAME.search(name)) or (flags > 0 and bool(flags & _ITALIC_FLAG)),
        symbols=bool(_SYMBOL_NAME.search(name)),
    )


def _name(font: Handle) -> str:
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace").rpartition("+")[2]
