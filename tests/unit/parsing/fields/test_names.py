"""Names of invented people, and texts that are no names."""

from __future__ import annotations

import pytest

from resume_processor.parsing.fields.names import clean_name, looks_like_name


@pytest.mark.parametrize(
    "text",
    [
        "JANE DOE",
        "Dr. Priya K. Sharma, MBA",
        "Jürgen von der Heide",
        "Rajesh Kumar",
        "S. Venkatesh",
        "M.Arun",
        "王小明",
        "smith, anna",
        "María José García López",
    ],
)
def test_names(text: str) -> None:
    assert looks_like_name(text) >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Software Engineer",
        "Curriculum Vitae",
        "Microsoft Office",
        "Oxford University",
        "New York",
        "jane@example.com",
        "12 Main Street",
        "Developed the new payroll system",
        "Work Experience",
        "",
    ],
)
def test_no_names(text: str) -> None:
    assert looks_like_name(text) < 0.5


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dr. Priya K. Sharma, MBA", "Priya K. Sharma"),
        ("Name: Jürgen von der Heide", "Jürgen von der Heide"),
        ("Resume of John Smith", "John Smith"),
        ("Herr Max Muster", "Max Muster"),
        ("Jane Doe PhD", "Jane Doe"),
        ("K A T E   D O E", "KATE DOE"),
        ("Jane Doe - Curriculum Vitae", "Jane Doe"),
        ("John Smith Jr.", "John Smith Jr."),
    ],
)
def test_a_name_is_freed_of_what_stands_around_it(text: str, name: str) -> None:
    assert clean_name(text) == name
