"""Degrees and grades; all examples are invented."""

from __future__ import annotations

import pytest

from resume_processor.parsing.fields.degrees import find_degree, level_of
from resume_processor.parsing.fields.scores import find_score

DEGREES = [
    ("B.Tech in Mechanical Engineering", "bachelor", "B.Tech", "Mechanical Engineering"),
    ("Bachelor of Commerce", "bachelor", "Bachelor of Commerce", "Commerce"),
    (
        "Bachelor of Science in Physics, Foo University",
        "bachelor",
        "Bachelor of Science",
        "Physics",
    ),
    ("MBA (Finance & Marketing)", "master", "MBA", "Finance & Marketing"),
    ("SSC (10th)", "secondary", "SSC (10th)", None),
    ("Class XII", "secondary", "Class XII", None),
    ("10th", "secondary", "10th", None),
    ("HSC - 12th", "secondary", "HSC - 12th", None),
    ("B.E. (Mechanical) from Foo University", "bachelor", "B.E.", "Mechanical"),
    ("Master Marketing", "master", "Master", "Marketing"),
    ("Licenciatura en Derecho", "bachelor", "Licenciatura", "Derecho"),
    ("Abitur", "secondary", "Abitur", None),
    ("Baccalauréat S", "secondary", "Baccalauréat S", None),
    (
        "Bachelor of Technology (B.Tech) in ECE",
        "bachelor",
        "Bachelor of Technology (B.Tech)",
        "ECE",
    ),
    ("Ph.D. in Physics", "doctorate", "Ph.D.", "Physics"),
    ("B.Sc Physics", "bachelor", "B.Sc", "Physics"),
    ("BTS Comptabilité", "associate", "BTS", "Comptabilité"),
    ("Diplom-Informatiker", "master", "Diplom-Informatiker", None),
    ("Graduação em Engenharia Civil", "bachelor", "Graduação", "Engenharia Civil"),
    ("Magister, Informatyka", "master", "Magister", "Informatyka"),
    ("High School Diploma", "secondary", "High School Diploma", None),
    ("A levels", "secondary", "A levels", None),
    ("I.T.I. electrical", "vocational", "I.T.I.", "electrical"),
    ("本科", "bachelor", "本科", None),
    ("XII", "secondary", "XII", None),
    ("Allgemeine Hochschulreife (Abitur)", "secondary", "Allgemeine Hochschulreife (Abitur)", None),
    ("Ausbildung zur Industriekauffrau", "vocational", "Ausbildung zur Industriekauffrau", None),
    ("Master 2 Droit des affaires", "master", "Master 2", "Droit des affaires"),
    ("Licence d'informatique", "bachelor", "Licence", "informatique"),
    ("Baccalauréat scientifique, mention bien", "secondary", "Baccalauréat scientifique", None),
    ("Grado en Derecho", "bachelor", "Grado", "Derecho"),
    ("Técnico em Enfermagem", "vocational", "Técnico", "Enfermagem"),
    ("Mestrado em Gestão", "master", "Mestrado", "Gestão"),
]


@pytest.mark.parametrize(("text", "level", "study_type", "area"), DEGREES)
def test_degrees(text: str, level: str, study_type: str, area: str | None) -> None:
    degree = find_degree(text)

    assert degree is not None
    assert (degree.level, degree.study_type, degree.area) == (level, study_type, area)
    assert text[degree.start : degree.end].startswith(degree.study_type[:3])
    assert level_of(text) == level


@pytest.mark.parametrize("text", ["MS Office", "Let me be", "Software Engineer", "as of today", ""])
def test_no_degree(text: str) -> None:
    assert find_degree(text) is None
    assert level_of(text) is None


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("CGPA: 8.1/10", "CGPA: 8.1/10"),
        ("GPA 3.8/4.0", "GPA 3.8/4.0"),
        ("with 78.5% marks", "78.5% marks"),
        ("First Class with Distinction", "First Class with Distinction"),
        ("Note: 1,3", "Note: 1,3"),
        ("Grade: A+", "A+"),
        ("Aggregate - 64.3 %", "64.3 %"),
        ("Mention Bien", "Mention Bien"),
        ("7.26 CGPA", "7.26 CGPA"),
        ("marks 344/500", "344/500"),
    ],
)
def test_scores(text: str, score: str) -> None:
    found = find_score(text)

    assert found is not None
    assert found.value == score
    assert " ".join(text[found.start : found.end].split()) == score


@pytest.mark.parametrize("text", ["2015", "2014/2015", "Foo College", "Phone 12345", ""])
def test_no_score(text: str) -> None:
    assert find_score(text) is None
