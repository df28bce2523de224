"""The hardest documents are told by their form."""

import pytest

from evaluation.forms import HEAD, form_of, least_sure
from evaluation.reliability import Rated
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document

TEXT = b"""Ada Northwood
ada@example.org

Skills
- SQL and Git and Go
- Juggling
"""


def test_a_form_says_how_a_document_looks():
    form = form_of(read_document(TEXT, Limits()))
    assert (form.kind, form.pages, form.columns, form.headings) == ("plain", 1, 1, 1)
    assert form.bulleted == pytest.approx(2 / 5)
    assert form.in_tables == 0.0


def test_the_least_sure_come_first_and_nobody_is_named(tmp_path):
    paths = [tmp_path / "ada-northwood.txt", tmp_path / "other.txt", tmp_path / "empty.txt"]
    for path in paths:
        path.write_bytes(TEXT)
    values = [
        [Rated("skills", "r", 0.9, right=True)],
        [Rated("skills", "r", 0.3, right=False), Rated("name", "r", 0.5, right=True)],
        [],
    ]
    head, first, second = least_sure(paths, values, most=5).splitlines()
    assert head == HEAD
    assert first.split()[-3:] == ["2", "0.40", "0.50"]
    assert second.split()[-3:] == ["1", "0.90", "1.00"]
    assert "ada" not in first + second
