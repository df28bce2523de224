"""However a resume is padded, its score is no higher than without, and the padding is reported."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from resume_processor.resume.parsed_resume import ParsedResume
from resume_processor.scoring.profile import profile_of
from resume_processor.scoring.score import JobRequirements, Score, SkillRequirement
from resume_processor.scoring.score_resume import score_profile, score_resume
from resume_processor.scoring.stuffing import KEYWORD_STUFFING
from resume_processor.skills.taxonomy_file import load_taxonomy
from tests.unit.scoring.people import ADVERTISEMENTS, DEV, JOBS, PEOPLE, invented, real

Padding = Callable[[dict[str, Any], str, JobRequirements], None]


def _lines(text: str) -> list[str]:
    return [line.lstrip("- ") for line in text.splitlines() if line.strip()]


def pasted_in_summary(resume: dict[str, Any], text: str, _job: JobRequirements) -> None:
    basics = resume.setdefault("basics", {})
    basics["summary"] = f"{basics.get('summary', '')} {text}"


def pasted_as_skills(resume: dict[str, Any], text: str, _job: JobRequirements) -> None:
    resume.setdefault("skills", []).append({"name": "Skills", "keywords": _lines(text)})


def pasted_into_the_last_job(resume: dict[str, Any], text: str, _job: JobRequirements) -> None:
    work = resume.setdefault("work", [{"name": "Kestrel"}])
    work[0].setdefault("highlights", []).extend(_lines(text))


def pasted_as_a_job_without_dates(resume: dict[str, Any], text: str, _job: JobRequirements) -> None:
    title, *rest = _lines(text)
    resume.setdefault("work", []).append({"name": "Kestrel", "position": title, "highlights": rest})


def pasted_as_a_project(resume: dict[str, Any], text: str, _job: JobRequirements) -> None:
    resume.setdefault("projects", []).append({"name": "Project", "description": text})


def pasted_in_another_order(resume: dict[str, Any], text: str, _job: JobRequirements) -> None:
    lines = _lines(text)
    random.Random(5).shuffle(lines)
    resume.setdefault("basics", {})["summary"] = "\n".join(lines)


def keywords_repeated_in_summary(resume: dict[str, Any], _text: str, job: JobRequirements) -> None:
    words = " ".join(one.name for one in job.skills)
    resume.setdefault("basics", {})["summary"] = " ".join([words] * 20)


def keywords_repeated_in_a_list(resume: dict[str, Any], _text: str, job: JobRequirements) -> None:
    known = _shown_in_work(resume, job)
    resume.setdefault("skills", []).append({"name": "Skills", "keywords": [known] * 30})


def keywords_repeated_in_a_job(resume: dict[str, Any], _text: str, job: JobRequirements) -> None:
    words = ", ".join([job.skills[0].name] * 15)
    resume.setdefault("work", [{"name": "Kestrel"}])[0].setdefault("highlights", []).append(words)


def _shown_in_work(resume: dict[str, Any], job: JobRequirements) -> str:
    """A skill that the resume lists already, or else one of the job's, listed before."""
    for one in resume.get("skills", ()):
        for keyword in one.get("keywords", ()):
            if load_taxonomy().number_of(keyword) is not None:
                return str(keyword)
    resume.setdefault("skills", []).append({"name": job.skills[0].name})
    return job.skills[0].name


PADDINGS: list[Padding] = [
    pasted_in_summary,
    pasted_as_skills,
    pasted_into_the_last_job,
    pasted_as_a_job_without_dates,
    pasted_as_a_project,
    pasted_in_another_order,
    keywords_repeated_in_summary,
    keywords_repeated_in_a_job,
]


def _padded(parsed: ParsedResume, padding: Padding, number: int) -> tuple[Score, Score]:
    """The scores before and after."""
    resume = copy.deepcopy(dict(parsed.resume))
    padding(resume, ADVERTISEMENTS[number], JOBS[number])
    job = JOBS[number]
    before = score_resume(parsed, job)
    after = score_resume(ParsedResume(resume, facts=parsed.facts), job)
    return before, after


@pytest.mark.parametrize("padding", PADDINGS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_of_invented_people(path, padding):
    for number in range(len(JOBS)):
        before, after = _padded(invented(path), padding, number)
        assert after.total <= before.total
        assert KEYWORD_STUFFING in after.warnings


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_a_listed_skill_listed_again_and_again(path):
    parsed = invented(path)
    listed = copy.deepcopy(dict(parsed.resume))
    _shown_in_work(listed, JOBS[0])
    before = score_resume(ParsedResume(listed, facts=parsed.facts), JOBS[0])
    keywords_repeated_in_a_list(listed, "", JOBS[0])
    after = score_resume(ParsedResume(listed, facts=parsed.facts), JOBS[0])
    assert after.total <= before.total
    assert KEYWORD_STUFFING in after.warnings


NAMES_OF_ONE = [
    "Kubernetes",
    "k8s",
    "K8s cluster",
    "Kubernetes 1.30",
    "Kubernetes admin",
    "K8S ops",
]


def test_one_skill_under_many_names_counts_once_and_is_reported(parsed_of, resume, job):
    once, often = copy.deepcopy(resume), copy.deepcopy(resume)
    once["skills"][0]["keywords"].append(NAMES_OF_ONE[0])
    often["skills"][0]["keywords"] += NAMES_OF_ONE
    first, second = (score_resume(parsed_of(one), job) for one in (once, often))
    assert second.total <= first.total
    assert (first.warnings, second.warnings) == ((), (KEYWORD_STUFFING,))


def test_a_few_versions_of_one_skill_are_usual(parsed_of, resume, job):
    usual = copy.deepcopy(resume)
    usual["skills"][0]["keywords"] += ["Python 2", "Python 3", "Docker", "Dockerfile"]
    assert score_resume(parsed_of(usual), job).warnings == ()


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_invented_people_are_not_reported(path):
    assert all(score_resume(invented(path), job).warnings == () for job in JOBS)


def test_saying_less_is_never_worth_more(parsed_of):
    """A skill that is only listed must not hide years with one that is near to it."""
    job = JobRequirements(skills=(SkillRequirement("MySQL", required=True, months=36),))
    work = {"position": "Administrator", "startDate": "2015-01", "endDate": "2023-12"}
    near = {"work": [{**work, "highlights": ["Ran the PostgreSQL servers of the group"]}]}
    also = {**near, "skills": [{"name": "MySQL"}]}
    less, more = (score_resume(parsed_of(one), job) for one in (near, also))
    assert more.total >= less.total > 0


@pytest.mark.shared
@pytest.mark.timeout(600)
@pytest.mark.skipif(not DEV.is_dir(), reason="../shared/benchmark is not there")
def test_of_real_resumes():
    people = [one for one in real() if one.resume.get("work")]
    assert len(people) > 30
    for number in range(len(JOBS)):
        for padding in PADDINGS:
            pairs = [_padded(one, padding, number) for one in people]
            assert sum(after.total > before.total for before, after in pairs) == 0
            assert all(KEYWORD_STUFFING in after.warnings for _, after in pairs)


@pytest.mark.shared
@pytest.mark.timeout(600)
@pytest.mark.skipif(not DEV.is_dir(), reason="../shared/benchmark is not there")
def test_hardly_any_real_resume_is_reported():
    reported = sum(
        any(score_profile(profile_of(one), job).warnings for job in JOBS) for one in real()
    )
    assert reported <= len(real()) // 20
