"""Human languages and how well they are spoken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

_LEFT_OVER = re.compile(r"[\s,;&]+(?:and|et|und|y|e|i)?[\s,;]*$")
_BEFORE_NAMES = re.compile(
    r"(fluent|native|bilingual|proficient|conversant|basic(?: knowledge)?|"
    r"good(?: knowledge)?)\s+(?:in|of|speaker of)?\s*$"
)
_BETWEEN = re.compile(r"[\s,&/]*(?:and|or)?\s*")


@dataclass(frozen=True, slots=True)
class LanguageFound:
    """A language: ``text[start:end]`` is its name as written; ``fluency`` as written or None."""

    start: int
    end: int
    language: str
    fluency: str | None


_WORD = re.compile(r"[^\W\d_]+")
#: What the fluency is cut out of: the marks between a language and the next.
_AROUND = " \t\n,;:.|/–—-•·*&（）、，：；。"
_FLUENCY = re.compile(
    r"native|mother|fluen|proficien|conversa|beginner|intermediate|advanced|basic|elementary|"
    r"good|excellent|"
    r"bilingual|read|writ|speak|spoken|spoke|understand|working|limited|professional|"
    r"[abc][12](?![a-z\d])|\br/w|r,\s?w|toefl|ielts|toeic|"
    r"courant|bilingue|maternelle|notion|debutant|intermediaire|avance|lu\b|ecrit|parle|"
    r"scolaire|technique|"
    r"muttersprach|flie(?:ss|s)end|verhandlungssicher|grundkenntnis|\bgut|sehr gut|"
    r"fortgeschritten|konversation|"
    r"wort und schrift|nativ[oa]|fluid|avanzado|intermedio|basico|\bmedio|\balto|\bbajo|"
    r"materna|fluente|avancado|"
    r"intermediario|biegl|podstawow|zaawansowan|ojczyst|komunikatyw|fair|average|moderate|"
    r"strong|expert|learning|"
    r"\bslight|little|some\b|knowledge|know\b|level|niveau|nivel|母语|流利|熟练|精通|良好|一般|cet"
)
_JOINERS = re.compile(
    r"(?:and|et|und|y|e|i|in|with|known|languages?|langues?|sprachen|idiomas?|the|other|like|"
    r"of)(?![a-z])"
)


@lru_cache(maxsize=2048)
def find_languages(text: str) -> tuple[LanguageFound, ...]:
    """The languages that the text names, each once, with the fluency said of each."""
    folded = fold(text)
    names = [
        match
        for match in _WORD.finditer(folded)
        if (is_a(match[0], WordClass.LANGUAGE) and not text[match.start()].islower())
        or _is_cjk(match[0])
    ]
    if not names and text == text.lower():
        names = [m for m in _WORD.finditer(folded) if is_a(m[0], WordClass.LANGUAGE)]
    found: dict[str, LanguageFound] = {}
    shared = _shared_fluency(text, folded, names)
    for index, match in enumerate(names):
        stop = names[index + 1].start() if index + 1 < len(names) else len(text)
        fluency = _fluency(text[match.end() : stop]) or shared.get(index)
        name = text[match.start() : match.end()]
        found.setdefault(match[0], LanguageFound(match.start(), match.end(), name, fluency))
    return tuple(found.values())


def _is_cjk(word: str) -> bool:
    return word[0] > "\u3000" and is_a(word, WordClass.LANGUAGE)


def _fluency(behind: str) -> str | None:
    """What is said behind a language's name, up to the next one."""
    text = behind.strip(_AROUND)
    if text.startswith("("):
        text = text[1:].partition(")")[0] or text
    folded = fold(text)
    if (
        folded in {"speaker", "speakers"}
        or _JOINERS.fullmatch(folded)
        or not _FLUENCY.search(folded)
    ):
        return None
    if len(text.split()) > 14:
        return None
    text = _LEFT_OVER.sub("", text)
    return " ".join(text.strip(_AROUND + "()").split()) or None


def _shared_fluency(text: str, folded: str, names: list[re.Match[str]]) -> dict[int, str]:
    """Fluency that stands before the names: "Fluent in English and French", or behind a list."""
    if not names:
        return {}
    before = _BEFORE_NAMES.search(folded[: names[0].start()])
    if before is None:
        return {}
    value = text[before.start(1) : before.end(1)]
    shared = {0: value}
    for index in range(1, len(names)):
        gap = folded[names[index - 1].end() : names[index].start()]
        if not _BETWEEN.fullmatch(gap):
            break
        shared[index] = value
    return shared
