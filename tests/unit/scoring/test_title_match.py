"""Titles are compared by their words; rare words count more than common ones."""

import pytest

from resume_processor.scoring.criteria.title import SAME
from resume_processor.scoring.job_plan import plan_of
from resume_processor.scoring.months import Stretch, in_words, month_of, months_in, stretch_of
from resume_processor.scoring.score import JobRequirements
from resume_processor.scoring.title_match import is_below, likeness, rarity, trade_of


def _alike(asked, held):
    return likeness(trade_of(asked), trade_of(held))


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("Senior Backend Engineer", "Backend Developer"),
        ("Forklift Operator", "Forklift Driver"),
        ("Regional Manager", "Regional Sales Manager"),
        ("BD Manager", "Senior Business Development Manager"),
    ],
)
def test_the_same_trade(asked, held):
    assert _alike(asked, held) >= SAME


def test_a_common_word_alone_says_little():
    assert _alike("Branch Manager", "Sales Manager") < 400
    assert _alike("Chef", "Accountant") == 0
    assert rarity("forklift") > rarity("manag")


def test_who_develops_business_is_no_developer():
    assert _alike("Business Development Manager", "Software Engineer") == 0
    assert _alike("Software Engineer", "Business Development Associate") == 0


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Service/Maintenance Engineer", ["Service Engineer", "Maintenance Engineer"]),
        ("Sales Executive/Manager", ["Sales Executive", "Sales Manager"]),
        ("Sales Executive/Officer", ["Sales Executive"]),
        ("UI/UX Designer", ["UI Designer", "UX Designer"]),
        ("Nurse/Midwife", ["Nurse", "Midwife"]),
        ("Engineer/Architect", ["Engineer", "Architect"]),
        ("Crane Operator / Technician", ["Crane Operator", "Technician"]),
        ("/", []),
        ("Writer/", ["Writer"]),
    ],
)
def test_titles_around_a_slash_share_their_words(title, meant):
    assert plan_of(JobRequirements(title=title)).trades == tuple(map(trade_of, meant))


def test_near_trades_count_for_less():
    assert 400 <= _alike("Backend Engineer", "Software Engineer") < SAME


def test_an_assistant_is_below():
    assert is_below("Assistant Branch Manager")
    assert not is_below("Branch Manager")


def test_months():
    assert month_of("2018-03") == 2018 * 12 + 2
    assert month_of("soon") is None
    stretch = stretch_of("2018", "2020", None)
    assert stretch is not None
    assert stretch.months == 24
    assert stretch_of("2020-01", "2019-01", None) is None
    assert months_in([Stretch(0, 12), Stretch(6, 18)]) == 18
    assert in_words(37) == "3 years 1 month"
