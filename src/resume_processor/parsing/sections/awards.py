"""Awards and achievements."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.dating import date_in
from resume_processor.parsing.lists import passages_of
from resume_processor.parsing.passage import Passage
from resume_processor.parsing.values import AwardEntry, LabelledLine


def read_awards(lines: Sequence[LabelledLine]) -> tuple[AwardEntry, ...]:
    """One entry for each item of the section."""
    entries = (_entry(passage) for passage in passages_of(lines))
    return tuple(entry for entry in entries if entry is not None)


def _entry(passage: Passage) -> AwardEntry | None:
    date, rest = date_in(passage)
    edges = len(rest) == 1
    title = (rest[0] if edges else passage).found("awards.item", 0.6) if rest else None
    return AwardEntry(title, date) if title else None
