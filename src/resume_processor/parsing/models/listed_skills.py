"""Skills with nothing but spaces between them, which the models take for one or for none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from resume_processor.parsing.fields.skill_lists import SPACED
from resume_processor.parsing.fields.spaced_skills import parts_of_spaced
from resume_processor.parsing.values import Found, SkillGroup


def with_listed(
    skills: Sequence[SkillGroup], rules: Sequence[SkillGroup]
) -> tuple[SkillGroup, ...]:
    """The models' skills, cut where they are such a list, and the lists of lines without any."""
    cut = [SkillGroup(part) for one in skills if one.name for part in _parts(one.name)]
    told = {word.line for one in cut if one.name for word in one.name.words}
    missed = [
        SkillGroup(skill)
        for skill in _all(rules)
        if skill.rule == SPACED and told.isdisjoint(word.line for word in skill.words)
    ]
    return (*cut, *missed)


def _parts(skill: Found) -> list[Found]:
    written = [placed.word.text for placed in skill.words]
    parts = parts_of_spaced(written) if written == skill.text.split() else ()
    return [
        replace(skill, text=" ".join(written[first:stop]), words=skill.words[first:stop])
        for first, stop in parts
    ] or [skill]


def _all(groups: Sequence[SkillGroup]) -> Iterator[Found]:
    for group in groups:
        yield from group.keywords or ((group.name,) if group.name else ())
