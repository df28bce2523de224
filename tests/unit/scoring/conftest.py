"""An invented person and a job."""

import pytest

from resume_processor.resume.parsed_resume import Facts, ParsedResume
from resume_processor.scoring.read_job import read_job

ADVERTISEMENT = """Senior Backend Engineer

We run a payments platform.

Minimum qualifications
- 5 years of experience in software development
- Python and SQL
- Experience with Django or FastAPI
- Bachelor's degree in Computer Science or a related field, or equivalent practical experience
- Fluent English

Preferred qualifications
- Celery and Redis
- Kubernetes and Docker
- AWS certification

What you will do
- Design and run services for settlement and reporting
"""


@pytest.fixture
def advertisement():
    return ADVERTISEMENT


@pytest.fixture
def job():
    return read_job(ADVERTISEMENT)


@pytest.fixture
def resume():
    return {
        "basics": {
            "name": "Nora Feld",
            "email": "nora.feld@example.org",
            "image": "https://example.org/nora.png",
            "summary": "She builds back ends. Nora Feld lives in Graz.",
            "location": {"city": "Graz", "countryCode": "AT", "address": "Ringweg 1"},
        },
        "work": [
            {
                "name": "Kestrel",
                "position": "Backend Developer",
                "startDate": "2019-01",
                "endDate": "2022-12",
                "highlights": [
                    "Built settlement services with Django on k8s",
                    "Moved MySQL to SSD",
                ],
            },
            {
                "name": "Heron",
                "position": "Software Engineer",
                "startDate": "2016-01",
                "endDate": "2018-12",
                "summary": "Flask services for reporting",
            },
        ],
        "education": [
            {
                "institution": "Alpine University",
                "area": "Computer Science",
                "studyType": "BSc",
                "endDate": "2015",
            }
        ],
        "skills": [{"name": "Languages", "keywords": ["Python", "Docker"]}],
        "languages": [{"language": "English", "fluency": "C1"}],
        "certificates": [{"name": "AWS Certified Developer", "date": "2021-05"}],
    }


@pytest.fixture
def parsed_of():
    def parsed(resume, **facts):
        known = {"highest_degree": "bachelor", "language": "en", **facts}
        return ParsedResume(resume, facts=Facts(**known))

    return parsed
