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
from itertools import pairwise, repeat
from typing import NamedTuple

import pypdfium2.raw as pdfium

from resume_processor.documents.pdf import calls
from resume_processor.documents.pdf.calls import FloatRows, Floats
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


class _Edges(NamedTuple):
    """Edges of characters in the page's own coordinates, one for each."""

    lefts: list[float]
    rights: list[float]
    bottoms: list[float]

    def part(self, start: int, end: int) -> _Edges:
        """Those of some of the characters."""
        return _Edges(self.lefts[start:end], self.rights[start:end], self.bottoms[start:end])


class _Token(NamedTuple):
    """Characters of one look without a space between them.

    ``edges`` where they are not of one text object.
    """

    start: int
    end: int
    style: Style
    address: int
    space: bool = True  #: whether a space stands before it
    edges: _Edges | None = None


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
        self._is_plain = frame.is_plain
        self._turned: dict[float, bool] = {}

    # ---- first pass: tokens

    def tokens(self, text: str) -> list[_Token]:
        spans = [match.span() for match in _TOKEN.finditer(text)]
        firsts, lasts = self._objects(spans)
        style_of = self._styles.of_object
        split = [
            place
            for place, (first, last) in enumerate(zip(firsts, lasts, strict=True))
            if first != last or not first
        ]
        edges = dict(zip(split, self._edges([spans[place] for place in split]), strict=True))
        found: list[_Token] = []
        for place, ((start, end), first, last) in enumerate(zip(spans, firsts, lasts, strict=True)):
            if place not in edges:
                found.append(_Token(start, end, style_of[first], first))
            elif first and last and style_of[first] is style_of[last]:
                # Those in between are not asked: they look as the first and the last.
                found.append(_Token(start, end, style_of[first], first, edges=edges[place]))
            else:
                found.extend(self._runs(start, end, edges[place]))
        return found

    def _objects(self, spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
        """Text objects (0 where there is none) of the first and the last character of each span.

        Their styles are known afterwards. Where the span behind begins with the same object, so
        does this one end with it.
        """
        page, starts = repeat(self._page), [start for start, _ in spans]
        firsts = [item or 0 for item in calls.each(calls.text_object, page, starts)]
        open_ends = [
            place
            for place, (first, behind) in enumerate(zip(firsts, [*firsts[1:], 0], strict=False))
            if first and first != behind and spans[place][1] - spans[place][0] > 1
        ]
        ends = [spans[place][1] - 1 for place in open_ends]
        lasts, places = firsts.copy(), dict[int, int]()
        for place, item in zip(open_ends, calls.each(calls.text_object, page, ends), strict=True):
            lasts[place] = item or 0
        for (start, end), first, last in zip(spans, firsts, lasts, strict=True):
            places.setdefault(first, start)
            places.setdefault(last, end - 1)
        places.pop(0, None)
        self._styles.learn(places)
        return firsts, lasts

    def _runs(self, start: int, end: int, edges: _Edges) -> list[_Token]:
        """Runs of one look in a token whose look changes."""
        places = range(start, end)
        objects = [item or 0 for item in calls.each(calls.text_object, repeat(self._page), places)]
        seen = dict(zip(reversed(objects), reversed(places), strict=True))
        seen.pop(0, None)
        self._styles.learn(dict(reversed(seen.items())))
        runs: list[tuple[int, int, Style, int]] = []
        for index, address in zip(places, objects, strict=True):
            style = self._styles.of_object.get(address)
            if style is None:
                continue
            if runs and runs[-1][2] is style and runs[-1][1] == index:
                runs[-1] = (runs[-1][0], index + 1, style, runs[-1][3])
            else:
                runs.append((index, index + 1, style, address))
        tokens: list[_Token] = []
        for first, last, style, address in runs:
            part = edges.part(first - start, last - start)
            apart = not tokens or _are_apart(tokens[-1], part)
            tokens.append(_Token(first, last, style, address, apart, part))
        return tokens

    def _edges(self, spans: Sequence[tuple[int, int]]) -> list[_Edges]:
        """The edges of all characters of each span."""
        lefts, rights, bottoms = self._boxes([i for start, end in spans for i in range(start, end)])
        found: list[_Edges] = []
        at = 0
        for start, end in spans:
            to = at + end - start
            found.append(_Edges(lefts[at:to], rights[at:to], bottoms[at:to]))
            at = to
        return found

    def _boxes(self, places: Sequence[int]) -> tuple[list[float], list[float], list[float]]:
        """Left, right and bottom edges of these characters, in the page's own coordinates."""
        rows = FloatRows(len(places), 4)
        calls.each(calls.loose_box, repeat(self._page), places, rows.at(0))
        lefts, _, rights, bottoms = rows.columns()
        return lefts, rights, bottoms

    # ---- second pass: words

    def words(self, text: str, tokens: Sequence[_Token]) -> list[PlacedWord]:
        found: list[PlacedWord] = []
        pieces = self._pieces(text, tokens)
        for token, (left, right, bottom) in zip(pieces, self._ends(pieces), strict=True):
            start, end, style, address, space, _ = token
            shown = text[start:end]
            if not shown.isascii():
                shown = _clean(shown)
                if not shown:
                    continue
            turned = self._is_turned(style)
            if turned:
                box = self._turned_box(start, end)
            else:
                box = self._upright_box(left, right, bottom + style.lift, style.size)
            face = style.face
            word = Word(shown, box, style.size, style.bold, face.italic, style.color, None, space)
            found.append(PlacedWord(word, style, address, turned))
        return found

    def _pieces(self, text: str, tokens: Sequence[_Token]) -> list[_Token]:
        """The tokens, cut where a space stands that PDFium did not see."""
        gaps = LetterGaps()
        for token in tokens:
            if token.edges is not None:
                gaps.learn(text[token.start : token.end], token.edges[:2], _face(token.style))
        gaps.settle()
        pieces: list[_Token] = []
        for token in tokens:
            start, end, style, _, _, edges = token
            if edges is None or self._is_turned(style):
                pieces.append(token)
                continue
            cuts = gaps.cuts(text[start:end], edges[:2], _face(style))
            if not cuts:
                pieces.append(token)
                continue
            for first, last in pairwise((0, *cuts, end - start)):
                piece = token._replace(
                    start=start + first,
                    end=start + last,
                    space=token.space or first > 0,
                    edges=edges.part(first, last),
                )
                pieces.append(piece)
        return pieces

    def _ends(self, tokens: Sequence[_Token]) -> Iterator[tuple[float, float, float]]:
        """Left and right edge of each token, and the bottom of its first character."""
        whole = [token for token in tokens if token.edges is None]
        firsts = self._boxes([token.start for token in whole])
        lasts = self._boxes([token.end - 1 for token in whole])
        both = zip(*firsts, *lasts, strict=True)
        for token in tokens:
            if token.edges is None:
                left, right, bottom, last_left, last_right, _ = next(both)
            else:
                lefts, rights, bottoms = token.edges
                left, right, bottom = lefts[0], rights[0], bottoms[0]
                last_left, last_right = lefts[-1], rights[-1]
            yield min(left, last_left), max(right, last_right), bottom

    def _is_turned(self, style: Style) -> bool:
        turned = self._turned.get(style.turn)
        if turned is None:
            turned = abs(shown_turn(style.turn, self._frame)) > _LEAN
            self._turned[style.turn] = turned
        return turned

    def _upright_box(self, left: float, right: float, base: float, size: float) -> Box:
        """From the base line and the font size: the font's own height may be anything."""
        frame = self._frame
        if self._is_plain:
            x0, x1, y = left + frame.e, right + frame.e, frame.f - base
        else:
            (x0, y), (x1, other) = frame.at(left, base), frame.at(right, base)
            if x1 < x0:
                x0, x1, y = x1, x0, other
        return Box(x0, y - ASCENT * size, x1, y + DESCENT * size)

    def _turned_box(self, start: int, end: int) -> Box:
        rect = Floats(4)
        corners: list[tuple[float, float]] = []
        for index in (start, end - 1):
            calls.loose_box(self._page, index, rect.at[0])
            left, top, right, bottom = rect.read()
            corners += [self._frame.at(left, bottom), self._frame.at(right, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _are_apart(before: _Token, edges: _Edges) -> bool:
    """Whether a run of another look begins away from the end of the one before."""
    assert before.edges is not None
    return edges.lefts[0] - before.edges.rights[-1] > _WORD_GAP * before.style.size


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
