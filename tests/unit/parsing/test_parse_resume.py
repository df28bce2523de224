"""What counts as a resume."""

import pytest

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import NotAResume
from resume_processor.parsing.parse_resume import parse_resume

RESUME = """Mira Vogel   DOSSIER
mira.vogel@example.org

01 CLINICAL HISTORY · EXPERIENCE

Jan 2019 - Mar 2023 Pharmacist
Example Clinics
- Led the dispensary of two wards and trained the new staff

02 EDUCATION

2012 - 2016 BSc Pharmacy
University of Example

03 LANGUAGES

English and German
"""


def parsed(text):
    return parse_resume(read_document(text.encode(), Limits()), fast=True)


def test_numbers_in_front_of_headings_are_no_reason_to_refuse():
    basics = parsed(RESUME).resume["basics"]
    assert (basics["name"], basics["email"]) == ("Mira Vogel", "mira.vogel@example.org")


def test_one_such_line_may_be_a_row_of_anything():
    order = "Order 4711 of mira.vogel@example.org\n\n02 Education\n\n12 Boxes\n\n7 Pens and ink\n"
    with pytest.raises(NotAResume):
        parsed(order)


def test_without_anybody_to_reach_it_is_none():
    with pytest.raises(NotAResume):
        parsed("Contents of the book\n\n02 EDUCATION\n\n03 LANGUAGES\n\n04 SKILLS\n")


def test_the_title_cv_is_no_country():
    basics = parsed(f"CV\n\n{RESUME}").resume["basics"]
    assert "countryCode" not in basics.get("location", {})
