"""Projects of a section of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from resume_processor.parsing.dating import dates_in
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.lists import is_marked
from resume_processor.parsing.passage import Passage, fold, joined, passage_of
from resume_processor.parsing.values import LabelledLine, ProjectEntry

_TITLE_LABEL = re.compile(
    r"^(?:.{0,12}\b)?(?:projects?(?: (?:name|title|undertaken|work|no))?|title|name|topic|"
    r"projet|projekt|proyecto|projeto)\b"
    r".{0,12}$",
    re.IGNORECASE,
)
_FIELD_LABEL = re.compile(
    r"description|role|team|duration|environment|technolog|tools|client|responsib|platform|software|"
    r"company|organi|location|period|language|operating|guide|hardware|front|back|database|objective|abstract",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\w{3,}\.\s*$")
#: A title has at most so many words.
_TITLE_WORDS = 16


@dataclass(frozen=True, slots=True)
class _Part:
    title: Passage
    lines: tuple[LabelledLine, ...]
    rule: str


def read_projects(lines: Sequence[LabelledLine]) -> tuple[ProjectEntry, ...]:
    """One entry for each title: labelled ones where there are labels, else lines that look it."""
    entries = (_entry(part) for part in _by_label(lines) or _by_look(lines))
    return tuple(entry for entry in entries if entry is not None)


def _by_label(lines: Sequence[LabelledLine]) -> list[_Part]:
    titles: list[tuple[int, Passage]] = []
    for index, line in enumerate(lines):
        label = labelled(passage_of(line))
        if label and _TITLE_LABEL.match(label.label) and label.value.says_something:
            titles.append((index, label.value))
    return _parts(lines, titles, "projects.label") if titles else []


def _by_look(lines: Sequence[LabelledLine]) -> list[_Part]:
    titles = [(i, passage_of(line)) for i, line in enumerate(lines) if _is_title(lines, i)]
    return _parts(lines, titles, "projects.title") if titles else []


def _parts(
    lines: Sequence[LabelledLine], titles: Sequence[tuple[int, Passage]], rule: str
) -> list[_Part]:
    ends = [index for index, _ in titles[1:]] + [len(lines)]
    return [
        _Part(title, tuple(lines[index + 1 : end]), rule)
        for (index, title), end in zip(titles, ends, strict=True)
    ]


def _is_title(lines: Sequence[LabelledLine], index: int) -> bool:
    line = lines[index]
    text = line.text
    label = labelled(passage_of(line))
    if label is not None and _FIELD_LABEL.search(label.label):
        return False
    if len(text.split()) > _TITLE_WORDS or _SENTENCE.search(text) or text[:1].islower():
        return False
    if any(is_marked(other) for other in lines) and is_marked(line):
        return not any(not is_marked(other) for other in lines)
    distinct = any(other.line.bold for other in lines) and not all(o.line.bold for o in lines)
    return (
        line.line.bold if distinct else index == 0 or lines[index - 1].line.block != line.line.block
    )


def _described(body: Passage) -> Passage:
    """The text without the label "Description:" in front of it."""
    label = labelled(body)
    return label.value if label and label.label.endswith("description") else body


def _entry(part: _Part) -> ProjectEntry | None:
    dates, rest = dates_in(part.title)
    if not rest:
        return None
    title = rest[0].found(part.rule, 0.55)
    body = _described(joined(part.lines))
    description = body.valued(fold(body.text), "entry.summary", 0.6)
    return ProjectEntry(title, dates, description) if title else None
