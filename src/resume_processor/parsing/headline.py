"""The headline or target title beside the name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resume_processor.parsing.fields.titles import looks_like_title
from resume_processor.parsing.lexicon.headings import section_of
from resume_processor.parsing.passage import Passage, passage_of
from resume_processor.parsing.reach import without_reach
from resume_processor.parsing.rows import columns_of
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import Found, LabelledLine

#: The headline stands at most so many lines from the name.
_NEAR = 3
_LIKENESS = 0.5
_MOST_WORDS = 12
_APPLIED = re.compile(
    r"\bpost(?:ion)?\s*(?:is\s*)?(?:appl(?:y|ied|ying))?\s*(?:for|of)\W+|\bposition\W+(?:applied|desired)\W+(?:for\W+)?"
    r"|\bappl(?:y|ied|ying) for(?: the post of)?\W+",
    re.IGNORECASE,
)


def find_headline(lines: Sequence[LabelledLine], name: Found | None) -> Found | None:
    """A title close to the name, or in the first line where there is no name."""
    header = [line for line in lines if line.kind is SectionKind.HEADER and not line.is_heading]
    if name is None:
        return _first_line(header)
    start = name.words[0].line
    for line in header:
        if start <= line.index <= start + _NEAR:
            for column in columns_of(line):
                found = _headline(column.passage, name)
                if found is not None:
                    return found
    return None


def _first_line(header: Sequence[LabelledLine]) -> Found | None:
    """An anonymised document prints the headline in capitals at its top."""
    if not header or header[0].index > 0:
        return None
    line = header[0]
    if len(line.text.split()) > _MOST_WORDS or not line.text.isupper():
        return None
    return passage_of(line).found("headline.capitals", 0.8)


def _headline(passage: Passage, name: Found) -> Found | None:
    if set(name.words) & set(passage.words) or len(passage.text.split()) > _MOST_WORDS:
        return None
    if section_of(passage.text) is not None:
        return None
    for part in without_reach(passage):
        applied = _APPLIED.search(part.text)
        title = part.cut(applied.end(), len(part.text)) if applied else part
        if looks_like_title(title.text) >= _LIKENESS:
            return title.found("headline.title", 0.75)
    return None
