"""The profile, summary or objective in the candidate's own words."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.labels import labelled
from resume_processor.parsing.lexicon.headings import section_of
from resume_processor.parsing.passage import fold, joined, passage_of
from resume_processor.parsing.reach import without_reach
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import Found, LabelledLine

#: A text without a heading has at least so many words, and so many on its first line, of which this
#: share begins with a small letter.
_LEAST_WORDS, _LINE_WORDS, _SMALL = 12, 6, 0.5


def read_summary(lines: Sequence[LabelledLine]) -> Found | None:
    """The whole text; a heading on the same line as its text is left out."""
    if not lines:
        return None
    passage = joined(lines)
    label = labelled(passage)
    if label is not None and section_of(label.label) is SectionKind.SUMMARY:
        passage = label.value
    return passage.valued(fold(passage.text), "summary.section", 0.8)


def summary_without_heading(header: Sequence[LabelledLine]) -> Found | None:
    """The longest prose among the lines in front of the first heading."""
    runs: list[list[LabelledLine]] = []
    for line in header:
        if not _is_prose(line, opened=bool(runs and runs[-1][-1].index == line.index - 1)):
            continue
        if runs and runs[-1][-1].index == line.index - 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    best = max(runs, key=lambda run: sum(len(line.text) for line in run), default=[])
    passage = joined(best)
    if len(passage.words) < _LEAST_WORDS:
        return None
    return passage.valued(fold(passage.text), "summary.prose", 0.6)


def _is_prose(line: LabelledLine, *, opened: bool) -> bool:
    """Whether the line is running text; a short one only where it ends what stands above."""
    words = line.text.split()
    small = sum(word[:1].islower() for word in words)
    if without_reach(passage_of(line))[:1] != (passage_of(line),):
        return False
    if opened and words[0][:1].islower():
        return True
    return len(words) >= _LINE_WORDS and small >= _SMALL * len(words)
