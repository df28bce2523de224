"""Spaces between words that are set glyph by glyph, where PDFium finds only some of them."""

from __future__ import annotations

from collections import defaultdict
from operator import sub
from statistics import median

#: Gap that parts two words, beyond the usual gap between letters, in units of the font size.
_WORD_GAP = 0.11
#: So many gaps tell the usual one of a face, and of one letter.
_ENOUGH_GAPS = 12
_ENOUGH_LETTERS = 4

#: Font size in points, and whether it is bold.
Face = tuple[float, bool]
#: Left and right edges of the characters of a word.
Edges = tuple[list[float], list[float]]


class LetterGaps:
    """The widest gap behind a letter that is not a space, in points.

    Tracking moves the usual gap for a whole face, and a glyph whose ink ends before its box for a
    letter (an "f", an "m" on a screen grid). So a gap is measured against both.
    """

    def __init__(self) -> None:
        self._seen: dict[Face, defaultdict[str, list[float]]] = {}
        self._limits: dict[Face, tuple[dict[str, float], float, float]] = {}

    def learn(self, text: str, edges: Edges, face: Face) -> None:
        """Note the gaps between these letters."""
        seen = self._seen.get(face)
        if seen is None:
            seen = self._seen[face] = defaultdict(list)
        for letter, gap in zip(text, _gaps(edges), strict=False):
            seen[letter].append(gap)

    def settle(self) -> None:
        """Compute the limits from all that was learned."""
        for face, seen in self._seen.items():
            every = [gap for gaps in seen.values() for gap in gaps]
            usual = median(every) if len(every) >= _ENOUGH_GAPS else 0.0
            space = _WORD_GAP * face[0]
            letters = {
                letter: min(usual, median(gaps)) + space
                for letter, gaps in seen.items()
                if len(gaps) >= _ENOUGH_LETTERS
            }
            least = min((usual + space, *letters.values()))
            self._limits[face] = (letters, usual + space, least)

    def cuts(self, text: str, edges: Edges, face: Face) -> list[int]:
        """Places in the text (never 0) before which a space stands on the page."""
        letters, default, least = self._limits[face]
        gaps = _gaps(edges)
        if max(gaps, default=0.0) <= least:  # nearly always
            return []
        return [
            place
            for place, (letter, gap) in enumerate(zip(text, gaps, strict=False), 1)
            if gap > letters.get(letter, default)
        ]


def _gaps(edges: Edges) -> list[float]:
    lefts, rights = edges
    return list(map(sub, lefts[1:], rights))
