"""The profile, summary or objective in the candidate's own words."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.labels import labelled
from resume_processor.parsing.lexicon.headings import section_of
from resume_processor.parsing.passage import fold, joined
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import Found, LabelledLine


def read_summary(lines: Sequence[LabelledLine]) -> Found | None:
    """The whole text; a heading on the same line as its text is left out."""
    if not lines:
        return None
    passage = joined(lines)
    label = labelled(passage)
    if label is not None and section_of(label.label) is SectionKind.SUMMARY:
        passage = label.value
    return passage.valued(fold(passage.text), "summary.section", 0.8)
