"""Rates and impact ratios against numbers computed by hand, and against the rules' own example."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from resume_processor.errors import InvalidRequest
from resume_processor.fairness.rates import Individual, median_of, scoring, selection, table
from resume_processor.fairness.report import Sample, fairness_report, report_to_json
from resume_processor.fairness.tables import read_decisions, read_declarations, read_scores
from resume_processor.workflow.assess_fairness import sample_of_files
from tests.unit.fairness.worked_example import DECISIONS, GROUPS, SCORES, assert_worked_out

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def report_of(people, justification=None):
    sample = Sample(people=people, declared=len(people), matched=len(people))
    return report_to_json(fairness_report(sample, NOW, justification))


def test_the_worked_example():
    sample = sample_of_files(
        read_declarations(GROUPS), read_decisions(DECISIONS), read_scores(SCORES)
    )
    report = report_to_json(fairness_report(sample, NOW))
    assert_worked_out(report)
    assert report["notes"] == []


def test_the_example_of_the_rules():
    """6 RCNY § 5-301 (d), "culture fit": applicants and scoring rates as they are printed there.

    Whole people behind the rates: 54.3 % of 92 are 50, 44.7 % of 76 are 34; 64.2 % of 28 are 18,
    37.5 % of 40 are 15, 50.0 % of 32 are 16, 62.5 % of 8 are 5, 41.7 % of 24 are 10.
    """
    by_sex = {"Male": (92, 50, "1.00"), "Female": (76, 34, "0.82")}
    by_race = {
        "Hispanic or Latino": (28, 18, "1.00"),
        "White": (40, 15, "0.58"),
        "Black or African American": (32, 16, "0.78"),
        "Native Hawaiian or Pacific Islander": (8, 5, "0.97"),
        "Asian": (24, 10, "0.65"),
    }
    for expected in (by_sex, by_race):
        people = [
            ((name,), number < above)
            for name, (count, above, _) in expected.items()
            for number in range(count)
        ]
        found = {
            one.name: (one.applicants, one.chosen, f"{float(one.ratio):.2f}")
            for one in table(people, leave_out_small=False).categories
        }
        assert found == expected


@pytest.mark.parametrize(
    ("scores", "median", "above"),
    [([1, 2, 3, 4], Fraction(5, 2), 2), ([5, 5, 5], Fraction(5), 0), ([7], Fraction(7), 0)],
)
def test_the_median_and_who_is_above_it(scores, median, above):
    people = [Individual("Male", "White", Fraction(score)) for score in scores]
    tables, middle = scoring(people)
    assert (middle, tables.chosen) == (median, above)


def test_who_has_no_score_is_in_no_scoring_table():
    people = [Individual("Male", "White", Fraction(3)), Individual("Male", "White", decided=True)]
    report = report_of(people)
    assert report["scoring"]["sex"]["categories"][0]["applicants"] == 1
    assert report["scoring"]["unscored"] == 1
    assert report["selection"]["sex"]["categories"][0]["applicants"] == 2


def crowd(name, count, selected):
    return [
        Individual(race=name, sex=None, decided=True, selected=number < selected)
        for number in range(count)
    ]


def test_a_small_category_is_left_out_with_its_numbers_named():
    """1 of 100 is less than 2 %. With it the highest rate is its 1/1; without, 30/60."""
    people = [*crowd("White", 60, 30), *crowd("Asian", 39, 13), *crowd("Two or More Races", 1, 1)]
    with_all = {one.name: one.ratio for one in selection(people).race.categories}
    assert with_all["White"] == Fraction(1, 2)
    report = report_of(people, "Too few to say anything.")
    white, asian, other = report["selection"]["race_ethnicity"]["categories"]
    assert (white["impact_ratio"], asian["impact_ratio"]) == (1.0, 0.6667)
    assert (other["applicants"], other["rate"], other["impact_ratio"]) == (1, 1.0, None)
    assert other["left_out"]
    assert not other["below_four_fifths"]
    assert report["justification"] == "Too few to say anything."


def test_two_percent_is_not_small():
    people = [*crowd("White", 98, 49), *crowd("Asian", 2, 1)]
    assert not any(one.left_out for one in selection(people, leave_out_small=True).race.categories)


def test_leaving_out_needs_a_justification():
    with pytest.raises(InvalidRequest, match="justification"):
        fairness_report(Sample([], 0, 0), NOW, " ")


def test_where_nobody_moved_forward_there_is_no_ratio():
    (only,) = selection(crowd("Asian", 5, 0)).race.categories
    assert (only.rate, only.ratio, only.below_four_fifths) == (0, None, False)


def test_an_empty_sample():
    report = report_of([])
    assert report["scoring"]["median"] is None
    assert report["selection"]["sex"] == {"categories": [], "unknown": 0}
    assert median_of([]) is None


def test_what_a_reader_has_to_know_is_said():
    people = [Individual("Non-binary", "Asian", Fraction(1)), Individual("Male", "Asian")]
    sample = Sample(people=people, declared=5, matched=2, repeated=1)
    notes = " ".join(report_to_json(fairness_report(sample, NOW))["notes"])
    for words in (
        "2 of 2 were not decided about",
        "3 lines of the file are about nobody",
        "1 further resumes",
        "do not name: Non-binary.",
    ):
        assert words in notes
