"""Figures by the format of the documents, beside those of the same people's PDFs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.compare import fold
from evaluation.corpus import Case
from evaluation.metrics import GROUPS, Counts, Figure, summarise
from evaluation.records import from_gold

#: Counts by field of one document.
FieldCounts = Mapping[str, Counts]


@dataclass(frozen=True, slots=True)
class FormatFigures:
    """Figures of all documents of a format, and contact F1 against the same people's PDFs."""

    format: str
    documents: int
    figures: Mapping[str, Figure]
    shared: int  #: documents whose person has a PDF, too
    contact: float  #: F1 of these documents
    contact_of_pdf: float  #: F1 of these people's PDFs


def figures_by_format(
    cases: Sequence[Case], counts: Sequence[FieldCounts]
) -> tuple[FormatFigures, ...]:
    """A row for each suffix, by name; ``counts`` stand in the order of ``cases``."""
    by_format: dict[str, list[tuple[str, FieldCounts]]] = {}
    pdfs: dict[str, list[FieldCounts]] = {}
    for case, found in zip(cases, counts, strict=True):
        suffix = case.document.suffix.lower().lstrip(".")
        person = person_of(case)
        by_format.setdefault(suffix, []).append((person, found))
        if suffix == "pdf" and person:
            pdfs.setdefault(person, []).append(found)
    return tuple(_row(name, rows, pdfs) for name, rows in sorted(by_format.items()))


def person_of(case: Case) -> str:
    """The name in the gold, folded; empty where it says none."""
    names = from_gold(case.gold).values.get("name", [])
    return fold(names[0]) if names else ""


def _row(
    name: str, rows: Sequence[tuple[str, FieldCounts]], pdfs: Mapping[str, Sequence[FieldCounts]]
) -> FormatFigures:
    shared = [(person, found) for person, found in rows if person in pdfs]
    people = dict.fromkeys(person for person, _ in shared)
    return FormatFigures(
        format=name,
        documents=len(rows),
        figures=summarise([found for _, found in rows]),
        shared=len(shared),
        contact=_contact([found for _, found in shared]),
        contact_of_pdf=_contact([found for person in people for found in pdfs[person]]),
    )


def _contact(counts: Sequence[FieldCounts]) -> float:
    return summarise(counts)["= contact"].f1 if counts else 0.0


def format_table(rows: Sequence[FormatFigures]) -> str:
    """The rows as lines of text: F1 by group, then contact F1 beside that of the people's PDFs."""
    names = [f"= {group}" for group in GROUPS] + ["== overall"]
    head = "".join(f"{name.strip('= ')[:9]:>10}" for name in names)
    lines = [f"{'format':8}{'docs':>5}{head}{'same people':>13}{'contact':>9}{'their PDF':>11}"]
    for row in rows:
        figures = "".join(f"{row.figures[name].f1:10.3f}" for name in names)
        same = f"{row.shared:13}"
        if row.shared:
            same += f"{row.contact:9.3f}{row.contact_of_pdf:11.3f}"
        lines.append(f"{row.format:8}{row.documents:5}{figures}{same}")
    return "\n".join(lines)
