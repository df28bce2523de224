"""Lists of skills with nothing but spaces between them: "AWS Azure Google Cloud Terraform".

Only tools that the taxonomy knows tell where one ends and the next begins. Where too few are
known, the words may as well be one skill of many words, and stay together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from resume_processor.parsing.lexicon.folding import fold, word_set
from resume_processor.skills.taxonomy import ConceptKind
from resume_processor.skills.taxonomy_file import load_taxonomy

#: A list names at least so many known tools, and they are this part of its words.
FEWEST_KNOWN, PART_KNOWN = 3, 0.6
#: A tool's name has at most so many words; a list has at most so many.
_NAME_WORDS, _MOST_WORDS = 4, 60
#: Where one of these stands there is another separator, or an explanation.
_OTHERWISE = re.compile(r"[,;()\[\]{}:|•·]")
#: Words of a phrase.
_OF_A_PHRASE = word_set("and of with in for using to on the a by at or from via as und mit et avec")
#: What holds the words on both sides together.
_GLUE = frozenset({"/", "&", "+", "-", "–"})


class _Segment(NamedTuple):
    """Words ``first`` to ``stop`` (not included)."""

    first: int
    stop: int
    known: bool


class _Best(NamedTuple):
    """The best way to cut the words so far: known words first, then few segments."""

    known: int
    fewness: int
    last: _Segment | None


def parts_of_spaced(words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Which words (first, stop) make each skill, in order; empty where it is no such list."""
    if not FEWEST_KNOWN <= len(words) <= _MOST_WORDS or _is_otherwise(words):
        return ()
    segments = _segments(words)
    known = [one for one in segments if one.known]
    covered = sum(one.stop - one.first for one in known)
    counted = sum(word not in _GLUE for word in words)
    if len(known) < FEWEST_KNOWN or covered < PART_KNOWN * counted:
        return ()
    return tuple((one.first, one.stop) for one in _together(segments, words))


def _is_otherwise(words: Sequence[str]) -> bool:
    return any(_OTHERWISE.search(word) or fold(word) in _OF_A_PHRASE for word in words)


def _segments(words: Sequence[str]) -> list[_Segment]:
    """Known names, and each other word for itself."""
    best = [_Best(0, 0, None)]
    for stop in range(1, len(words) + 1):
        best.append(max(_ways(words, stop, best), key=lambda way: way[:2]))
    segments: list[_Segment] = []
    while (last := best[-1].last) is not None:
        segments.append(last)
        del best[last.first + 1 :]
    return segments[::-1]


def _ways(words: Sequence[str], stop: int, best: Sequence[_Best]) -> list[_Best]:
    """The ways in which the words may end at ``stop``."""
    ways = []
    for first in range(stop - 1, max(-1, stop - 1 - _NAME_WORDS), -1):
        known = _is_tool(" ".join(words[first:stop]))
        if known or first == stop - 1:
            before, length = best[first], known * (stop - first)
            segment = _Segment(first, stop, known)
            ways.append(_Best(before.known + length, before.fewness - 1, segment))
    return ways


@lru_cache(maxsize=4096)
def _is_tool(name: str) -> bool:
    taxonomy = load_taxonomy()
    number = taxonomy.number_of(name) if any(map(str.isalnum, name)) else None
    return number is not None and taxonomy.concept(number).kind is ConceptKind.TECHNOLOGY


def _together(segments: Sequence[_Segment], words: Sequence[str]) -> list[_Segment]:
    """What "/" and the like hold together, and two unknown words written alike, is one skill."""
    joined: list[_Segment] = []
    for one in segments:
        before = joined[-1] if joined else None
        if before is not None and _belong(before, one, words):
            joined[-1] = _Segment(before.first, one.stop, before.known and one.known)
        else:
            joined.append(one)
    return joined


def _belong(before: _Segment, one: _Segment, words: Sequence[str]) -> bool:
    if words[one.first] in _GLUE or words[before.stop - 1] in _GLUE:
        return True
    pair = words[before.first : one.stop]
    if before.known or one.known or len(pair) > 2:
        return False
    return all(map(str.istitle, pair)) or all(map(str.isupper, pair))
