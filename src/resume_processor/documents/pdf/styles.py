"""How the text of a text object looks; asked of PDFium once for each object."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf import calls
from resume_processor.documents.pdf.calls import Doubles, FloatRows, Floats, IntegerRows

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
#: Matrix and colour of text that PDFium does not tell.
_PLAIN_MATRIX = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_BLACK = (0, 0, 0, 255)


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
        self._styles: dict[tuple[Any, ...], Style] = {}
        self._box, self._origin = Floats(4), Doubles(2)
        #: style of each text object that was learned
        self.of_object: dict[int, Style] = {}

    def learn(self, places: Mapping[int, int]) -> None:
        """Ask for the styles of text objects, each with the place of one of its characters."""
        new = {item: place for item, place in places.items() if item not in self.of_object}
        if not new:
            return
        for (item, place), look in zip(new.items(), self._looks(new), strict=True):
            style = self._styles.get(look)
            if style is None:
                style = self._styles[look] = self._style(look, place)
            self.of_object[item] = style

    def _looks(self, places: Mapping[int, int]) -> Iterable[tuple[Any, ...]]:
        """All that PDFium knows about the look of each object."""
        sizes, matrices = FloatRows(len(places), 1), FloatRows(len(places), 6)
        colors = IntegerRows(len(places), 4)
        calls.each(calls.font_size, places, sizes.at(0))
        turned = calls.each(calls.char_matrix, repeat(self._page), places.values(), matrices.at(0))
        painted = calls.each(calls.fill_color, places, *map(colors.at, range(4)))
        return zip(
            map(calls.font, places),
            *sizes.columns(),
            *_or_else(matrices.columns(), turned, _PLAIN_MATRIX)[:4],
            *_or_else(colors.columns(), painted, _BLACK),
            map(calls.render_mode, places),
            strict=True,
        )

    def _style(self, look: tuple[Any, ...], place: int) -> Style:
        font, size, a, b, c, d, red, green, blue, alpha, mode = look
        face = self._face(font or 0)
        return Style(
            face=face,
            size=round(abs(size) * math.hypot(c, d), 2),
            bold=face.bold or mode in _STROKED,
            color=red << 16 | green << 8 | blue,
            alpha=alpha,
            invisible=mode in _INVISIBLE,
            turn=math.degrees(math.atan2(b, a)),
            lift=self._lift(place),
        )

    def _lift(self, index: int) -> float:
        calls.origin(self._page, index, *self._origin.at)
        calls.loose_box(self._page, index, self._box.at[0])
        return float(self._origin.read()[1] - self._box.read()[3])

    def _face(self, font: int) -> Face:
        face = self._faces.get(font)
        if face is None:
            face = self._faces[font] = _ask_face(font)
        return face


def _or_else(
    columns: list[list[Any]], answered: Sequence[int], default: Sequence[float]
) -> list[list[Any]]:
    """The columns, with the default in the rows for which there was no answer."""
    if not all(answered):
        for row in (row for row, answer in enumerate(answered) if not answer):
            for column, value in zip(columns, default, strict=True):
                column[row] = value
    return columns


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
