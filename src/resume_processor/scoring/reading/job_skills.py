"""The skills that statements ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resume_processor.scoring.reading.job_lines import About, Statement
from resume_processor.scoring.reading.job_years import times_in
from resume_processor.scoring.score import SkillRequirement
from resume_processor.skills.find_skills import SkillSpan, find_skills
from resume_processor.skills.taxonomy import KINDS, ConceptKind
from resume_processor.skills.taxonomy_file import load_taxonomy


def skills_in(asking: Sequence[Statement]) -> tuple[SkillRequirement, ...]:
    """Each skill once, in the order of the text; a must where any statement makes it one.

    A skill that only the duties name is nice to have. "3 years of Python" asks for months.
    """
    found: dict[str, SkillRequirement] = {}
    for statement in asking:
        for asked in _asked(statement):
            known = found.get(asked.name)
            if known is None or (asked.required and not known.required):
                found[asked.name] = asked
    return tuple(found.values())


def _asked(statement: Statement) -> Iterator[SkillRequirement]:
    must = statement.about is About.REQUIRED
    spans = [
        span for span in find_skills(statement.text) if _kind(span) is not ConceptKind.LANGUAGE
    ]
    for span in spans:
        months = _months_for(span, spans, statement.text)
        yield SkillRequirement(span.name, must, statement.text, months)


def _kind(span: SkillSpan) -> ConceptKind:
    return KINDS[load_taxonomy().kinds[span.number]]


#: How far behind a time its skill may begin: "5 years of professional experience with Python".
_REACH = 50


def _months_for(span: SkillSpan, spans: list[SkillSpan], text: str) -> int | None:
    """The time that stands right before a skill, if no other skill stands between."""
    for time in times_in(text):
        between = [one for one in spans if time.end <= one.start < span.start]
        if 0 <= span.start - time.end <= _REACH and not between:
            return time.months
    return None
