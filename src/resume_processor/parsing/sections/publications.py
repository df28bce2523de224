"""Publications."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resume_processor.parsing.dating import date_in
from resume_processor.parsing.lists import passages_of
from resume_processor.parsing.passage import Passage
from resume_processor.parsing.values import LabelledLine, PublicationEntry

_QUOTED = re.compile(r"[\"“”„«‘'](?P<title>[^\"“”»]{12,}?)[\"”“»’',.]")


def read_publications(lines: Sequence[LabelledLine]) -> tuple[PublicationEntry, ...]:
    """One entry for each item; its title is what stands in quotation marks, or the whole item."""
    entries = (_entry(passage) for passage in passages_of(lines))
    return tuple(entry for entry in entries if entry is not None)


def _entry(passage: Passage) -> PublicationEntry | None:
    date, rest = date_in(passage)
    quoted = _QUOTED.search(passage.text)
    if quoted is not None:
        title = passage.found("publications.quoted", 0.7, span=quoted.span("title"))
    else:
        longest = max(rest, key=lambda part: len(part.text), default=None)
        title = longest.found("publications.item", 0.5) if longest else None
    return PublicationEntry(title, release_date=date) if title else None
