"""Figures by format, beside those of the same people's PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.by_format import figures_by_format, format_table
from evaluation.corpus import Case
from evaluation.metrics import Counts

FOUND, MISSED = {"name": Counts(1, 1, 1)}, {"name": Counts(0, 0, 1)}


def case(stem: str, name: str | None) -> Case:
    return Case(Path(stem).stem, Path(stem), {"basics": {"name": name}})


@pytest.fixture
def rows():
    cases = [
        case("a.pdf", "Mira Okafor"),
        case("b.pdf", "Someone Else"),
        case("c.docx", "Mira  OKAFOR"),
        case("d.DOCX", "In no PDF"),
    ]
    return figures_by_format(cases, [FOUND, MISSED, MISSED, FOUND])


def test_contact_stands_beside_that_of_the_same_people(rows):
    docx, pdf = rows
    assert (docx.format, docx.documents, docx.shared) == ("docx", 2, 1)
    assert (docx.contact, docx.contact_of_pdf) == (0.0, 1.0)
    assert (pdf.format, pdf.shared) == ("pdf", 2)


def test_table_has_a_line_for_each_format(rows):
    head, docx, pdf = format_table(rows).splitlines()
    assert head.split()[:3] == ["format", "docs", "contact"]
    assert docx.split()[0] == "docx"
    assert pdf.split()[-1] == "0.667"


def test_without_a_pdf_there_is_nothing_to_compare():
    (only,) = figures_by_format([case("a.txt", "Mira")], [FOUND])
    assert only.shared == 0
    assert format_table([only]).splitlines()[1].split()[-1] == "0"


def test_a_person_without_a_name_is_nobody():
    txt = figures_by_format([case("a.pdf", None), case("b.txt", None)], [FOUND, FOUND])[1]
    assert txt.shared == 0
