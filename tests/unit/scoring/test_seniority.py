"""The rank that a job names, and the ranks that were held."""

import pytest

from resume_processor.scoring.criteria.seniority import BY_MONTHS
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score import CriterionKind, Finding, JobRequirements
from resume_processor.scoring.score_resume import score_resume


def _line(parsed_of, seniority, *work):
    entries = [
        {"position": title, "startDate": start, "endDate": end} for title, start, end in work
    ]
    job = JobRequirements(title="Data Engineer", seniority=seniority)
    score = score_resume(parsed_of({"work": entries}), job)
    (line,) = next(one for one in score.criteria if one.kind is CriterionKind.SENIORITY).lines
    return line.finding, line.points / line.max_points


@pytest.mark.parametrize(
    ("asked", "title", "end", "finding"),
    [
        ("senior", "Senior Data Engineer", "2021-12", Finding.MET),
        ("senior", "Lead Data Engineer", "2021-12", Finding.MET),
        ("senior", "Data Engineer", "2021-12", Finding.PARTLY),
        ("senior", "Data Engineer", "2026-12", Finding.IMPLIED),
        ("junior", "Data Engineer", "2021-12", Finding.MET),
        ("mid", "Junior Data Engineer", "2020-12", Finding.PARTLY),
        ("manager", "Data Engineer", "2029-12", Finding.MISSING),
        ("senior", "Senior Pastry Cook", "2029-12", Finding.MISSING),
    ],
)
def test_a_rank_is_held_or_grown_into(parsed_of, asked, title, end, finding):
    assert _line(parsed_of, asked, (title, "2020-01", end))[0] is finding


def test_years_say_less_than_the_rank(parsed_of):
    _, grown = _line(parsed_of, "senior", ("Data Engineer", "2010-01", "2020-12"))
    assert grown == pytest.approx(BY_MONTHS / 1000, abs=0.01)


def test_without_jobs_nothing_is_known(parsed_of):
    assert _line(parsed_of, "senior") == (Finding.UNKNOWN, 0)


def test_a_job_without_a_rank_asks_for_none(parsed_of):
    score = score_resume(parsed_of({"work": [{"position": "Baker"}]}), JobRequirements("Baker"))
    assert CriterionKind.SENIORITY not in {one.kind for one in score.criteria}


@pytest.mark.parametrize(
    ("text", "rank", "source"),
    [
        ("Senior Baker", "senior", "Senior Baker"),
        ("Baker\n\nSeniority level: Mid-Senior level", "mid", None),
        ("Baker\n\nThis is an entry-level position in our bakery.", "junior", None),
        ("Baker\n\nWe are looking for an experienced baker.", "senior", None),
        ("Baker\n\nYou will work with senior stakeholders.", None, ""),
        ("Baker\n\nYou report to the production manager.", None, ""),
    ],
)
def test_read_with_its_words(text, rank, source):
    job = read_job(text)
    assert job.seniority == rank
    assert job.seniority_source == source if source is not None else job.seniority_source in text
