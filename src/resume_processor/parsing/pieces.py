"""A head line taken apart into the pieces that may be an employer, a title or a place."""

from __future__ import annotations

import re

from resume_processor.parsing.fields.locations import looks_like_location
from resume_processor.parsing.passage import Passage

#: What parts a title from an employer, and an employer from its place.
_SEPARATOR = re.compile(r"\s*[|•·‣▪/\\]{1,2}\s+|\s+[-–—]+\s*|\s*[–—]+\s+|\s*[;]\s*|\s{3,}|\t")
_COMMA = re.compile(r"\s*,\s*")
#: From this likeness on the text behind a comma is a place.
_PLACE = 0.6


def pieces_of(passage: Passage) -> tuple[Passage, ...]:
    """The passage cut at its separators, and at commas in front of places."""
    return tuple(part for piece in passage.split(_SEPARATOR) for part in _place_apart(piece))


def _place_apart(passage: Passage) -> tuple[Passage, ...]:
    """The employer and the place of "Northgate Ltd, Leeds, UK"."""
    for comma in _COMMA.finditer(passage.text):
        tail = passage.text[comma.end() :]
        if tail.strip() and looks_like_location(tail) >= _PLACE:
            head, place = passage.cut(0, comma.start()), passage.cut(comma.end(), len(passage.text))
            return tuple(part for part in (head, place) if part.says_something)
    return (passage,)


def comma_parts(passage: Passage) -> tuple[Passage, ...]:
    """The parts between commas."""
    return passage.split(_COMMA)
