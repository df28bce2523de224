from __future__ import annotations

from collections.abc import Callable

import pytest

from resume_processor.parsing.home import find_home
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import LabelledLine

Build = Callable[[SectionKind, str], list[LabelledLine]]


@pytest.mark.parametrize("separator", ["•", "|", "·"])
def test_a_row_of_contact_data_names_the_country_by_its_code(
    lines_as: Build, separator: str
) -> None:
    row = f"ida.moser@example.com {separator} Genève, CH {separator} idamoser.example"
    home = find_home(lines_as(SectionKind.HEADER, row), None)
    assert home.city is not None
    assert home.city.text == "Genève"
    assert home.country_code is not None
    assert home.country_code.text == "CH"
    assert [placed.word.text for placed in home.country_code.words] == ["CH"]


@pytest.mark.parametrize(
    "row",
    [
        "Manager, IT | Payroll, HR | Leeds",  # departments, not Italy and Croatia
        "ida.moser@example.com | Austin, TX | idamoser.example",
        "ida.moser@example.com | Oakland, CA | idamoser.example",  # a state, not Canada
    ],
)
def test_letters_in_a_row_that_are_no_country_name_none(lines_as: Build, row: str) -> None:
    assert find_home(lines_as(SectionKind.HEADER, row), None).country_code is None
