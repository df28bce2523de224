"""A head line taken apart into the pieces that may be an employer, a title or a place."""

from __future__ import annotations

import re
from functools import lru_cache

from resume_processor.parsing.fields.locations import looks_like_location
from resume_processor.parsing.fields.organisations import looks_like_organisation
from resume_processor.parsing.fields.titles import looks_like_title
from resume_processor.parsing.passage import Passage

#: What parts a title from an employer, and an employer from its place.
_SEPARATOR = re.compile(
    r"\s*[|•·‣▪\\]{1,2}\s+|\s+[-–—]+\s*|\s*[–—]+\s+|\s*[;]\s*|\s{3,}|\t|\s*:\s+"
)
_COMMA = re.compile(r"\s*,\s*")
_LINKING = re.compile(
    r"^\W*(?:(?:from|at|in|of|with|by|to|for|and|de|von|bei|chez|à|en|em|no|na|du)\s+)+|"
    r"(?:\s+(?:from|at|in|of|with|by|to|for|and|the|de|von|bei|en|em))+\W*$",
    re.IGNORECASE,
)
#: From this likeness on the text behind a comma is a place; is an employer or a title; and is so
#: surely that what stands on the other side of the comma is something else.
_PLACE, _SURE, _SURER = 0.6, 0.5, 0.7


def pieces_of(passage: Passage) -> tuple[Passage, ...]:
    """The passage cut at its separators and at telling commas, without linking words around."""
    pieces = (part for piece in passage.split(_SEPARATOR) for part in _at_commas(piece))
    return tuple(piece for piece in map(unlinked, pieces) if piece.says_something)


def unlinked(passage: Passage) -> Passage:
    """The passage without words that only link it to what stood before and after it."""
    start, end = 0, len(passage.text)
    for match in _LINKING.finditer(passage.text):
        if match.start() == 0:
            start = match.end()
        else:
            end = match.start()
    return passage.cut(start, end) if start < end else passage


def _at_commas(passage: Passage) -> tuple[Passage, ...]:
    """Title, employer and place that commas part ("Clerk, Northgate Ltd, Leeds")."""
    for comma in _COMMA.finditer(passage.text):
        head, tail = passage.text[: comma.start()], passage.text[comma.end() :]
        if not head.strip() or not tail.strip():
            continue
        if looks_like_location(tail) >= _PLACE or _differ(head, tail):
            before = passage.cut(0, comma.start())
            after = passage.cut(comma.end(), len(passage.text))
            return (before, *_at_commas(after))
    return (passage,)


def _differ(head: str, tail: str) -> bool:
    """Whether one is a title and the other an employer, as far as can be told."""
    kinds = {_kind(head), _kind(tail)}
    if "" not in kinds:
        return len(kinds) == 2
    return len(kinds) == 2 and max(map(_sureness, (head, tail))) >= _SURER


def _sureness(text: str) -> float:
    return max(looks_like_title(text), looks_like_organisation(text))


@lru_cache(maxsize=4096)
def _kind(text: str) -> str:
    """What the text before the next comma is for sure; "" where nothing is."""
    first = _COMMA.split(text, maxsplit=1)[0]
    title, organisation = looks_like_title(first), looks_like_organisation(first)
    if max(title, organisation) < _SURE:
        return ""
    return "title" if title > organisation else "organisation"
