"""The skills that statements ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from resume_processor.scoring.reading.job_degrees import degree_in
from resume_processor.scoring.reading.job_headings import About
from resume_processor.scoring.reading.job_lines import Statement
from resume_processor.scoring.reading.job_years import times_in
from resume_processor.scoring.score import SkillRequirement
from resume_processor.skills.find_skills import SkillSpan, find_skills
from resume_processor.skills.taxonomy import ConceptKind
from resume_processor.skills.taxonomy_file import load_taxonomy

#: An advertisement that names fewer skills than this outside of its duties has said them there.
FEW = 3


def skills_in(asking: Sequence[Statement]) -> tuple[SkillRequirement, ...]:
    """Each skill once, in the order of the text; a must where any statement makes it one.

    The duties are asked only where the rest names hardly any skill; what they name is nice to have.
    "3 years of Python" asks for months.
    """
    found = _found(one for one in asking if one.about is not About.DUTIES)
    if len(found) < FEW:
        found = {**_found(one for one in asking if one.about is About.DUTIES), **found}
    return tuple(found.values())


def _found(statements: Iterable[Statement]) -> dict[str, SkillRequirement]:
    found: dict[str, SkillRequirement] = {}
    for statement in statements:
        for asked in _asked(statement):
            known = found.get(asked.name)
            if known is None or (asked.required and not known.required):
                found[asked.name] = asked
    return found


def _asked(statement: Statement) -> Iterator[SkillRequirement]:
    must = statement.about is About.REQUIRED
    spans = _spans(statement.text)
    for group in _groups(spans, statement.text):
        names = tuple(dict.fromkeys(span.name for span in group))
        months = _months_for(group[0], spans, statement.text)
        yield SkillRequirement(names[0], must, statement.text, months, names[1:])


def _spans(text: str) -> list[SkillSpan]:
    """Skills, but not languages and not fields of study."""
    degree = degree_in(text)
    fields = degree.spans if degree else ()
    return [
        span
        for span in find_skills(text)
        if load_taxonomy().concept(span.number).kind is not ConceptKind.LANGUAGE
        and not any(start <= span.start < stop for start, stop in fields)
    ]


def _groups(spans: Sequence[SkillSpan], text: str) -> list[list[SkillSpan]]:
    """Skills of which one is enough stand together: "Java, Go or Rust", "such as Git, SVN"."""
    groups: list[list[SkillSpan]] = []
    for run in _runs(spans, text):
        between = text[run[0].end : run[-1].start]
        before = text[max(0, run[0].start - _REACH) : run[0].start]
        if _OR.search(between) or (len(run) > 1 and _ANY_OF.search(before)):
            groups.append(run)
        else:
            groups += [[span] for span in run]
    return groups


def _runs(spans: Sequence[SkillSpan], text: str) -> list[list[SkillSpan]]:
    """Skills with only commas, slashes and "or" between them."""
    runs: list[list[SkillSpan]] = []
    for span in spans:
        if runs and _LIST_GAP.fullmatch(text, runs[-1][-1].end, span.start):
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


_OR = re.compile(r"\b(?:or|oder|ou)\b", re.IGNORECASE)
_LIST_GAP = re.compile(r"\s*(?:,|/|\band/or\b|,?\s*\b(?:or|oder|ou)\b)\s*", re.IGNORECASE)
_ANY_OF = re.compile(
    r"\b(?:one (?:or more )?(?:of|\w+)|at least one|any of|either|such as|e\.?g\.?,?|for "
    r"example|like)\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
#: How far behind a time its skill may begin: "5 years of professional experience with Python".
_REACH = 50


def _months_for(span: SkillSpan, spans: Sequence[SkillSpan], text: str) -> int | None:
    """The time that stands right before a skill, if no other skill stands between."""
    for time in times_in(text):
        between = [one for one in spans if time.end <= one.start < span.start]
        if 0 <= span.start - time.end <= _REACH and not between:
            return time.months
    return None
