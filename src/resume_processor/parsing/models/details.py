"""What only the rules read: the text under a job, the description of a project, and the like.

The models find the values that name an entry; the rules find everything around them. An entry of
the one and an entry of the other are the same where they were read from the same line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from resume_processor.parsing.models.listed_skills import with_listed
from resume_processor.parsing.models.missed import covered, head_lines, with_missed
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.sections.work import body_of
from resume_processor.parsing.values import (
    Draft,
    EducationEntry,
    Found,
    LabelledLine,
    SkillGroup,
    WorkEntry,
)

Entry = TypeVar("Entry")


def with_details(draft: Draft, rules: Draft, lines: Sequence[LabelledLine]) -> Draft:
    """The models' draft with the rules' details."""
    work = with_missed(draft.work, rules.work, covered(draft))
    return replace(
        draft,
        work=_with_bodies(work, lines),
        skills=_in_groups(with_listed(draft.skills, rules.skills), rules.skills),
        education=tuple(_with_degree(entry, rules.education) for entry in draft.education),
        projects=_taken_over(draft.projects, rules.projects, lambda p: p.name),
        publications=_taken_over(draft.publications, rules.publications, lambda p: p.name),
        awards=_taken_over(draft.awards, rules.awards, lambda a: a.title),
    )


# ---- jobs -------------------------------------------------------------------------------------


def _with_bodies(work: Sequence[WorkEntry], lines: Sequence[LabelledLine]) -> tuple[WorkEntry, ...]:
    """The jobs with the text between each one's head and the next one's."""
    told = [line for line in lines if line.kind is SectionKind.WORK and not line.is_heading]
    heads = [head_lines(job) for job in work]
    starts = sorted(min(head) for head in heads if head)
    done: list[WorkEntry] = []
    for job, head in zip(work, heads, strict=True):
        stop = next((start for start in starts if head and start > max(head)), None)
        body = [
            line
            for line in told
            if head and line.index > max(head) and (stop is None or line.index < stop)
        ]
        summary, highlights = body_of(body)
        done.append(replace(job, summary=summary, highlights=highlights))
    return tuple(done)


# ---- degrees ----------------------------------------------------------------------------------


def _with_degree(entry: EducationEntry, rules: Sequence[EducationEntry]) -> EducationEntry:
    """The title of a degree is a matter of forms, which the rules know better."""
    own = _education_lines(entry)
    for other in rules:
        if other.study_type is not None and set(_lines_of(other.study_type)) & own:
            return replace(entry, study_type=other.study_type, courses=other.courses)
    return entry


def _education_lines(entry: EducationEntry) -> set[int]:
    parts = (entry.study_type,) if entry.study_type else (entry.area, entry.institution)
    return {line for part in parts if part is not None for line in _lines_of(part)}


# ---- lists ------------------------------------------------------------------------------------


def _taken_over(
    entries: Sequence[Entry], rules: Sequence[Entry], name: Callable[[Entry], Found]
) -> tuple[Entry, ...]:
    """The rules' entry of the same line, under the models' name."""
    known: Mapping[int, Entry] = {_lines_of(name(other))[0]: other for other in rules}
    field = "title" if rules and hasattr(rules[0], "title") else "name"
    return tuple(
        replace(known[line], **{field: name(entry)})  # type: ignore[type-var]
        if (line := _lines_of(name(entry))[0]) in known
        else entry
        for entry in entries
    )


def _in_groups(skills: Sequence[SkillGroup], rules: Sequence[SkillGroup]) -> tuple[SkillGroup, ...]:
    """The models' skills under the headings that the rules have seen over them."""
    heading = {_start(word): group.name for group in rules for word in group.keywords}
    groups: dict[Found | None, list[Found]] = {}
    alone: list[SkillGroup] = []
    for skill in skills:
        name = heading.get(_start(skill.name)) if skill.name else None
        if name is None or skill.name is None:
            alone.append(skill)
        else:
            groups.setdefault(name, []).append(skill.name)
    named = [SkillGroup(name, keywords=tuple(found)) for name, found in groups.items()]
    return (*named, *alone)


def _start(found: Found) -> tuple[int, float]:
    """Where a value begins: its line, and from the left in points."""
    return found.words[0].line, found.words[0].word.box.x0


def _lines_of(found: Found) -> list[int]:
    return [word.line for word in found.words]
