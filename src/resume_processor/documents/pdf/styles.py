"""How the text of a text object looks; asked of PDFium once for each object."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf import calls
from resume_processor.documents.pdf.calls import Doubles, Floats, Integers

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


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """Look of a text object: ``size`` in points after its matrix, ``turn`` in degrees.

    One object for each look, so that two are equal where they are the same.
    """

    face: Face
    size: float
    bold: bool
    color: int
    alpha: int  #: 0 transparent … 255 opaque
    invisible: bool
    turn: float
    lift: float  #: of the base line above the bottom of a loose character box, on the page


class StyleSheet:
    """Styles of one page's text objects; ``text_page`` is the address of its text."""

    def __init__(self, text_page: int) -> None:
        self._page = text_page
        self._faces: dict[int, Face] = {}
        self._of_object: dict[int, Style] = {}
        self._styles: dict[tuple[object, ...], Style] = {}
        self._size, self._matrix, self._box = Floats(1), Floats(6), Floats(4)
        self._color, self._origin = Integers(4), Doubles(2)

    def style(self, index: int, text_object: int) -> Style:
        """Style of the text object that the character at ``index`` belongs to."""
        style = self._of_object.get(text_object)
        if style is None:
            style = self._of_object[text_object] = self._ask(index, text_object)
        return style

    def _ask(self, index: int, text_object: int) -> Style:
        calls.font_size(text_object, self._size.at[0])
        if not calls.char_matrix(self._page, index, self._matrix.at[0]):
            self._matrix.write(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        font = calls.font(text_object) or 0
        a, b, c, d, _, _ = self._matrix.read()
        size = self._size.read()[0]
        mode = calls.render_mode(text_object)
        color, alpha = self._ask_color(text_object)
        key = (font, size, a, b, c, d, color, alpha, mode)
        style = self._styles.get(key)
        if style is None:
            face = self._face(font)
            style = self._styles[key] = Style(
                face=face,
                size=round(abs(size) * math.hypot(c, d), 2),
                bold=face.bold or mode in _STROKED,
                color=color,
                alpha=alpha,
                invisible=mode in _INVISIBLE,
                turn=math.degrees(math.atan2(b, a)),
                lift=self._lift(index),
            )
        return style

    def _ask_color(self, text_object: int) -> tuple[int, int]:
        if not calls.fill_color(text_object, *self._color.at):
            return 0, 255
        red, green, blue, alpha = self._color.read()
        return red << 16 | green << 8 | blue, alpha

    def _lift(self, index: int) -> float:
        calls.origin(self._page, index, *self._origin.at)
        calls.loose_box(self._page, index, self._box.at[0])
        return float(self._origin.read()[1] - self._box.read()[3])

    def _face(self, font: int) -> Face:
        face = self._faces.get(font)
        if face is None:
            face = self._faces[font] = _ask_face(font)
        return face


def _ask_face(address: int) -> Face:
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    name = _name(font)
    flags = pdfium.FPDFFont_GetFlags(font)
    by_name = bool(_BOLD_NAME.search(name)) and not _NOT_BOLD_NAME.search(name)
    weight = pdfium.FPDFFont_GetWeight(font)
    return Face(
        bold=by_name or weight >= _BOLD_WEIGHT or (flags > 0 and bool(flags & _FORCE_BOLD_FLAG)),
        italic=bool(_ITALIC_NAME.search(name)) or (flags > 0 and bool(flags & _ITALIC_FLAG)),
        symbols=bool(_SYMBOL_NAME.search(name)),
    )


def _name(font: object) -> str:
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace").rpartition("+")[2]
