"""Civil-status facts: read so that they can be redacted."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.fields.personal import find_personal
from resume_processor.parsing.passage import passage_of
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import Found, LabelledLine, PersonalDraft

#: Where such facts stand; elsewhere the same words mean something else.
_KINDS = frozenset({SectionKind.PERSONAL, SectionKind.HEADER, SectionKind.OTHER})


def read_personal(lines: Sequence[LabelledLine]) -> PersonalDraft:
    """The first statement of each fact; those of the personal section go first."""
    found: dict[str, Found] = {}
    ranked = sorted(lines, key=lambda line: line.kind is not SectionKind.PERSONAL)
    for line in ranked:
        if line.kind in _KINDS or line.kind is SectionKind.LANGUAGES:
            _read_line(line, found)
    return PersonalDraft(
        birth_date=found.get("birthDate"),
        nationality=found.get("nationality"),
        gender=found.get("gender"),
        marital_status=found.get("maritalStatus"),
    )


def _read_line(line: LabelledLine, found: dict[str, Found]) -> None:
    passage = passage_of(line)
    for fact in find_personal(passage.text):
        value = passage.cut(fact.start, fact.end).valued(fact.value, fact.rule, 0.9)
        if value is not None:
            found.setdefault(fact.field, value)
