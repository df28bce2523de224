"""Who somebody is moves no score by a point from the document on, whatever is printed in it."""

import itertools

import pytest

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score_resume import score_resume

DOCUMENT = """{name}
{street}, {city}
{mail} | {phone}
Date of birth: {born}
Nationality: {nationality}
Gender: {gender}

Summary

{name} is a backend engineer. {they} builds services in Python, and {their} teams like to work
with {them}.

Experience

Backend Engineer
Kestrel Systems, Springfield
January 2018 - December 2023
- Built settlement services with Django and PostgreSQL
- {they} moved them to Kubernetes and Docker

Education

Bachelor of Science in Computer Science
{school}
2014 - 2017

Skills

Python, Redis, Celery

Languages

English: fluent
"""
JOB = read_job("""Backend Engineer

Requirements
- At least 3 years of experience with Python
- Django or FastAPI, and SQL
- Bachelor's degree in Computer Science
- Fluent English

Nice to have
- Kubernetes
""")
SHE = {"they": "She", "their": "her", "them": "her"}
HE = {"they": "He", "their": "his", "them": "him"}
NAMES = [
    ("Amina Diallo", SHE, "female"),
    ("Wei Zhang", HE, "male"),
    ("José García", HE, "male"),
    ("Olga Ivanova", SHE, "female"),
    ("Priya Raman", SHE, "female"),
    ("Kwame Mensah", HE, "male"),
    ("Sven Lindqvist", HE, "male"),
    ("Fatima Al-Farsi", SHE, "female"),
]
HOMES = [
    ("12 Hill Road", "Lagos", "Nigerian", "+234 803 555 0100"),
    ("Ringweg 4", "Zürich", "Swiss", "+41 44 555 01 00"),
    ("7 Market Street", "Boston", "American", "+1 617 555 0100"),
]
SCHOOLS = ["Massachusetts Institute of Technology", "University of Lagos", "Village College"]
BORN = ["1961-02-03", "2000-11-30"]


def _total(name, home, school, born):
    full, pronouns, gender = name
    street, city, nationality, phone = home
    mail = f"{full.split()[0].lower()}@example.org".encode("ascii", "ignore").decode()
    text = DOCUMENT.format(
        name=full, street=street, city=city, nationality=nationality, phone=phone, mail=mail,
        gender=gender, school=school, born=born, **pronouns,
    )  # fmt: skip
    return score_resume(parse_resume(read_document(text.encode(), Limits())), JOB).total


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home[1])
def test_all_score_the_same(home):
    reference = _total(NAMES[0], HOMES[0], SCHOOLS[0], BORN[0])
    assert reference > 400
    pairs = zip(NAMES, itertools.cycle(itertools.product(SCHOOLS, BORN)), strict=False)
    totals = {name[0]: _total(name, home, school, born) for name, (school, born) in pairs}
    assert totals == dict.fromkeys(totals, reference)
