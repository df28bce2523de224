"""Classes of words: what a word can be, by public lexicons."""

from __future__ import annotations

from functools import lru_cache

from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.word_file import (
    WordClass,
    bit_of,
    classes_in,
    word_masks,
)

#: What may stand around a word and is no part of it.
_AROUND = " .,;:!?()[]{}\"'|/\\*-_<>•·"


def classes_of(token: str) -> tuple[str, ...]:
    """The classes of a word, as written, in alphabetical order; empty for most words.

    A word that only its hyphens keep from being known has the classes of its parts.
    """
    return classes_in(_mask(token))


def is_a(token: str, *classes: WordClass) -> bool:
    """Whether the word belongs to one of the classes."""
    mask = _mask(token)
    return any(mask & bit_of(name) for name in classes)


@lru_cache(maxsize=65536)
def _mask(token: str) -> int:
    masks = word_masks()
    word = fold(token).strip(_AROUND)
    found = masks.get(word)
    if found is None:
        found = masks.get(word.replace(".", "").replace("'", ""))
    if found is None and word.endswith("'s"):
        found = masks.get(word[:-2])
    if found is None and "-" in word:
        found = 0
        for part in word.split("-"):
            found |= masks.get(part, 0)
    return found or 0
