"""Job titles."""

from __future__ import annotations

import re
from functools import lru_cache

from resume_processor.parsing.lexicon.folding import fold, word_set
from resume_processor.parsing.lexicon.headings import section_of
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

#: A title has at most so many words.
_MOST_WORDS = 10
_WORD = re.compile(r"[^\W_]+(?:['’.+#-]+[^\W_]+)*[+#]*")
_SENTENCE = re.compile(r"[a-z]{5}\.\s+\w|[!?]\s|[@]|https?:|www\.|;", re.IGNORECASE)
#: Small words inside titles: "Head of Sales", "Chargé d'affaires".
_SMALL = word_set(
    "of and the for in to de du des d la le et en a fur der und im von zu y e do da dos das para i "
    "w z & at"
)
_CJK_HEADS = re.compile(
    r"(?:工程师|经理|主管|总监|助理|专员|实习生|教师|会计|顾问|设计师|分析师|销售|研究员|主任|开发)$"
)


@lru_cache(maxsize=8192)
def looks_like_title(text: str) -> float:
    """How much the text looks like a job title and nothing else (0..1)."""
    stripped = text.strip()
    if _CJK_HEADS.search(stripped) and len(stripped) <= 14:
        return 0.95
    words = [fold(w) for w in _WORD.findall(stripped)]
    content = [w for w in words if w not in _SMALL]
    if not content or len(words) > _MOST_WORDS or _SENTENCE.search(stripped):
        return 0.0
    if section_of(stripped) is not None:
        return 0.05
    heads = [i for i, w in enumerate(content) if _is_head(w)]
    if not heads:
        return round(0.25 * _share(content) * (stripped[0].isupper() if stripped else 0), 3)
    score = 0.55 + 0.4 * _share(content)
    score -= 0.3 * _foreign(content)
    if is_a(content[0], WordClass.VERB) and 0 not in heads:
        score -= 0.45
    if len(content) == 1:
        score -= 0.05
    if any(c.isdigit() for c in stripped):
        score -= 0.1
    if len(words) > 6:
        score -= 0.08 * (len(words) - 6)
    if stripped[0].islower():
        score -= 0.15
    return round(max(0.0, min(1.0, score)), 3)


def _is_head(word: str) -> bool:
    """Whether the word, or its singular, names what somebody is."""
    return is_a(word, WordClass.TITLE_HEAD) or (
        word.endswith("s") and is_a(word[:-1], WordClass.TITLE_HEAD)
    )


def _share(content: list[str]) -> float:
    """The share of words that stand in titles."""
    known = sum(
        is_a(w, WordClass.TITLE_HEAD, WordClass.TITLE_WORD, WordClass.SENIORITY, WordClass.SKILL)
        for w in content
    )
    return known / len(content)


def _foreign(content: list[str]) -> float:
    """Words that belong to employers, schools and degrees, not more than counts as 2."""
    count = sum(
        is_a(w, WordClass.LEGAL_FORM, WordClass.DEGREE_WORD, WordClass.SCHOOL_WORD)
        and not is_a(w, WordClass.TITLE_HEAD, WordClass.SENIORITY)
        for w in content[:-1]
    )
    count += is_a(content[-1], WordClass.LEGAL_FORM, WordClass.SCHOOL_WORD)
    return min(count, 2)
