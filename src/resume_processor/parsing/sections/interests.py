"""Hobbies and interests."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.fields.skill_lists import split_skills
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.lists import passages_of
from resume_processor.parsing.passage import Passage
from resume_processor.parsing.values import InterestEntry, LabelledLine

#: Longer ones are sentences.
_MOST_WORDS = 9


def read_interests(lines: Sequence[LabelledLine]) -> tuple[InterestEntry, ...]:
    """One entry for each interest that is listed."""
    return tuple(entry for passage in passages_of(lines) for entry in _of_item(passage))


def _of_item(passage: Passage) -> list[InterestEntry]:
    label = labelled(passage)
    value = label.value if label else passage
    entries = []
    for match in split_skills(value.text):
        if len(match.value.split()) > _MOST_WORDS:
            continue
        found = value.cut(match.start, match.end).valued(match.value, "interests.list", 0.7)
        entries += [InterestEntry(found)] if found else []
    return entries
