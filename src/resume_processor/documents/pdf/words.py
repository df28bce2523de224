"""Words of a page with their place and look.

The text comes in one call a page. Only the first and the last character of a word are asked for
their boxes (loose ones: the tight boxes of "11" stand so far apart that a space seems to be between),
and a text object only once for its style.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf.geometry import Frame
from resume_processor.documents.pdf.open import Handle
from resume_processor.documents.pdf.styles import Style, StyleSheet
from resume_processor.layout.boxes import Box
from resume_processor.layout.glyphs import clean
from resume_processor.layout.lines import Word

_TOKEN = re.compile(r"[^\s\x00-\x1f\x7f]+")
#: Part of the font size that stands above and below the base line in a word's box.
ASCENT, DESCENT = 0.75, 0.25
#: A piece further away from the one before it than this part of the font size is another word.
_TOUCHING = 0.25
#: Degrees by which a line may lean and still be upright.
_LEAN = 5.0


class PlacedWord(NamedTuple):
    """A word with what only the PDF knows about it."""

    word: Word
    style: Style
    address: int  #: of its text object
    turned: bool  #: it does not run from left to right on the shown page


class _Piece(NamedTuple):
    """Characters of one look: ``start`` and ``end`` in the page's text."""

    start: int
    end: int
    style: Style
    address: int


def words_of(text_page: Handle, frame: Frame, styles: StyleSheet) -> list[PlacedWord]:
    """All words of the page, in the order of its content stream."""
    extractor = _Extractor(text_page, frame, styles)
    return list(extractor.words(text_of(text_page)))


def text_of(text_page: Handle) -> str:
    """The page's text, exactly one (perhaps surrogate) character for each of PDFium's."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer) - 1
    if written == count:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        return text if len(text) == count else "".join(map(chr, buffer[:count]))
    # Characters without a Unicode value are not in the text, and the places would shift.
    codes = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(chr(code) if 0 < code <= 0x10FFFF else "\ufffd" for code in codes)


class _Extractor:
    def __init__(self, text_page: Handle, frame: Frame, styles: StyleSheet) -> None:
        self._page = text_page
        self._frame = frame
        self._styles = styles
        self._rect = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def words(self, text: str) -> Iterator[PlacedWord]:
        for match in _TOKEN.finditer(text):
            token = match.group()
            start, end = match.span()
            space = True
            for piece in self._pieces(start, end):
                shown = _clean(token[piece.start - start : piece.end - start])
                placed = self._place(piece, shown, space=space)
                if placed is not None:
                    space = False
                    yield placed

    def _pieces(self, start: int, end: int) -> list[_Piece]:
        """The token in one piece, or in several where its look changes or it jumps."""
        first = self._object(start)
        if end - start == 1 or self._object(end - 1)[0] == first[0]:
            style = self._style(start, first)
            return [_Piece(start, end, style, first[0])] if style else []
        pieces: list[_Piece] = []
        for index in range(start, end):
            found = self._object(index)
            style = self._style(index, found)
            if style is None:
                continue
            if pieces and self._goes_on(pieces[-1], index, style, found[0]):
                pieces[-1] = pieces[-1]._replace(end=index + 1, address=found[0])
            else:
                pieces.append(_Piece(index, index + 1, style, found[0]))
        return pieces

    def _goes_on(self, piece: _Piece, index: int, style: Style, address: int) -> bool:
        """Whether the character belongs to the piece before it."""
        return (
            piece.style == style
            and piece.end == index
            and (piece.address == address or self._touches(index))
        )

    def _object(self, index: int) -> tuple[int, Handle]:
        found = pdfium.FPDFText_GetTextObject(self._page, index)
        return (ctypes.cast(found, ctypes.c_void_p).value or 0), found

    def _style(self, index: int, found: tuple[int, Handle]) -> Style | None:
        return self._styles.style(self._page, index, *found) if found[0] else None

    def _touches(self, index: int) -> bool:
        """Whether the character begins where the one before it ends."""
        before, here = self._box(index - 1), self._box(index)
        height = abs(here[3] - here[1])
        return (
            abs(here[0] - before[2]) <= _TOUCHING * height
            and abs(here[1] - before[1]) <= _TOUCHING * height
        )

    def _box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the character in the page's own coordinates."""
        rect = self._rect
        pdfium.FPDFText_GetLooseCharBox(self._page, index, rect)
        return rect.left, rect.bottom, rect.right, rect.top

    def _place(self, piece: _Piece, text: str, *, space: bool) -> PlacedWord | None:
        if not text:
            return None
        style, frame = piece.style, self._frame
        turned = _is_turned(style.turn, frame)
        box = self._turned_box(piece) if turned else self._upright_box(piece)
        word = Word(text, box, style.size, style.bold, style.face.italic, style.color, None, space)
        return PlacedWord(word, style, piece.address, turned)

    def _upright_box(self, piece: _Piece) -> Box:
        """From the base line and the font size: the font's own height may be anything."""
        first = self._box(piece.start)
        last = self._box(piece.end - 1) if piece.end - piece.start > 1 else first
        pdfium.FPDFText_GetCharOrigin(self._page, piece.start, self._x, self._y)
        at = self._frame.at
        base = at(self._x.value, self._y.value)[1]
        corners = [at(*first[:2]), at(*first[2:]), at(*last[:2]), at(*last[2:])]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        size = piece.style.size
        return Box(left, base - ASCENT * size, right, base + DESCENT * size)

    def _turned_box(self, piece: _Piece) -> Box:
        first, last = self._box(piece.start), self._box(piece.end - 1)
        at = self._frame.at
        corners = [at(*first[:2]), at(*first[2:]), at(*last[:2]), at(*last[2:])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _clean(text: str) -> str:
    if text.isascii():
        return text
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return clean(text)


def _is_turned(turn: float, frame: Frame) -> bool:
    """Whether text that runs at ``turn`` degrees on the unturned page leans on the shown one."""
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    dx, dy = frame.a * cosine + frame.c * sine, frame.b * cosine + frame.d * sine
    return abs(math.degrees(math.atan2(dy, dx))) > _LEAN
