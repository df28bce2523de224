"""The ledger: exact, deterministic, explained."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.resume.parsed_resume import ParsedResume, Personal
from resume_processor.scoring.criteria.skill_evidence import stand_together
from resume_processor.scoring.encoding import (
    requirements_from_json,
    requirements_to_json,
    score_from_json,
    score_to_json,
)
from resume_processor.scoring.explanation import explain
from resume_processor.scoring.points import points_of, share
from resume_processor.scoring.profile import profile_of
from resume_processor.scoring.profile_encoding import profile_from_json, profile_to_json
from resume_processor.scoring.score import (
    CriterionKind,
    Finding,
    JobRequirements,
    Requirement,
    SkillRequirement,
)
from resume_processor.scoring.score_resume import score_profile, score_resume


def _lines(score):
    return {line.requirement: line for one in score.criteria for line in one.lines}


def _needs(*names):
    return JobRequirements(skills=tuple(SkillRequirement(name, required=True) for name in names))


def test_points_add_up_exactly(parsed_of, resume, job):
    score = score_resume(parsed_of(resume), job)
    assert score.max_total == 1000
    assert score.total == sum(one.points for one in score.criteria)
    for one in score.criteria:
        assert one.points == sum(line.points for line in one.lines)
        assert one.max_points == sum(line.max_points for line in one.lines)


def test_the_same_gives_the_same_bytes(parsed_of, resume, job):
    first = json.dumps(score_to_json(score_resume(parsed_of(resume), job)))
    again = json.dumps(score_to_json(score_resume(parsed_of(copy.deepcopy(resume)), job)))
    assert first == again


def test_only_what_the_job_asks_for_counts(parsed_of, resume):
    score = score_resume(parsed_of(resume), _needs("Python"))
    assert [(one.kind, one.max_points) for one in score.criteria] == [
        (CriterionKind.REQUIRED_SKILLS, 1000)
    ]
    assert score_resume(parsed_of(resume), JobRequirements()).max_total == 0


def test_weights_of_the_job_count(parsed_of, resume):
    job = JobRequirements(
        title="Backend Developer",
        skills=(SkillRequirement("Python", required=True),),
        weights=((CriterionKind.TITLE, 300), (CriterionKind.REQUIRED_SKILLS, 100)),
    )
    score = score_resume(parsed_of(resume), job)
    assert [one.max_points for one in score.criteria] == [250, 750]


def test_an_implied_skill_says_by_what(parsed_of, resume):
    line = _lines(score_resume(parsed_of(resume), _needs("SQL")))["SQL"]
    assert line.finding is Finding.IMPLIED
    assert "MySQL implies it" in line.because
    assert line.pointers == ("/work/0/highlights/1",)


def test_work_says_more_than_a_list(parsed_of, resume):
    lines = _lines(score_resume(parsed_of(resume), _needs("Django", "Docker")))
    assert lines["Django"].points > lines["Docker"].points > 0
    assert "listed, not shown in work" in lines["Docker"].because


def test_missing_is_told_from_unknown(parsed_of, resume):
    job = JobRequirements(
        degree_level="master",
        languages=(Requirement("German", required=True), Requirement("English", required=True)),
    )
    lines = _lines(score_resume(parsed_of(resume), job))
    assert lines["German"].finding is Finding.MISSING
    assert lines["English"].finding is Finding.MET
    del resume["languages"], resume["education"]
    lines = _lines(score_resume(parsed_of(resume, highest_degree=None), job))
    assert lines["German"].finding is Finding.UNKNOWN
    assert lines["master"].finding is Finding.UNKNOWN


def test_work_stands_in_for_a_degree_where_the_job_allows_it(parsed_of, resume):
    job = JobRequirements(degree_level="master", degree_or_experience=True)
    (line,) = _lines(score_resume(parsed_of(resume), job)).values()
    assert line.finding is Finding.IMPLIED


def test_overlapping_jobs_count_once(parsed_of, resume, job):
    resume["work"].append({**resume["work"][0], "name": "Second job"})
    assert (
        "7 years in relevant jobs"
        in _lines(score_resume(parsed_of(resume), job))["5 years of experience"].because
    )


def test_words_that_no_taxonomy_knows_count_too(parsed_of, resume):
    lines = _lines(score_resume(parsed_of(resume), _needs("settlement services", "glass blowing")))
    assert lines["settlement services"].finding is Finding.MET
    assert lines["glass blowing"].finding is Finding.MISSING


def test_words_that_stand_together_say_more_than_those_of_one_statement(parsed_of, resume):
    long = "Built furnaces for the new works in the north of the country, and later on blew glass"
    resume["work"][0]["highlights"] += [long, "Service of the glass of shops"]
    lines = _lines(score_resume(parsed_of(resume), _needs("glass service", "glass furnaces")))
    together, apart = lines["glass service"], lines["glass furnaces"]
    assert together.finding is apart.finding is Finding.PARTLY
    assert together.points > apart.points > 0
    assert "its words stand together; shown in work" in together.because
    assert "all its words stand in one statement; shown in work" in apart.because
    assert (together.relation, together.by) == (None, None)


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("glass service", True),
        ("service of all the glass of five", True),
        ("service one two three four five glass", True),
        ("service one two three four five six glass", False),
        ("glass one two three four five six service glass", True),
        ("glass glass", False),
    ],
)
def test_so_many_words_may_stand_between(text, together):
    assert stand_together(("glass", "service"), f" {text} ") is together


def test_the_same_skill_is_asked_for_once(parsed_of, resume):
    score = score_resume(parsed_of(resume), _needs("Kubernetes", "K8s", "Redis"))
    assert list(_lines(score)) == ["Kubernetes", "Redis"]


def test_the_cheapest_changes_come_first(parsed_of, resume, job):
    score = score_resume(parsed_of(resume), job)
    assert {change.requirement for change in score.changes[:2]} == {"Celery", "Redis"}
    assert all(change.points > 0 for change in score.changes)


def test_encodings_are_exact(parsed_of, resume, job):
    score = score_resume(parsed_of(resume), job)
    assert score_from_json(json.loads(json.dumps(score_to_json(score)))) == score
    assert requirements_from_json(json.loads(json.dumps(requirements_to_json(job)))) == job
    profile = profile_of(parsed_of(resume))
    kept = profile_from_json(json.loads(json.dumps(profile_to_json(profile))))
    assert kept == profile
    assert score_profile(kept, job) == score


def test_an_explanation_names_total_criteria_and_changes(parsed_of, resume, job):
    lines = explain(score_resume(parsed_of(resume), job))
    assert lines[0].endswith("of 1000 points")
    assert any(line.startswith("Required skills:") for line in lines)
    assert "What would change it:" in lines


def test_an_explicit_date_is_the_end_of_open_jobs(parsed_of, resume):
    del resume["work"][0]["endDate"]
    profile = profile_of(parsed_of(resume), "2023-12")
    assert profile.work[0].stretch is not None
    assert profile.work[0].stretch.months == 60


@given(st.integers(0, 1000), st.lists(st.integers(0, 50), min_size=1, max_size=12))
def test_shares_add_up(total, weights):
    parts = share(total, weights)
    assert sum(parts) == (total if sum(weights) else 0)
    assert all(part >= 0 for part in parts)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_points_stay_inside(max_points, quality):
    assert 0 <= points_of(max_points, quality) <= max_points
    assert points_of(max_points, 1000) == max_points


@pytest.mark.parametrize("resume", [{}, {"work": [{}]}, {"basics": {}, "skills": [{"name": "x"}]}])
def test_a_bare_resume_scores(resume, job):
    score = score_resume(ParsedResume(resume, personal=Personal(gender="x")), job)
    assert 0 <= score.total <= 1000
