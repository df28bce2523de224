"""Employers and schools."""

from __future__ import annotations

import re
from functools import lru_cache

from resume_processor.parsing.lexicon.folding import fold, word_set
from resume_processor.parsing.lexicon.headings import section_of
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

_OF_A_SENTENCE = re.compile(r"[!?;@]|https?:|\.\s+[a-z]")

#: A name has at most so many words.
_MOST_WORDS = 14
_WORD = re.compile(r"[^\W_]+(?:['’.&/-]+[^\W_]+)*\.?|&")
_SMALL = word_set(
    "of and the for de du des la le et en der die das und fur y e do da del los las a i & at in"
)
_LEGAL = re.compile(
    r"(?<![a-z])(?:pvt\.?|private|public)?[ ]*(?:ltd|limited|inc|llc|llp|gmbh|plc|corp|"
    r"corporation|s\.a\.s?|"
    r"s\.r\.l|sarl|ltda|pty|b\.v|n\.v|sp\. z o\.o|co\.|company|& co|e\.v)(?![a-z])|"
    r"有限公司|集团|公司"
)
_SCHOOL = re.compile(
    r"universi|colleg|school|institut|academ|polytech|vidyala|vidhyala|hochschule|schule|"
    r"gymnasium|lycee|ecole|facult|"
    r"escuela|colegio|instituto|faculdade|escola|politechnika|szkola|liceum|mahavidy|"
    r"gurukul|convent|"
    r"大学|学院|中学|学校"
)
_IN_SCHOOL_NAMES = word_set(
    "inter intermediate matric matriculation degree graduate postgraduate hsc secondary bachelor x "
    "xii"
)
_BOARD = re.compile(
    r"(?<![a-z])(?:board|c\.?b\.?s\.?e|i\.?c\.?s\.?e|b\.?i\.?e|msbte|council of|bseb|up board|"
    r"state board|"
    r"b\.?s\.?e\.?b|r\.?b\.?s\.?e|h\.?b\.?s\.?e|p\.?s\.?e\.?b)(?![a-z])"
)


@lru_cache(maxsize=8192)
def looks_like_organisation(text: str) -> float:
    """How much the text looks like the name of an employer and nothing else (0..1)."""
    stripped, words = _words(text)
    if not words:
        return 0.0
    folded = fold(stripped)
    score = 0.3 * _capitals(stripped)
    if _LEGAL.search(folded):
        score += 0.6
    score += 0.35 * any(is_a(w, WordClass.ORG_WORD) for w in words)
    score += 0.35 * any(is_a(w, WordClass.COMPANY) for w in words)
    score += 0.2 * bool(_SCHOOL.search(folded))
    score -= 0.35 * _other_things(words)
    return round(max(0.0, min(1.0, score)), 3)


@lru_cache(maxsize=8192)
def looks_like_school(text: str) -> float:
    """How much the text looks like a school, university or board and nothing else (0..1)."""
    stripped, words = _words(text)
    if not words:
        return 0.0
    folded = fold(stripped)
    schools = len(_SCHOOL.findall(folded)) + any(is_a(w, WordClass.SCHOOL_WORD) for w in words)
    board = _BOARD.search(folded) is not None
    if not schools and not board:
        known = [
            w for w in words if is_a(w, WordClass.SCHOOL_NAME) and not is_a(w, WordClass.COMMON)
        ]
        return round(0.3 * len(known) / len(words), 3)
    score = (0.7 if schools else 0.6) + 0.2 * _capitals(stripped) + 0.1 * (schools > 1)
    score -= 0.5 * any(_is_degree_word(w) for w in words)
    score -= 0.35 * (
        is_a(words[0], WordClass.VERB) or any(is_a(w, WordClass.TITLE_HEAD) for w in words[:3])
    )
    if len(words) == 1 and not board and not stripped.isupper():
        score -= 0.3
    return round(max(0.0, min(1.0, score)), 3)


def _is_degree_word(word: str) -> bool:
    """Words of degrees that do not stand in the names of schools as well ("Inter College")."""
    return (
        is_a(word, WordClass.DEGREE_WORD)
        and not is_a(word, WordClass.SCHOOL_WORD)
        and word not in _IN_SCHOOL_NAMES
    )


def _words(text: str) -> tuple[str, list[str]]:
    stripped = text.strip()
    words = [
        w for w in (fold(w).replace(".", "") for w in _WORD.findall(stripped)) if w not in _SMALL
    ]
    sentence = _OF_A_SENTENCE.search(stripped)
    if len(words) > _MOST_WORDS or sentence or section_of(stripped) is not None:
        return stripped, []
    return stripped, words


def _capitals(text: str) -> float:
    """The share of words with a capital first."""
    words = [w for w in _WORD.findall(text) if fold(w) not in _SMALL and w[0].isalpha()]
    return sum(not w[0].islower() for w in words) / len(words) if words else 0.0


def _other_things(words: list[str]) -> int:
    """Signs of titles, degrees and sentences; not more than counts as 2."""
    signs = int(is_a(words[0], WordClass.VERB))
    signs += is_a(words[-1], WordClass.TITLE_HEAD) and not is_a(words[-1], WordClass.ORG_WORD)
    signs += any(is_a(w, WordClass.DEGREE_WORD) and len(w) > 2 for w in words)
    return min(signs, 2)
