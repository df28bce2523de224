"""The candidate's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from resume_processor.parsing.fields.locations import looks_like_location
from resume_processor.parsing.fields.names import clean_name, looks_like_name
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.passage import Passage, passage_of
from resume_processor.parsing.reach import without_reach
from resume_processor.parsing.rows import columns_of
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.segment import is_title
from resume_processor.parsing.values import Found, LabelledLine

#: The name stands among the first lines of the document, or signs it among the last.
_FIRST_LINES, _LAST_LINES = 12, 6
#: From this likeness on a text is a name: at the top, behind "Name:", under a declaration.
_LIKENESS, _LABELLED, _SIGNED = 0.45, 0.2, 0.75
_NO_NAME = re.compile(
    r"^\W*dear\b|\b(?:university|college|school|institute|vitae)\b|\.$", re.IGNORECASE
)
#: Anonymised documents print this instead of employers; they name nobody.
_ANONYMOUS = re.compile(r"\bcompany ?name\b.*\bcity\b|\bcity ?, ?state\b", re.IGNORECASE)
#: Above this a name at the top is surer than one behind a label.
_SURE = 0.8
_NAME_LABELS = frozenset(
    {
        "name",
        "full name",
        "candidate name",
        "name of candidate",
        "nom",
        "nom et prénom",
        "nombre",
        "nombre completo",
        "nome",
        "nome completo",
        "imię i nazwisko",
        "姓名",
    }
)


def find_name(lines: Sequence[LabelledLine]) -> Found | None:
    """The best candidate among the first lines, behind a label "Name", or in the signature.

    None in a document that prints placeholders instead of names.
    """
    if any(_ANONYMOUS.search(line.text) for line in lines):
        return None
    top = max(_at_the_top(_top_of(lines)), key=lambda c: c[0], default=None)
    if top is not None and top[0] >= _SURE:
        return _named(top[1], "name.header", 0.95)
    behind = _by_label(lines)
    if behind is not None:
        return behind
    if top is not None and top[0] >= _LIKENESS:
        return _named(top[1], "name.header", 0.8)
    return _signature(lines[-_LAST_LINES:])


def _top_of(lines: Sequence[LabelledLine]) -> list[LabelledLine]:
    """The first lines; before them, those that head a second column of the first page."""
    beside = [
        line
        for line in lines[_FIRST_LINES:]
        if line.kind is SectionKind.HEADER and line.line.page == 1
    ]
    return [*beside[:_FIRST_LINES], *lines[:_FIRST_LINES]]


def _named(passage: Passage, rule: str, confidence: float) -> Found | None:
    return passage.valued(clean_name(passage.text), rule, confidence)


def _at_the_top(lines: Sequence[LabelledLine]) -> Iterator[tuple[float, Passage]]:
    """Candidates with how much they look like the name: by their words, size and place."""
    body = [line for line in lines if not line.is_heading and not is_title(line.line)]
    largest = max((line.line.size for line in body), default=0.0)
    for number, line in enumerate(body):
        prominence = 0.15 * (line.line.size >= largest) + 0.05 * line.line.bold
        place = max(0.1 - 0.05 * number, -0.03 * number)
        for column in columns_of(line):
            for passage in without_reach(column.passage)[:1]:
                likeness = _likeness(passage)
                if likeness:
                    yield likeness + prominence + place, passage


def _likeness(passage: Passage) -> float:
    if looks_like_location(passage.text) >= _SURE or _NO_NAME.search(passage.text):
        return 0.0
    return looks_like_name(clean_name(passage.text) or passage.text)


def _by_label(lines: Sequence[LabelledLine]) -> Found | None:
    for line in lines:
        if line.kind is SectionKind.REFERENCES:
            continue
        for passage in [passage_of(line), *(column.passage for column in columns_of(line))]:
            label = labelled(passage)
            if label and label.label in _NAME_LABELS and _likeness(label.value) >= _LABELLED:
                return _named(label.value, "name.label", 0.9)
    return None


def _signature(lines: Sequence[LabelledLine]) -> Found | None:
    """The name that stands under the declaration, often in brackets."""
    for line in lines:
        if line.kind is not SectionKind.OTHER:
            continue
        for column in columns_of(line):
            passage = column.passage
            bracket = passage.text.find("(")
            if bracket >= 0:
                passage = passage.cut(bracket + 1, len(passage.text.rstrip(" )")))
            if passage.words and _likeness(passage) >= _SIGNED:
                return _named(passage, "name.signature", 0.7)
    return None
