"""An award's title and who gave it."""

from __future__ import annotations

from dataclasses import replace

from resume_processor.parsing.fields.organisations import looks_like_organisation
from resume_processor.parsing.values import AwardEntry, Found

#: How much what stands behind the comma must look like an organisation.
_SURELY = 0.5


def award_of(found: Found) -> AwardEntry:
    """The award of what was read: an organisation behind the comma is no part of its title."""
    title, comma, giver = found.text.partition(", ")
    at = next((n for n, word in enumerate(found.words, 1) if word.word.text.endswith(",")), 0)
    if not (comma and 0 < at < len(found.words)) or looks_like_organisation(giver) < _SURELY:
        return AwardEntry(found)
    return AwardEntry(
        title=replace(found, text=title, words=found.words[:at]),
        awarder=replace(found, text=giver, words=found.words[at:]),
    )
