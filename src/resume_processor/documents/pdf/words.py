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
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf import calls
from resume_processor.documents.pdf.calls import Floats
from resume_processor.documents.pdf.geometry import Frame
from resume_processor.documents.pdf.letter_gaps import LetterGaps
from resume_processor.documents.pdf.open import Handle
from resume_processor.documents.pdf.styles import Style, StyleSheet
from resume_processor.layout.boxes import Box
from resume_processor.layout.glyphs import clean
from resume_processor.layout.lines import Word

#: PDFium writes U+FFFE for the hyphen at the end of a line and goes on without a space.
_TOKEN = re.compile(r"[^\s\x00-\x1f\x7f\ufffe]+\ufffe?|\ufffe")
#: Part of the font size that stands above and below the base line in a word's box.
ASCENT, DESCENT = 0.75, 0.25
#: A run of another look this far from the one before, in units of the font size, stands apart.
_WORD_GAP = 0.11
#: Degrees by which a line may lean and still be upright.
_LEAN = 5.0


class PlacedWord(NamedTuple):
    """A word with what only the PDF knows about it."""

    word: Word
    style: Style
    address: int  #: of its text object
    turned: bool  #: it does not run from left to right on the shown page


class _Token(NamedTuple):
    """Characters of one look without a space between them.

    ``edges`` where they are not of one text object: the left and right edge of each character.
    """

    start: int
    end: int
    style: Style
    address: int
    space: bool = True  #: whether a space stands before it
    edges: tuple[list[float], list[float]] | None = None


def words_of(text_page: Handle, text: str, frame: Frame) -> list[PlacedWord]:
    """All words of the page, whose ``text_of`` is given, in the order of its content stream."""
    extractor = _Extractor(calls.address_of(text_page), frame)
    tokens = extractor.tokens(text)
    return extractor.words(text, tokens)


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
        self._is_plain = frame.is_plain
        self._turned: dict[float, bool] = {}

    # ---- first pass: tokens

    def tokens(self, text: str) -> list[_Token]:
        found: list[_Token] = []
        page, style_of, object_of = self._page, self._styles.style, calls.text_object
        spans = [match.span() for match in _TOKEN.finditer(text)]
        firsts = [object_of(page, start) for start, _ in spans]
        for (start, end), first, behind in zip(spans, firsts, [*firsts, None][1:], strict=True):
            if not first:
                found.extend(self._runs(start, end))
                continue
            style = style_of(start, first)
            # Where the token behind is of the same object, so is all of this one.
            whole = behind == first or end - start == 1
            last = first if whole else object_of(page, end - 1)
            if last == first:
                found.append(_Token(start, end, style, first))
            elif last and style_of(end - 1, last) is style:
                # Those in between are not asked: they look as the first and the last.
                edges = self._edges(start, end)
                found.append(_Token(start, end, style, first, edges=edges))
            else:
                found.extend(self._runs(start, end))
        return found

    def _runs(self, start: int, end: int) -> list[_Token]:
        """Runs of one look in a token whose look changes."""
        runs: list[tuple[int, int, Style, int]] = []
        for index in range(start, end):
            address = calls.text_object(self._page, index)
            style = self._styles.style(index, address) if address else None
            if style is None:
                continue
            if runs and runs[-1][2] is style and runs[-1][1] == index:
                runs[-1] = (runs[-1][0], index + 1, style, runs[-1][3])
            else:
                runs.append((index, index + 1, style, address))
        tokens: list[_Token] = []
        for first, last, style, address in runs:
            apart = not tokens or self._are_apart(tokens[-1], first)
            tokens.append(_Token(first, last, style, address, apart, self._edges(first, last)))
        return tokens

    def _are_apart(self, before: _Token, index: int) -> bool:
        """Whether a run of another look begins away from the end of the one before."""
        assert before.edges is not None
        calls.loose_box(self._page, index, self._rect.at[0])
        left = self._rect.read()[0]
        return bool(left - before.edges[1][-1] > _WORD_GAP * before.style.size)

    def _edges(self, start: int, end: int) -> tuple[list[float], list[float]]:
        """Left and right edge of each character, in the page's own coordinates."""
        page, rect, read, loose_box = self._page, self._rect.at[0], self._rect.read, calls.loose_box
        lefts, rights = list[float](), list[float]()
        for index in range(start, end):
            loose_box(page, index, rect)
            left, _, right, _ = read()
            lefts.append(left)
            rights.append(right)
        return lefts, rights

    # ---- second pass: words

    def words(self, text: str, tokens: Sequence[_Token]) -> list[PlacedWord]:
        gaps = LetterGaps()
        for token in tokens:
            if token.edges is not None:
                gaps.learn(text[token.start : token.end], token.edges, _face(token.style))
        gaps.settle()
        found: list[PlacedWord] = []
        for token in tokens:
            start, end, style, _, _, edges = token
            if edges is None or self._is_turned(style):
                self._place(token, text, found)
                continue
            cuts = gaps.cuts(text[start:end], edges, _face(style))
            if not cuts:
                self._place(token, text, found)
                continue
            for first, last in pairwise((0, *cuts, end - start)):
                piece = token._replace(
                    start=start + first,
                    end=start + last,
                    space=token.space or first > 0,
                    edges=(edges[0][first:last], edges[1][first:last]),
                )
                self._place(piece, text, found)
        return found

    def _place(self, token: _Token, text: str, found: list[PlacedWord]) -> None:
        """Append the word, if anything is seen of it."""
        start, end, style, address, space, edges = token
        shown = text[start:end]
        if not shown.isascii():
            shown = _clean(shown)
            if not shown:
                return
        turned = self._is_turned(style)
        if turned:
            box = self._turned_box(start, end)
        else:
            box = self._upright_box(start, end, style, edges)
        word = Word(shown, box, style.size, style.bold, style.face.italic, style.color, None, space)
        found.append(PlacedWord(word, style, address, turned))

    def _is_turned(self, style: Style) -> bool:
        turned = self._turned.get(style.turn)
        if turned is None:
            turned = abs(shown_turn(style.turn, self._frame)) > _LEAN
            self._turned[style.turn] = turned
        return turned

    def _upright_box(
        self, start: int, end: int, style: Style, edges: tuple[list[float], list[float]] | None
    ) -> Box:
        """From the base line and the font size: the font's own height may be anything."""
        page, rect, read = self._page, self._rect.at[0], self._rect.read
        calls.loose_box(page, start, rect)
        left, _, right, bottom = read()
        if edges is not None:
            left, right = min(left, edges[0][-1]), max(right, edges[1][-1])
        elif end - start > 1:
            calls.loose_box(page, end - 1, rect)
            first, _, last, _ = read()
            left, right = min(left, first), max(right, last)
        frame, size, base = self._frame, style.size, bottom + style.lift
        if self._is_plain:
            x0, x1, y = left + frame.e, right + frame.e, frame.f - base
        else:
            (x0, y), (x1, other) = frame.at(left, base), frame.at(right, base)
            if x1 < x0:
                x0, x1, y = x1, x0, other
        return Box(x0, y - ASCENT * size, x1, y + DESCENT * size)

    def _turned_box(self, start: int, end: int) -> Box:
        corners: list[tuple[float, float]] = []
        for index in (start, end - 1):
            calls.loose_box(self._page, index, self._rect.at[0])
            left, top, right, bottom = self._rect.read()
            corners += [self._frame.at(left, bottom), self._frame.at(right, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _face(style: Style) -> tuple[float, bool]:
    """What letters must share for their gaps to be compared."""
    return style.size, style.bold


def _clean(text: str) -> str:
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return clean(text)


def shown_turn(turn: float, frame: Frame) -> float:
    """Direction on the shown page, in degrees clockwise, of ``turn`` on the unturned one."""
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    dx, dy = frame.a * cosine + frame.c * sine, frame.b * cosine + frame.d * sine
    return math.degrees(math.atan2(dy, dx))
