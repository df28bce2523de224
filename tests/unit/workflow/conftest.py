import io
from datetime import UTC, datetime, timedelta

import pytest

from resume_processor.bootstrap import Services
from resume_processor.settings import Settings
from resume_processor.storage.blobs.local import LocalBlobs
from resume_processor.storage.memory import MemoryStorage
from resume_processor.workflow.receive_job import NewJob, receive_job
from resume_processor.workflow.receive_resume import Upload, receive_resume

RESUME = b"""Ada Example
ada@example.com
+1 415 555 0100

Experience

Software Engineer
Example Works, Springfield
January 2019 - December 2023
- Built services in Python and PostgreSQL
- Ran them on Kubernetes

Education

Bachelor of Science in Computer Science
Example University
2015 - 2018

Skills

Python, PostgreSQL, Kubernetes
"""

JOB = """Software Engineer

Required skills: Python, PostgreSQL
Preferred: Kubernetes
At least three years of experience.
"""


class HandClock:
    """Goes on when it is told to."""

    def __init__(self):
        self.time = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def now(self):
        return self.time

    def advance(self, seconds):
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path, max_attempts=3, lease_seconds=30, min_free_bytes=0)


@pytest.fixture
def parts(settings, clock, tmp_path):
    return Services(
        settings=settings,
        storage=MemoryStorage(),
        blobs=LocalBlobs(tmp_path / "blobs"),
        clock=clock,
        instance="test",
    )


@pytest.fixture
def upload(parts):
    """Uploads bytes (a good resume by default) and returns the record."""

    def do(data=RESUME, **options):
        return receive_resume(Upload("resume.txt", io.BytesIO(data), **options), parts).record

    return do


@pytest.fixture
def post_job(parts):
    def do(text=JOB, **options):
        return receive_job(NewJob(text=text, **options), parts)

    return do
