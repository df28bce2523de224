"""Whether a text is a job title."""

from __future__ import annotations

from resume_processor.parsing.lexicon.folding import words_of
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

#: Words of the longest title.
_LONGEST = 12
#: Words that join the parts of a title and say nothing themselves.
_JOINING = frozenset(
    "of the and for in to & de la le du des et fur und der die das von y del e do da".split()
)


def looks_like_title(text: str) -> float:
    """How much a text looks like a job title, 0 to 1.

    A title has a word that names what somebody is ("engineer", "leiter"), in its last or first
    place most often, and words of rank and field around it.
    """
    words = [word for word in words_of(text) if word not in _JOINING]
    if not words or len(words) > _LONGEST:
        return 0.0
    heads = [index for index, word in enumerate(words) if is_a(word, WordClass.TITLE_HEAD)]
    known = sum(
        is_a(w, WordClass.TITLE_WORD, WordClass.TITLE_HEAD, WordClass.SENIORITY) for w in words
    )
    score = 0.5 * known / len(words)
    if heads:
        score += 0.45 if heads[-1] == len(words) - 1 or heads[0] == 0 else 0.3
    if any(is_a(word, WordClass.LEGAL_FORM, WordClass.SCHOOL_WORD) for word in words):
        score -= 0.35
    if is_a(words[0], WordClass.VERB) and words[0] not in ("lead", "head"):
        score -= 0.25
    return _bounded(score)


def _bounded(score: float) -> float:
    return max(0.0, min(1.0, score))
