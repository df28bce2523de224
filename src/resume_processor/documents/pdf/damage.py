"""Pages whose text is not there, or not what the page shows: they are read as pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resume_processor.documents.pdf.geometry import Frame
from resume_processor.documents.pdf.shapes import Drawing, ShapeKind
from resume_processor.documents.pdf.words import PlacedWord

#: A page with fewer letters than this may be a scan with a stamp on it.
_FEWEST_LETTERS = 60
#: Part of the page that pictures cover, from which on a page with little text is a scan.
_PICTURES = 0.25
#: So many shapes without text are letters drawn as paths.
_DRAWN_LETTERS = 150
#: Part of the characters that have no meaning, from which on the text is damaged.
_MEANINGLESS = 0.3
#: Part of the letters that are vowels, in any language written in Latin letters: at least.
_VOWELS = 0.18
#: So many Latin letters tell.
_ENOUGH_LETTERS = 200
_UNKNOWN = re.compile(r"[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f]")
_LATIN = re.compile(r"[A-Za-z]")
_VOWELS_OF_LATIN = "AEIOUYaeiouy"


def is_scan(words: Sequence[PlacedWord], drawing: Drawing, frame: Frame) -> bool:
    """Whether the page shows more text, as a picture or as paths, than it holds."""
    if sum(len(item.word.text) for item in words) >= _FEWEST_LETTERS:
        return False
    pictures = [s.box for s in drawing.shapes if s.kind is ShapeKind.PICTURE]
    covered = sum(box.width * box.height for box in pictures)
    if covered >= _PICTURES * frame.width * frame.height:
        return True
    return len(drawing.shapes) >= _DRAWN_LETTERS


def is_damaged(text: str) -> bool:
    """Whether the characters cannot be what the page shows: the font's map is missing or wrong."""
    if len(text) < _FEWEST_LETTERS:
        return False
    if _UNKNOWN.search(text) and len(_UNKNOWN.findall(text)) > _MEANINGLESS * len(text):
        return True
    vowels = sum(text.count(letter) for letter in _VOWELS_OF_LATIN)
    if vowels >= _VOWELS * len(text):
        return False
    latin = len(_LATIN.findall(text))
    if latin < max(_ENOUGH_LETTERS, len(text) // 2):
        return False
    return vowels < _VOWELS * latin
