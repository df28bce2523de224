"""Jobs: one entry for each position at each employer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resume_processor.parsing.blocks import Block, blocks_of
from resume_processor.parsing.head import Head, read_head
from resume_processor.parsing.lists import is_marked, items_of
from resume_processor.parsing.passage import fold, joined
from resume_processor.parsing.values import NO_DATES, Found, LabelledLine, WorkEntry

#: "Responsibilities:" says what follows, and nothing itself.
_LABEL_ONLY = re.compile(r"^\W*[^:]{3,40}:\W*$")


def read_work(lines: Sequence[LabelledLine]) -> tuple[WorkEntry, ...]:
    """The jobs in the order of the document."""
    return tuple(entry for block in blocks_of(lines) if (entry := _entry(block)) is not None)


def _entry(block: Block) -> WorkEntry | None:
    head = read_head(block.head)
    if not _says_a_job(head):
        return None
    summary, highlights = body_of(block.body)
    return WorkEntry(
        name=head.organisation,
        position=head.title,
        location=head.location,
        dates=head.dates,
        summary=summary,
        highlights=highlights,
    )


def _says_a_job(head: Head) -> bool:
    if head.title is None and head.organisation is None:
        return False
    return (
        head.dates != NO_DATES
        or head.labelled
        or (head.title is not None and head.organisation is not None)
    )


def body_of(lines: Sequence[LabelledLine]) -> tuple[Found | None, tuple[Found, ...]]:
    """The summary (text before the first marked line) and the highlights of an entry."""
    told = [line for line in lines if not _LABEL_ONLY.match(line.text)]
    marked = next((i for i, line in enumerate(told) if is_marked(line)), len(told))
    passage = joined(told[:marked])
    highlights = [
        found
        for item in map(joined, items_of(told[marked:]))
        if (found := item.valued(fold(item.text), "entry.highlight", 0.7)) is not None
    ]
    return passage.valued(fold(passage.text), "entry.summary", 0.7), tuple(highlights)
