"""Whether a text is the name of an employer, or of a school."""

from __future__ import annotations

from resume_processor.parsing.lexicon.folding import words_of
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

#: Words of the longest name.
_LONGEST = 14


def looks_like_organisation(text: str) -> float:
    """How much a text looks like the name of an employer, 0 to 1."""
    words = words_of(text)
    if not words or len(words) > _LONGEST:
        return 0.0
    score = 0.15 + 0.2 * _capitalised(text)
    if any(is_a(word, WordClass.LEGAL_FORM) for word in words[1:]):
        score += 0.5
    if any(is_a(word, WordClass.ORG_WORD) for word in words):
        score += 0.3
    if any(is_a(word, WordClass.COMPANY) for word in words):
        score += 0.2
    if any(is_a(word, WordClass.SCHOOL_WORD) for word in words):
        score += 0.1
    if is_a(words[-1], WordClass.TITLE_HEAD):
        score -= 0.35
    if is_a(words[0], WordClass.VERB):
        score -= 0.2
    return max(0.0, min(1.0, score))


def looks_like_school(text: str) -> float:
    """How much a text looks like the name of a school, college or university, 0 to 1."""
    words = words_of(text)
    if not words or len(words) > _LONGEST:
        return 0.0
    score = 0.0
    if any(is_a(word, WordClass.SCHOOL_WORD) for word in words):
        score += 0.65 if len(words) > 1 else 0.3
    score += 0.12 * min(2, sum(is_a(word, WordClass.SCHOOL_NAME) for word in words))
    score += 0.15 * _capitalised(text)
    if is_a(words[0], WordClass.VERB):
        score -= 0.3
    return max(0.0, min(1.0, score))


def _capitalised(text: str) -> float:
    """Share of the longer words that begin with a capital."""
    long = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long) / len(long) if long else 0.0
