"""Human languages and how well they are spoken."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.fields.fluency import LanguageFound, find_languages
from resume_processor.parsing.passage import Passage, passage_of
from resume_processor.parsing.values import LabelledLine, LanguageEntry


def read_languages(lines: Sequence[LabelledLine]) -> tuple[LanguageEntry, ...]:
    """One entry for each language, in order, each language once."""
    entries: dict[str, LanguageEntry] = {}
    for line in lines:
        passage = passage_of(line)
        for found in find_languages(passage.text):
            entry = _entry(passage, found)
            if entry is not None:
                entries.setdefault(entry.language.text.casefold(), entry)
    return tuple(entries.values())


def _entry(passage: Passage, found: LanguageFound) -> LanguageEntry | None:
    language = passage.found("languages.lexicon", 0.9, span=(found.start, found.end))
    if language is None:
        return None
    fluency = None
    if found.fluency is not None:
        fluency = passage.valued(found.fluency, "languages.fluency", 0.7)
    return LanguageEntry(language, fluency)
