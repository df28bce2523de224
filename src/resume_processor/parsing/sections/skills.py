"""Skills: lists split fully, with the names of their groups."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.fields.skill_lists import split_skills
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.lists import items_of
from resume_processor.parsing.passage import Passage, joined
from resume_processor.parsing.rows import rows_of
from resume_processor.parsing.values import Found, LabelledLine, SkillGroup

#: A group's name has at most so many words; a skill has at most so many.
_GROUP_WORDS, _SKILL_WORDS = 5, 10


def read_skills(lines: Sequence[LabelledLine]) -> tuple[SkillGroup, ...]:
    """Groups with keywords, and a group for each skill that stands alone; each skill once."""
    groups: list[SkillGroup] = []
    seen: set[str] = set()
    for passage in _passages(lines):
        groups += _of_passage(passage, seen)
    return tuple(groups)


def _passages(lines: Sequence[LabelledLine]) -> list[Passage]:
    """Items; those of one line that stands in columns are one each."""
    passages: list[Passage] = []
    for item in items_of(lines):
        rows = rows_of(item)
        if any(len(row.columns) > 1 for row in rows):
            passages += [column.passage for row in rows for column in row.columns]
        else:
            passages.append(joined(item))
    return passages


def _of_passage(passage: Passage, seen: set[str]) -> list[SkillGroup]:
    label = labelled(passage)
    if label is not None and len(label.label.split()) <= _GROUP_WORDS and label.value.words:
        keywords = _skills(label.value, seen)
        head = passage.cut(0, len(passage.text) - len(label.value.text))
        name = head.found("skills.group", 0.7)
        return [SkillGroup(name, keywords=keywords)] if keywords else []
    return [SkillGroup(skill) for skill in _skills(passage, seen)]


def _skills(passage: Passage, seen: set[str]) -> tuple[Found, ...]:
    skills = []
    for match in split_skills(passage.text):
        key = match.value.casefold()
        if key in seen or len(match.value.split()) > _SKILL_WORDS:
            continue
        found = passage.cut(match.start, match.end).valued(match.value, match.rule, 0.7)
        if found is not None:
            seen.add(key)
            skills.append(found)
    return tuple(skills)
