"""The profile or objective: the lines of its section, joined."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.models.found import RULE, text_of, words_of
from resume_processor.parsing.models.line_labels import LineOdds
from resume_processor.parsing.models.view import DocumentView
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import Found

#: A summary has at least this many words.
FEWEST_WORDS = 4


def summary_of(seen: DocumentView, odds: Sequence[LineOdds]) -> Found | None:
    """All lines of the summary section except its heading."""
    lines = [
        index
        for index, line in enumerate(odds)
        if line.best is SectionKind.SUMMARY and line.heading < 0.5
    ]
    runs: list[list[int]] = []
    for index in lines:
        if runs and index - runs[-1][-1] <= 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    best = max(
        runs, key=lambda run: (sum(len(seen.lines[i].text) for i in run), -run[0]), default=None
    )
    if best is None:
        return None
    first, last = seen.lines[best[0]].first, seen.lines[best[-1]].stop - 1
    words = words_of(seen, first, last)
    if len(words) < FEWEST_WORDS:
        return None
    confidence = sum(odds[i].sections[SectionKind.SUMMARY] for i in best) / len(best)
    return Found(text_of(seen, first, last), words, RULE, confidence)
