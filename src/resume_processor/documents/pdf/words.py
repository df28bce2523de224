"""Words of a page with their place and look.

The text comes in one call a page. Only the first and the last character of a word are asked for
their boxes (loose ones: the tight boxes of "11" stand so far apart that a space seems to be
between), and a text object only once for its style. Words that are set glyph by glyph are looked at
glyph by glyph: there PDFium misses spaces between words that are set tightly.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf import calls
from resume_processor.documents.pdf.calls import Floats
from resume_processor.documents.pdf.geometry import Frame
from resume_processor.documents.pdf.open import Handle
from resume_processor.documents.pdf.styles import Style, StyleSheet
from resume_processor.layout.boxes import Box
from resume_processor.layout.glyphs import clean
from resume_processor.layout.lines import Word

_TOKEN = re.compile(r"[^\s\x00-\x1f\x7f]+")
#: Part of the font size that stands above and below the base line in a word's box.
ASCENT, DESCENT = 0.75, 0.25
#: Gap that parts two words, beyond the usual gap between letters, in units of the font size.
_WORD_GAP = 0.11
#: A letter this much higher or lower than the one before stands elsewhere (as above).
_STEP = 0.5
#: So many gaps tell the usual one.
_ENOUGH_GAPS = 12
#: So many gaps behind one letter tell the usual one.
_ENOUGH_LETTERS = 4
#: Degrees by which a line may lean and still be upright.
_LEAN = 5.0


class PlacedWord(NamedTuple):
    """A word with what only the PDF knows about it."""

    word: Word
    style: Style
    address: int  #: of its text object
    turned: bool  #: it does not run from left to right on the shown page


class _Glyph(NamedTuple):
    """A character's loose box in the page's own coordinates; ``at`` is its place in the text."""

    at: int
    left: float
    bottom: float
    right: float
    top: float
    style: Style
    address: int


class _Token(NamedTuple):
    """Characters without a space between them; ``glyphs`` where they are not of one object."""

    start: int
    end: int
    style: Style
    address: int
    glyphs: tuple[_Glyph, ...]


def words_of(text_page: Handle, frame: Frame) -> list[PlacedWord]:
    """All words of the page, in the order of its content stream."""
    extractor = _Extractor(calls.address_of(text_page), frame)
    text = text_of(text_page)
    tokens = extractor.tokens(text)
    return list(extractor.words(text, tokens))


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
    def __init__(self, text_page: int, frame: Frame) -> None:
        self._page = text_page
        self._frame = frame
        self._styles = StyleSheet(text_page)
        self._rect = Floats(4)
        self._turned: dict[float, bool] = {}

    # ---- first pass: tokens

    def tokens(self, text: str) -> list[_Token]:
        found: list[_Token] = []
        page, style_of, object_of = self._page, self._styles.style, calls.text_object
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            first = object_of(page, start)
            if first and (end - start == 1 or object_of(page, end - 1) == first):
                found.append(_Token(start, end, style_of(start, first), first, ()))
            elif glyphs := tuple(self._glyphs(start, end)):
                found.append(_Token(start, end, glyphs[0].style, glyphs[0].address, glyphs))
        return found

    def _glyphs(self, start: int, end: int) -> Iterator[_Glyph]:
        for index in range(start, end):
            address = calls.text_object(self._page, index)
            if address:
                yield _Glyph(index, *self._box(index), self._styles.style(index, address), address)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the character in the page's own coordinates."""
        calls.loose_box(self._page, index, self._rect.at[0])
        left, top, right, bottom = self._rect.values
        return left, bottom, right, top

    # ---- second pass: words

    def words(self, text: str, tokens: Sequence[_Token]) -> Iterator[PlacedWord]:
        usual = _Gaps(text, tokens)
        for token in tokens:
            if not token.glyphs:
                word = self._place(token, text, space=True)
                if word is not None:
                    yield word
                continue
            space = True
            for piece, is_apart in _pieces(token.glyphs, usual):
                word = self._place(piece, text, space=space or is_apart)
                if word is not None:
                    space = False
                    yield word

    def _place(self, token: _Token, text: str, *, space: bool) -> PlacedWord | None:
        shown = _clean(text[token.start : token.end])
        if not shown:
            return None
        style = token.style
        turned = self._turned.get(style.turn)
        if turned is None:
            turned = abs(shown_turn(style.turn, self._frame)) > _LEAN
            self._turned[style.turn] = turned
        box = self._turned_box(token) if turned else self._upright_box(token)
        word = Word(shown, box, style.size, style.bold, style.face.italic, style.color, None, space)
        return PlacedWord(word, style, token.address, turned)

    def _upright_box(self, token: _Token) -> Box:
        """From the base line and the font size: the font's own height may be anything."""
        style, frame = token.style, self._frame
        left, bottom, right, _ = self._box(token.start)
        if token.end - token.start > 1:
            first, _, last, _ = self._box(token.end - 1)
            left, right = min(left, first), max(right, last)
        x0, base = frame.at(left, bottom + style.lift)
        x1, other = frame.at(right, bottom + style.lift)
        if x1 < x0:
            x0, x1, base = x1, x0, other
        return Box(x0, base - ASCENT * style.size, x1, base + DESCENT * style.size)

    def _turned_box(self, token: _Token) -> Box:
        first, last = self._box(token.start), self._box(token.end - 1)
        at = self._frame.at
        corners = [at(*first[:2]), at(*first[2:]), at(*last[:2]), at(*last[2:])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


class _Gaps:
    """The usual gap behind a letter, in units of the font size.

    Tracking moves it for a size and weight, and a glyph whose ink ends before its box for a letter
    (an "f", an "m" on a screen grid). So a gap is measured against both.
    """

    def __init__(self, text: str, tokens: Sequence[_Token]) -> None:
        by_face: dict[tuple[float, bool], list[float]] = {}
        by_letter: dict[tuple[float, bool, str], list[float]] = {}
        for token in tokens:
            for left, right in pairwise(token.glyphs):
                size, bold = left.style.size, left.style.bold
                if size > 0 and right.at == left.at + 1:
                    gap = (right.left - left.right) / size
                    by_face.setdefault((size, bold), []).append(gap)
                    by_letter.setdefault((size, bold, text[left.at]), []).append(gap)
        self._text = text
        self._by_face = {k: median(v) for k, v in by_face.items() if len(v) >= _ENOUGH_GAPS}
        self._by_letter = {k: median(v) for k, v in by_letter.items() if len(v) >= _ENOUGH_LETTERS}

    def behind(self, glyph: _Glyph) -> float:
        """The usual gap behind this glyph."""
        size, bold = glyph.style.size, glyph.style.bold
        usual = self._by_face.get((size, bold), 0.0)
        return min(usual, self._by_letter.get((size, bold, self._text[glyph.at]), usual))


def _pieces(glyphs: Sequence[_Glyph], usual: _Gaps) -> Iterator[tuple[_Token, bool]]:
    """Runs of one look, and whether a space stands before each."""
    start = 0
    apart = False
    for number in range(1, len(glyphs) + 1):
        left = glyphs[number - 1]
        if number < len(glyphs):
            right = glyphs[number]
            is_apart = _is_apart(left, right, usual)
            if not is_apart and left.style is right.style:
                continue
        first = glyphs[start]
        yield _Token(first.at, left.at + 1, first.style, first.address, ()), apart
        start, apart = number, number < len(glyphs) and is_apart


def _is_apart(left: _Glyph, right: _Glyph, usual: _Gaps) -> bool:
    """Whether a space parts the two on the page, though PDFium found none."""
    size = left.style.size
    if abs(right.style.turn - left.style.turn) > _LEAN or abs(left.style.turn) > _LEAN:
        return False
    if abs(right.bottom - left.bottom) > _STEP * size and left.style is right.style:
        return True
    return right.left - left.right > (usual.behind(left) + _WORD_GAP) * size


def _clean(text: str) -> str:
    if text.isascii():
        return text
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return clean(text)


def shown_turn(turn: float, frame: Frame) -> float:
    """Direction on the shown page, in degrees clockwise, of ``turn`` on the unturned one."""
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    dx, dy = frame.a * cosine + frame.c * sine, frame.b * cosine + frame.d * sine
    return math.degrees(math.atan2(dy, dx))
