"""Confidences against what was right, and their correction."""

import random

import pytest

from evaluation.calibrate import corrected, crossed, fit
from evaluation.reliability import Rated, bins, expected_error, rate, reliability_table

RECORD = {
    "basics": {"name": "Ada Example"},
    "skills": [{"name": "SQL"}, {"name": "Tools", "keywords": ["Git", "Juggling"]}],
    "work": [{"name": "Northgate", "position": "Cook", "startDate": "2019"}],
}
GOLD = {
    "basics": {"name": "Ada Example"},
    "skills": ["SQL", "Git"],
    "work": [
        {"name": "Northgate", "position": "Chef", "startDate": "2019", "endDate": "present"},
    ],
}
POINTERS = (
    "/basics/name",
    "/skills/0/name",
    "/skills/1/keywords/0",
    "/skills/1/keywords/1",
    "/work/0/name",
    "/work/0/position",
    "/work/0/startDate",
)
FULL = {"evidence": {pointer: {"rule": "r", "confidence": 0.9} for pointer in POINTERS}}


def test_each_value_is_judged_with_its_own_evidence():
    told = [(one.field, one.right) for one in rate(GOLD, RECORD, FULL)]
    assert told == [
        ("name", True),
        ("skills", True),
        ("skills", True),
        ("skills", False),
        ("work.name", True),
        ("work.position", False),
        ("work.startDate", True),
    ]


def test_a_value_without_evidence_is_not_rated():
    assert rate(GOLD, RECORD, {"evidence": {}}) == []


def rated(confidence, right, count, field="skills", rule="r"):
    return [Rated(field, rule, confidence, n < right) for n in range(count)]


def test_bins_say_what_was_given_and_what_was_right():
    low, high = bins([*rated(0.55, 3, 10), *rated(1.0, 9, 10)])
    assert (low.low, low.high, low.count, low.right) == (0.5, 0.6, 10, 0.3)
    assert (high.low, high.high, high.confidence, high.right) == (0.95, 1.0, 1.0, 0.9)
    assert expected_error([*rated(0.55, 3, 10), *rated(1.0, 9, 10)]) == pytest.approx(0.175)
    assert "expected calibration error 0.000" in reliability_table([])


@pytest.fixture
def overconfident():
    """Documents of values given 0.95 of which 60 % (one rule) and 90 % (another) are right."""
    chance = random.Random(4)
    return [
        [
            Rated("skills", rule, 0.95, chance.random() < share)
            for rule, share in (("a", 0.6), ("b", 0.9))
            for _ in range(10)
        ]
        for _ in range(60)
    ]


def test_the_correction_learns_each_rules_own_share(overconfident):
    made = fit([one for document in overconfident for one in document])
    assert made.of("skills", "a", 0.95) == pytest.approx(0.6, abs=0.07)
    assert made.of("skills", "b", 0.95) == pytest.approx(0.9, abs=0.07)


def test_the_correction_holds_on_documents_that_it_was_not_fitted_to(overconfident):
    before = expected_error([one for document in overconfident for one in document])
    assert before > 0.15
    assert expected_error(crossed(overconfident)) < 0.07


def test_corrected_values_stay_what_they_are():
    values = rated(0.9, 1, 2)
    changed = corrected(values, fit(values))
    assert [one.right for one in changed] == [True, False]
