"""Named referees. Their employers, phones and addresses are not the candidate's."""

from __future__ import annotations

from collections.abc import Sequence

from resume_processor.parsing.fields.names import clean_name, looks_like_name
from resume_processor.parsing.labels import labelled
from resume_processor.parsing.passage import Passage
from resume_processor.parsing.rows import rows_of
from resume_processor.parsing.values import LabelledLine, ReferenceEntry

#: From this likeness on a line is taken for a name.
_LIKENESS = 0.6


def read_references(lines: Sequence[LabelledLine]) -> tuple[ReferenceEntry, ...]:
    """One entry for each referee whose name is given."""
    entries = []
    for row in rows_of(lines):
        for column in row.columns:
            entry = _entry(column.passage)
            entries += [entry] if entry else []
    return tuple(entries)


def _entry(passage: Passage) -> ReferenceEntry | None:
    label = labelled(passage)
    if label is not None and label.label != "name":
        return None
    value = label.value if label else passage
    first = value.text.split(",")[0]
    name = clean_name(first)
    if not name or looks_like_name(name) < _LIKENESS:
        return None
    found = value.cut(0, len(first)).valued(name, "references.name", 0.7)
    return ReferenceEntry(found) if found else None
