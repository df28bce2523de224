"""Languages, personal facts, titles and organisations; all examples are invented."""

from __future__ import annotations

import pytest

from resume_processor.parsing.fields.fluency import find_languages
from resume_processor.parsing.fields.organisations import (
    looks_like_organisation,
    looks_like_school,
)
from resume_processor.parsing.fields.personal import find_personal
from resume_processor.parsing.fields.titles import looks_like_title


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        (
            "English (Fluent), Hindi - Native, French",
            [("English", "Fluent"), ("Hindi", "Native"), ("French", None)],
        ),
        (
            "Languages Known: English, Hindi and Tamil",
            [("English", None), ("Hindi", None), ("Tamil", None)],
        ),
        ("Fluent in English and French", [("English", "Fluent"), ("French", "Fluent")]),
        ("English – Read, Write, Speak", [("English", "Read, Write, Speak")]),
        ("Deutsch: Muttersprache", [("Deutsch", "Muttersprache")]),
        ("Anglais courant", [("Anglais", "courant")]),
        ("英语（熟练）、日语", [("英语", "熟练"), ("日语", None)]),
        ("Native Spanish speaker", [("Spanish", "Native")]),
        ("Java, Python", []),
    ],
)
def test_languages(text: str, languages: list[tuple[str, str | None]]) -> None:
    found = find_languages(text)

    assert [(f.language, f.fluency) for f in found] == languages
    assert all(text[f.start : f.end] == f.language for f in found)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Date of Birth : 12th May 1990", {"birthDate": "1990-05-12"}),
        (
            "DOB: 12/05/1990  Gender: Male  Marital Status: Single",
            {"birthDate": "1990-05-12", "gender": "Male", "maritalStatus": "Single"},
        ),
        ("Nationality: Indian", {"nationality": "Indian"}),
        ("Nationality/Religion :- Indian / Hindu", {"nationality": "Indian"}),
        ("Né le 12 mai 1990", {"birthDate": "1990-05-12"}),
        ("Geburtsdatum 12.05.1990", {"birthDate": "1990-05-12"}),
        ("Staatsangehörigkeit: deutsch", {"nationality": "deutsch"}),
        ("Familienstand: ledig", {"maritalStatus": "ledig"}),
        ("Estado civil: Casada", {"maritalStatus": "Casada"}),
        ("Data de nascimento: 12/05/1990", {"birthDate": "1990-05-12"}),
        ("Situation familiale : célibataire", {"maritalStatus": "célibataire"}),
        (
            "Gender : FemaleDate of Birth : 12 June 1993",
            {"gender": "Female", "birthDate": "1993-06-12"},
        ),
        ("Sex\nMale", {"gender": "Male"}),
        ("Sexe : féminin", {"gender": "féminin"}),
        ("性别：男", {"gender": "男"}),
        ("出生日期：1988年3月3日", {"birthDate": "1988-03-03"}),
        ("Married, 2 children", {"maritalStatus": "Married"}),
        ("Single page applications in Angular", {}),
        ("Managed the national team of 12", {}),
    ],
)
def test_personal_facts(text: str, facts: dict[str, str]) -> None:
    assert {fact.field: fact.value for fact in find_personal(text)} == facts


@pytest.mark.parametrize(
    "text",
    [
        "Senior Software Engineer",
        "Chef de projet",
        "Leiter Vertrieb",
        "Sr. Accountant",
        "软件工程师",
    ],
)
def test_titles(text: str) -> None:
    assert looks_like_title(text) >= 0.5


@pytest.mark.parametrize("text", ["Developed the process", "Education", "Jane Doe", "Acme Ltd."])
def test_no_titles(text: str) -> None:
    assert looks_like_title(text) < 0.5


@pytest.mark.parametrize("text", ["Acme Solutions Pvt. Ltd.", "Muster GmbH", "Globex Bank"])
def test_organisations(text: str) -> None:
    assert looks_like_organisation(text) >= 0.5


@pytest.mark.parametrize("text", ["Software Engineer", "Managed a team of five", "Work Experience"])
def test_no_organisations(text: str) -> None:
    assert looks_like_organisation(text) < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "University of Fooville",
        "St. Foo's High School",
        "Foo Inter College",
        "Lycée Foo",
        "CBSE Board",
    ],
)
def test_schools(text: str) -> None:
    assert looks_like_school(text) >= 0.5


@pytest.mark.parametrize("text", ["Acme Ltd.", "Software Engineer", "Jane Doe"])
def test_no_schools(text: str) -> None:
    assert looks_like_school(text) < 0.5
