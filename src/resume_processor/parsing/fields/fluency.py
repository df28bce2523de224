"""Human languages and how well they are spoken."""

from __future__ import annotations

import re
from dataclasses import dataclass

from resume_processor.parsing.lexicon.folding import fold
from resume_processor.parsing.lexicon.word_file import WordClass
from resume_processor.parsing.lexicon.words import is_a

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: What a statement about one language ends at.
_END = re.compile(r"[,;|•·/\n]")
#: Levels that are no words: of the European framework, and test scores.
_LEVEL = re.compile(
    r"\b(?:[abc][12](?:\s*/\s*[abc][12])?|(?:toefl|ielts|toeic|delf|dalf)\b[\w .:/]*)", re.I
)
_SKIPPED = " \t:-–—()[].=~"


@dataclass(frozen=True, slots=True)
class LanguageFound:
    """A language: ``text[start:end]`` names it; ``fluency`` is as written, None where unsaid."""

    start: int
    end: int
    language: str
    fluency: str | None


def find_languages(text: str) -> tuple[LanguageFound, ...]:
    """The languages named in a text, in order."""
    names = [m for m in _WORD.finditer(text) if is_a(m[0], WordClass.LANGUAGE)]
    found = []
    for index, name in enumerate(names):
        stop = names[index + 1].start() if index + 1 < len(names) else len(text)
        found.append(LanguageFound(name.start(), name.end(), name[0], _fluency(text, name, stop)))
    return tuple(found)


def _fluency(text: str, name: re.Match[str], stop: int) -> str | None:
    after = text[name.end() : stop]
    opened = re.match(r"\s*[(\[]([^)\]]+)[)\]]", after)
    if opened is not None:
        return opened[1].strip() if _tells(opened[1]) else None
    rest = after.lstrip(_SKIPPED)
    end = _END.search(rest)
    candidate = rest[: end.start()] if end else rest
    candidate = candidate.strip(_SKIPPED)
    if candidate and _tells(candidate) and len(candidate.split()) <= 6:
        return candidate
    return _before(text, name)


def _before(text: str, name: re.Match[str]) -> str | None:
    """ "Fluent in English", "native French": the level stands before the language."""
    before = text[: name.start()].rstrip()
    match = re.search(r"([^\W\d_]+)(?:\s+(?:in|en|de|im|em))?$", before)
    return match[1] if match and is_a(match[1], WordClass.FLUENCY) else None


def _tells(text: str) -> bool:
    """Whether a text says how well a language is spoken."""
    words = _WORD.findall(fold(text))
    return _LEVEL.search(text) is not None or any(is_a(w, WordClass.FLUENCY) for w in words)
