"""The headline or target title beside the name."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.fields.titles import looks_like_title
from resume_processor.parsing.rows import columns_of
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import Found, LabelledLine

#: The headline stands at most so many lines from the name.
_NEAR = 3
_LIKENESS = 0.5
_MOST_WORDS = 12


def find_headline(lines: Sequence[LabelledLine], name: Found | None) -> Found | None:
    """A title close to the name, or in the first line where there is no name."""
    start = name.words[0].line if name else 0
    taken = set(name.words) if name else set()
    for line in lines:
        if line.kind is not SectionKind.HEADER or line.is_heading:
            continue
        if not start <= line.index <= start + _NEAR:
            continue
        for column in columns_of(line):
            passage = column.passage
            if taken & set(passage.words) or len(passage.text.split()) > _MOST_WORDS:
                continue
            if looks_like_title(passage.text) >= _LIKENESS:
                return passage.found("headline", 0.7)
    return None
