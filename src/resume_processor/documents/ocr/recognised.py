"""What OCR saw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from resume_processor.layout.boxes import Box
from resume_processor.layout.glyphs import clean
from resume_processor.layout.lines import Word

#: Part of the font size that stands above and below the base line in a word's box.
_ASCENT, _DESCENT = 0.75, 0.25
#: A word that the engine is less sure of (0..100) is noise: a picture, an icon, a stain.
_LEAST_CONFIDENCE = 20.0
#: So short a word without a digit is noise under this confidence already: a portrait, an icon.
_SHORT, _SHORT_CONFIDENCE = 3, 50.0
#: So many letters and digits on a line of sure words are a word, however sure of it the engine is.
_WORD = 4
#: Words of so many points tell the slope of their line.
_LONG = 30.0
#: Slopes under this are those of a straight page.
_STRAIGHT = 0.002
#: A word of so many letters is wider than its font size, unless it is turned.
_LETTERS = 4
#: A page is turned where more than this part of its words are.
_TURNED = 0.3
#: Sizes of one line differ from word to word; those within this factor are one.
_SAME_SIZE = 1.12


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word; lengths in points from the picture's top left corner."""

    text: str
    left: float
    right: float
    base: float  #: height of its base line, in its middle
    slope: float  #: of its base line, downwards to the right
    size: float
    confidence: float  #: 0..100


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of a page, and the confidence (0..100) of the middle one."""

    words: tuple[RecognisedWord, ...]
    confidence: float

    @property
    def is_turned(self) -> bool:
        """Whether the lines run up or down: the engine reads those too, but out of order."""
        long = [word for word in self.words if len(word.text) >= _LETTERS]
        narrow = [word for word in long if word.right - word.left < word.size]
        return len(narrow) > _TURNED * len(long)

    @property
    def slope(self) -> float:
        """That of most lines, downwards to the right; 0 where they are straight."""
        slopes = [word.slope for word in self.words if word.right - word.left >= _LONG]
        slope = median(slopes) if slopes else 0.0
        return 0.0 if abs(slope) < _STRAIGHT else slope

    @property
    def worth(self) -> float:
        """How much was surely read, to compare two readings of one picture."""
        if self.is_turned:
            return 0.0
        return sum(len(word.text) * word.confidence for word in self.words)


def without_noise(line: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """The words of a line without what is likely none: a picture, an icon, a stain.

    A longer word between sure ones stays: an address without a part of it would be another one.
    """
    is_text = sum(not _is_noise(word) for word in line) * 2 > len(line)
    return [word for word in line if not _is_noise(word) or (is_text and _is_long(word.text))]


def _is_noise(word: RecognisedWord) -> bool:
    if word.confidence < _LEAST_CONFIDENCE:
        return True
    if len(word.text) > _SHORT or any(c.isdigit() for c in word.text):
        return False
    return word.confidence < _SHORT_CONFIDENCE


def _is_long(text: str) -> bool:
    return sum(map(str.isalnum, text)) >= _WORD


def layout_words(recognised: Recognised) -> list[Word]:
    """Words for the layout, on straight lines and in few sizes."""
    words = _straightened(recognised.words, recognised.slope)
    sizes = _few_sizes([word.size for word in words])
    found: list[Word] = []
    for word, size in zip(words, sizes, strict=True):
        text = clean(word.text)
        if text:
            top, bottom = word.base - _ASCENT * size, word.base + _DESCENT * size
            found.append(Word(text, Box(word.left, top, word.right, bottom), size))
    return found


def _straightened(words: tuple[RecognisedWord, ...], slope: float) -> list[RecognisedWord]:
    """The words turned back by the slope that most of them have."""
    if not slope:
        return list(words)
    angle = math.atan(slope)
    cosine, sine = math.cos(angle), math.sin(angle)
    straight: list[RecognisedWord] = []
    for word in words:
        half = (word.right - word.left) / 2
        middle = (word.left + word.right) / 2
        x, y = middle * cosine + word.base * sine, word.base * cosine - middle * sine
        straight.append(replace(word, left=x - half, right=x + half, base=y, slope=0.0))
    return straight


def _few_sizes(sizes: list[float]) -> list[float]:
    """Each size replaced by the middle one of those near it."""
    groups: list[list[float]] = []
    for size in sorted(sizes):
        if groups and size <= _SAME_SIZE * groups[-1][0]:
            groups[-1].append(size)
        else:
            groups.append([size])
    middles = {size: round(median(group), 1) for group in groups for size in group}
    return [middles[size] for size in sizes]
