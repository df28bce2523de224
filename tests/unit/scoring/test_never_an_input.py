"""Who somebody is moves no score by a point: names, pronouns, addresses, civil status, schools."""

import copy
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resume_processor.resume.parsed_resume import Facts, ParsedResume, Personal
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score_resume import score_resume
from tests.unit.scoring.people import DEV, JOBS, PEOPLE, real

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


IDENTITIES = [
    ("Amina Diallo", "Village College", "Lagos", Personal("1960-02-03", "Nigerian", "female")),
    ("Sven Lindqvist", "MIT", "Zürich", Personal("2001-12-30", "Swedish", "male", "single")),
    ("Priya Raman", "Oxford", "Chennai", Personal("1989-07-01", "Indian", "female", "married")),
    ("Mohammed Al-Farsi", "University of Lagos", "Muscat", Personal("1975-05-05", "Omani", "male")),
    ("Wei Zhang", "Python School", "Java, Indonesia", Personal()),
    ("Olga Ivanova", "Night School", "Recife", Personal(None, "Brazilian", "diverse", "divorced")),
]


@pytest.mark.shared
@pytest.mark.timeout(600)
@pytest.mark.skipif(not DEV.is_dir(), reason="../shared/benchmark is not there")
def test_of_real_resumes():
    moved = 0
    for parsed in real():
        same = _totals(parsed.resume, parsed.personal, parsed.facts)
        for name, school, city, personal in IDENTITIES:
            swapped = _swapped(parsed.resume, name, school, city)
            moved += same != _totals(swapped, personal, parsed.facts)
    assert len(real()) > 50
    assert moved == 0
