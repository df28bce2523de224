"""The candidate's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resume_processor.parsing.fields.names import clean_name, looks_like_name
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.passage import Passage
from resume_processor.parsing.rows import columns_of
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import Found, LabelledLine

#: The name stands among the first lines of the document.
_FIRST_LINES = 12
#: From this likeness on a line is taken for a name.
_LIKENESS = 0.45
_NAME_LABELS = frozenset(
    {
        "name",
        "full name",
        "candidate name",
        "name of candidate",
        "nom",
        "nombre",
        "nome",
        "imię i nazwisko",
    }
)


def find_name(lines: Sequence[LabelledLine]) -> Found | None:
    """The best candidate among the first lines, else the one behind a label "Name"."""
    ranked = sorted(_candidates(lines[:_FIRST_LINES]), key=lambda c: -c[0])
    if ranked and ranked[0][0] >= _LIKENESS:
        score, passage = ranked[0]
        return passage.valued(clean_name(passage.text), "name.header", min(0.95, 0.5 + score / 2))
    return _by_label(lines)


def _candidates(lines: Sequence[LabelledLine]) -> Iterator[tuple[float, Passage]]:
    largest = max((line.line.size for line in lines), default=0.0)
    for number, line in enumerate(lines):
        if line.is_heading:
            continue
        for column in columns_of(line):
            label = labelled(column.passage)
            passage = label.value if label and label.label in _NAME_LABELS else column.passage
            likeness = looks_like_name(clean_name(passage.text) or passage.text)
            prominence = 0.15 * (line.line.size >= largest) + 0.05 * line.line.bold
            yield likeness + prominence - 0.03 * number if likeness else 0.0, passage


def _by_label(lines: Sequence[LabelledLine]) -> Found | None:
    for line in lines:
        for column in columns_of(line):
            label = labelled(column.passage)
            if label and label.label in _NAME_LABELS and line.kind is not SectionKind.REFERENCES:
                return label.value.valued(clean_name(label.value.text), "name.label", 0.85)
    return None
