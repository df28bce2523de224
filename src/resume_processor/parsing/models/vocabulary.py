"""Which words a model may know.

A model must not remember people. A word becomes a feature only if it stands in the vocabulary:
words that were seen in at least ten training documents. Of every other word a model sees its shape
and the public word classes that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from resume_processor.parsing.lexicon.words import classes_of

#: Training documents that a word must stand in to become a feature.
LEAST_DOCUMENTS = 10
#: Endings of words stand in the vocabulary with this mark; the same least number holds for them.
SUFFIX_MARK = "~"
SUFFIX_LENGTH = 3


class Vocabulary:
    """A set of case-folded words, and the lexicon's classes for all words."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def suffix(self, word: str) -> str | None:
        """The ending of a case-folded word, where the vocabulary knows it."""
        ending = f"{SUFFIX_MARK}{word[-SUFFIX_LENGTH:]}"
        return ending if len(word) > SUFFIX_LENGTH and ending in self.words else None

    @staticmethod
    def classes(word: str) -> tuple[str, ...]:
        """The public word classes of a case-folded word, in a fixed order."""
        return _classes(word)


@lru_cache(maxsize=50_000)
def _classes(word: str) -> tuple[str, ...]:
    return tuple(sorted(classes_of(word)))


@lru_cache(maxsize=1)
def shipped_vocabulary() -> Vocabulary:
    """The vocabulary of the shipped models."""
    text = files("resume_processor.parsing.models").joinpath("data", "vocabulary.txt")
    return Vocabulary(text.read_text(encoding="utf-8").split())
