import io
from datetime import UTC, datetime, timedelta

import pytest

from resume_processor.bootstrap import Services
from resume_processor.settings import Settings
from resume_processor.storage.blobs.local import LocalBlobs
from resume_processor.storage.memory import MemoryStorage
from resume_processor.workflow.ports import WorkKind
from resume_processor.workflow.receive_resume import Upload, receive_resume


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
def published():
    """What was handed to the queue, in order."""
    return []


@pytest.fixture
def services(tmp_path, clock, published):
    return Services(
        settings=Settings(data_dir=tmp_path, dispatch_seconds=0, min_free_bytes=0),
        storage=MemoryStorage(),
        blobs=LocalBlobs(tmp_path / "blobs"),
        clock=clock,
        instance="test",
        dispatchers=dict.fromkeys(WorkKind, published.append),
    )


@pytest.fixture
def upload(services):
    def do(**options):
        return receive_resume(Upload("a.txt", io.BytesIO(b"bytes"), **options), services).record.id

    return do
