"""What is read from an advertisement, and whether it is a must."""

import pytest

from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.reading.job_degrees import degree_in
from resume_processor.scoring.reading.job_headings import About, heading_of
from resume_processor.scoring.reading.job_lines import statements_of
from resume_processor.scoring.reading.job_title import occupation_of
from resume_processor.scoring.reading.job_years import times_in
from resume_processor.scoring.seniority import seniority_of


def _skills(job, *, required):
    return {one.name for one in job.skills if one.required is required}


def test_musts_are_told_from_wishes(job):
    assert {"Python", "SQL", "Django"} <= _skills(job, required=True)
    assert {"Celery", "Redis", "Kubernetes", "Docker"} <= _skills(job, required=False)


def test_alternatives_are_one_requirement(job):
    (django,) = (one for one in job.skills if one.name == "Django")
    assert django.alternatives == ("FastAPI",)


def test_all_the_rest_is_read_with_its_words(job):
    assert job.title == "Senior Backend Engineer"
    assert job.occupation == "backend engineer"
    assert job.seniority == "senior"
    assert job.months_of_experience == 60
    assert job.experience_source == "5 years of experience in software development"
    assert job.degree_level == "bachelor"
    assert job.degree_or_experience
    assert [one.name for one in job.fields_of_study] == ["Computer Science"]
    assert [one.name for one in job.languages] == ["English"]
    assert [(one.name, one.required) for one in job.certificates] == [("AWS certification", False)]


def test_a_field_of_study_is_no_skill(job):
    assert "computer science" not in {one.name for one in job.skills}


def test_nothing_is_made_up():
    job = read_job("")
    assert job == type(job)()


def test_inline_labels_and_words_count():
    job = read_job(
        "Baker\nMust have: Python. Nice to have: Java. SQL is required, Redis is a plus."
    )
    assert _skills(job, required=True) == {"Python", "SQL"}
    assert _skills(job, required=False) == {"Java", "Redis"}


def test_headings_that_lost_their_line_breaks_count():
    text = (
        "Analyst\nREQUIRED:  Excel reports, SQL queries  DESIRED:  Tableau dashboards with Python"
    )
    job = read_job(text)
    assert "SQL" in _skills(job, required=True)
    assert {"Tableau", "Python"} <= _skills(job, required=False)


def test_duties_count_only_where_nothing_else_does():
    rich = read_job("X\nRequirements\nPython, SQL and Java\nResponsibilities\nRun Kubernetes")
    poor = read_job("X\nResponsibilities\nRun Kubernetes")
    assert "Kubernetes" not in {one.name for one in rich.skills}
    assert _skills(poor, required=False) == {"Kubernetes"}


def test_months_of_a_skill():
    job = read_job("X\nRequirements\n3+ years of professional experience with Python")
    assert [(one.name, one.months) for one in job.skills] == [("Python", 36)]


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("Preferred qualifications:", About.PREFERRED),
        ("Nice to have", About.PREFERRED),
        ("What you need", About.REQUIRED),
        ("Essential Responsibilities", About.DUTIES),
        ("What we offer", About.OTHER),
        ("Experience with Java", None),
        ("Wünschenswert", About.PREFERRED),
    ],
)
def test_headings(line, about):
    assert heading_of(line) is about


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("5+ years of experience", [60]),
        ("3-5 years of Java", [36]),
        ("at least two (2) years of experience", [24]),
        ("18 months of experience", [18]),
        ("We have 30 years of experience", []),
        ("over 20 years ago", []),
        ("Enrolled in a 4-year BA/BS program", []),
    ],
)
def test_times(text, months):
    assert [time.months for time in times_in(text)] == months


@pytest.mark.parametrize(
    ("text", "level", "fields"),
    [
        (
            "BA/BS degree in Economics, Finance or a related field",
            "bachelor",
            ("Economics", "Finance"),
        ),
        ("MBA or MS degree", "master", ()),
        ("PhD in Physics", "doctorate", ("Physics",)),
        ("MBA, MS or PhD degree in a related or quantitative field.", "master", ()),
    ],
)
def test_degrees(text, level, fields):
    degree = degree_in(text)
    assert degree is not None
    assert (degree.level, degree.fields) == (level, fields)


@pytest.mark.parametrize("text", ["tact and diplomacy", "Scrum Master", "expected graduation date"])
def test_no_degree(text):
    assert degree_in(text) is None


def test_rank_and_trade_of_a_title():
    assert seniority_of("Head of Sales") == "director"
    assert seniority_of("Baker") is None
    assert occupation_of("Senior Data Analyst, Payments (m/f/d)") == "data analyst"


def test_the_law_is_no_requirement():
    (_, law) = statements_of("X\nWe are an equal opportunity employer for Java people.")
    assert law.about is About.OTHER
