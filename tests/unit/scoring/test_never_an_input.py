"""Who somebody is moves no score by a point: names, pronouns, addresses, civil status, schools."""

import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import DocumentError
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.resume.parsed_resume import Facts, ParsedResume, Personal
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score_resume import score_resume

ROOT = Path(__file__).parents[3]
PEOPLE = sorted((ROOT / "evaluation/cases/people").glob("*.json"))
DEV = ROOT.parent / "shared/benchmark/dev/docs"
SALES = "Sales Manager\nRequirements\nSales, CRM, Excel, English and Spanish\n3 years in sales"
JOBS = [
    read_job((ROOT / "samples/job.txt").read_text("utf-8")),
    read_job(SALES),
]
NAMES = st.sampled_from(
    ["Amina Diallo", "Wei Zhang", "Jasmine Swift", "José García", "Olga Ivanova", "Ruby Java",
     "Mohammed Al-Farsi", "Sven Lindqvist", "Priya Raman", "Kwame Mensah", "Go Nakamura"]
)  # fmt: skip
SCHOOLS = st.sampled_from(
    ["MIT", "Village College", "Oxford", "University of Lagos", "Python School"]
)
CITIES = st.sampled_from(["Lagos", "Zürich", "Manila", "Recife", "Java, Indonesia"])
PRONOUNS = {"he": "she", "she": "he", "his": "her", "her": "his", "him": "her"}
CIVIL = st.sampled_from(
    [
        Personal(),
        Personal("1960-02-03", "French", "female", "married"),
        Personal("2001-12-30", "Indian", "male", "single"),
    ]
)


def _swapped(resume, name, school, city):
    """The same resume of somebody else."""
    other = copy.deepcopy(resume)
    basics = other.setdefault("basics", {})
    old = basics.get("name")
    basics.update(
        name=name,
        email=f"{name.split()[0].lower()}@example.org",
        phone="+1 555 0100",
        image="https://example.org/face.png",
        location={"city": city, "address": "1 Java Street", "countryCode": "NG"},
        profiles=[{"network": "GitHub", "username": name, "url": "https://github.com/python"}],
    )
    for entry in other.get("education", []):
        entry["institution"] = school
    return json.loads(_in_prose(json.dumps(other, ensure_ascii=False), old, name))


def _in_prose(text, old, new):
    if old:
        text = text.replace(old, new)
    words = re.compile(rf"\b({'|'.join(PRONOUNS)})\b")
    return words.sub(lambda found: PRONOUNS[found.group()], text)


def _totals(resume, personal, facts):
    parsed = ParsedResume(resume, personal=personal, facts=facts)
    return [score_resume(parsed, job).total for job in JOBS]


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
@given(name=NAMES, school=SCHOOLS, city=CITIES, personal=CIVIL)
@settings(max_examples=12, deadline=None)
def test_of_invented_people(path, name, school, city, personal):
    resume = json.loads(path.read_text("utf-8"))["resume"]
    facts = Facts(highest_degree="bachelor", language="en")
    swapped = _swapped(resume, name, school, city)
    assert _totals(resume, Personal(), facts) == _totals(swapped, personal, facts)


def test_a_name_that_is_a_skill_is_none():
    resume = {"basics": {"name": "Jasmine Swift", "summary": "Jasmine Swift bakes bread."}}
    line = score_resume(ParsedResume(resume), read_job("X\nRequirements\nSwift, Xcode and Kotlin"))
    assert line.total == 0


@pytest.mark.shared
@pytest.mark.skipif(not DEV.is_dir(), reason="../shared/benchmark is not there")
def test_of_real_resumes():
    moved, seen = 0, 0
    for path in sorted(DEV.iterdir()):
        try:
            parsed = parse_resume(read_document(path.read_bytes(), Limits()))
        except DocumentError:
            continue
        seen += 1
        swapped = _swapped(parsed.resume, "Amina Diallo", "Village College", "Lagos")
        same = _totals(parsed.resume, parsed.personal, parsed.facts)
        moved += same != _totals(swapped, Personal(), parsed.facts)
    assert seen > 50
    assert moved == 0
