import pytest

from evaluation.compare import (
    fold,
    same_date,
    same_email,
    same_long_text,
    same_name,
    same_phone,
    same_skill,
    same_text,
    same_url,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Société   Générale ", "societe generale"),
        ("C++ / C#", "c++ c#"),
        ("node_modules", "node modules"),
        ("...", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("same", "gold", "predicted", "expected"),
    [
        (same_text, "Data Analyst", "data analyst", True),
        (same_text, "Analyst, Data", "Data Analyst", True),
        (same_text, "Data Analyst", "Database Administrator", False),
        (same_text, "...", "", True),
        (same_name, "Kestrel Payments", "Kestrel Payments Ltd, Leeds", True),
        (same_name, "MIT", "MIT Media Lab and Partners", False),
        (same_skill, "C", "C++", False),
        (same_skill, "Go", "Git", False),
        (same_skill, "Kubernetes", "Kubernets", True),
        (same_date, "2018-06-01", "2018-06", True),
        (same_date, "2018", "2018-06", False),
        (same_date, "Present", "present", True),
        (same_phone, "+44 20 7946 0812", "020 7946 0812", True),
        (same_phone, "", "", False),
        (same_email, "A@B.example", "a@b.example", True),
        (same_url, "https://www.x.example/me/", "x.example/me", True),
        (same_long_text, "one two three four five", "one two three four six", True),
        (same_long_text, "one two three four five", "one two three", False),
    ],
)
def test_when_values_are_the_same(same, gold, predicted, expected):
    assert same(gold, predicted) is expected
