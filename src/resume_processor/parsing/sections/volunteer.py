"""Unpaid work: read like jobs, and as single lines where it is no more than that."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.lists import passages_of
from resume_processor.parsing.sections.work import read_work
from resume_processor.parsing.values import LabelledLine, VolunteerEntry


def read_volunteer(lines: Sequence[LabelledLine]) -> tuple[VolunteerEntry, ...]:
    """The entries in the order of the document."""
    jobs = read_work(lines)
    if jobs:
        return tuple(
            VolunteerEntry(j.name, j.position, j.dates, j.url, j.summary, j.highlights)
            for j in jobs
        )
    found = [passage.found("volunteer.item", 0.4) for passage in passages_of(lines)]
    return tuple(VolunteerEntry(organization=item) for item in found if item)
