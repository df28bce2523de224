"""The API over the shipped in-memory storage: every test drives real routes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from resume_processor.api.application import build_api
from resume_processor.api.dependencies import ApiParts
from resume_processor.api.schemas.system import ReadinessCheck, TaskReport
from resume_processor.bootstrap import Services
from resume_processor.documents.limits import Limits
from resume_processor.resume.record import Failure, ResumeStatus
from resume_processor.runtime.guarded_http import refuse_address
from resume_processor.runtime.untrusted import pages_of, picture_of
from resume_processor.settings import Settings
from resume_processor.storage.blobs.local import LocalBlobs
from resume_processor.storage.memory import MemoryStorage
from resume_processor.workflow.ports import EnteredStage, JobRecord, Outcome, ScoreRecord, WorkKind
from tests.local_client import local_client

RESULT = {
    "resume": {
        "basics": {"name": "Ada Example", "email": "ada@example.org"},
        "skills": [{"name": "Python"}],
    },
    "personal": {"nationality": "British"},
    "evidence": {},
    "warnings": [],
    "facts": {"gaps": []},
    "parser_version": "test",
}


class SteppingClock:
    """Each look is a second later than the one before."""

    def __init__(self):
        self.time = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def now(self):
        self.time += timedelta(seconds=1)
        return self.time


class InProcessPages:
    """Pages read here, where nothing is hostile, instead of in a child process."""

    def __init__(self, blobs):
        self.blobs = blobs

    def layout(self, record):
        with self.blobs.open(record.blob_key) as file:
            return pages_of(file.read(), Limits())

    def picture(self, record, number):
        with self.blobs.open(record.blob_key) as file:
            return picture_of(file.read(), number, Limits())


class Api:
    """A client of the API, and what stands behind it."""

    def __init__(self, folder, **settings):
        self.services = Services(
            settings=Settings(data_dir=folder, **settings),
            storage=MemoryStorage(),
            blobs=LocalBlobs(folder / "blobs"),
            clock=SteppingClock(),
            instance="test",
        )
        self.checks = [
            ReadinessCheck(name="database", ok=True, required=True, detail="answers"),
        ]
        self.tasks = {}
        self.depth = lambda: 0
        parts = ApiParts(
            services=self.services,
            task_report=self.report,
            text_of_file=lambda data: data.decode(),
            checks=lambda: self.checks,
            broker_depth=self.depth_of_queue,
            changes=self.services.storage.changes(self.services.clock),
            check_address=partial(refuse_address, allow_private=False),
            pages=InProcessPages(self.services.blobs),
        )
        self.app = build_api(parts)
        self.client = local_client(self.app, raise_server_exceptions=False)

    def depth_of_queue(self):
        return self.depth()

    def report(self, task_id):
        found = self.tasks.get(
            task_id,
            TaskReport(
                task_id=task_id,
                state="PENDING",
                ready=False,
                result=None,
                error=None,
                finished_at=None,
            ),
        )
        return found() if callable(found) else found

    def upload(self, data=b"a resume", name="ada.pdf", **fields):
        """An accepted upload's id."""
        answer = self.client.post("/v1/resumes", files={"file": (name, data)}, data=fields)
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    def finish(self, resume_id, *, result=RESULT, failure=None, scores=(), stages=()):
        """What a worker does: claim, then the outcome."""
        storage, now = self.services.storage, self.services.clock.now()
        later = now + timedelta(minutes=1)
        claimed = storage.claim(
            WorkKind.PROCESS_RESUME,
            resume_id,
            owner="w",
            now=now,
            lease_until=later,
            max_attempts=3,
        )
        assert claimed is not None
        for stage in stages:
            assert storage.enter_stages(
                resume_id, [EnteredStage(stage, self.services.clock.now())], owner="w"
            )
        outcome = Outcome(
            status=ResumeStatus.FAILED if failure else ResumeStatus.DONE,
            media_type="application/pdf",
            pipeline_version="test",
            result=None if failure else result,
            failure=Failure(*failure) if failure else None,
            scores=scores,
        )
        assert storage.finish_resume(resume_id, outcome, owner="w", now=self.services.clock.now())

    def kill(self, resume_id):
        """A worker takes it and is never heard of again, until it is given up; the id."""
        storage, now = self.services.storage, self.services.clock.now()
        options = {"owner": "gone", "now": now, "lease_until": now, "max_attempts": 1}
        assert storage.claim(WorkKind.PROCESS_RESUME, resume_id, **options)
        (item,) = storage.expired_work(now=now, limit=9)
        assert storage.reap(item, now=now, available_at=now, max_attempts=1)
        return resume_id

    def add_job(self, title="Engineer"):
        """A stored job's id."""
        now = self.services.clock.now()
        job = JobRecord(
            id=f"job-{title}",
            tenant="default",
            title=title,
            text="",
            requirements={},
            created_at=now,
            updated_at=now,
        )
        return self.services.storage.add_job(job).id

    def score(self, job_id, resume_id, total):
        """A score as a worker stores it."""
        ledger = {
            "total": total,
            "max_total": 1000,
            "changes": [],
            "warnings": [],
            "version": "test",
            "criteria": [
                {"kind": "required_skills", "points": total, "max_points": 1000, "lines": []}
            ],
        }
        return ScoreRecord(
            job_id=job_id,
            resume_id=resume_id,
            total=total,
            ledger=ledger,
            version="test",
            created_at=self.services.clock.now(),
        )


@pytest.fixture
def make_api(tmp_path):
    """Builds an API with settings of its own."""
    made = []

    def build(**settings):
        made.append(Api(tmp_path, **settings))
        return made[-1]

    yield build
    for one in made:
        one.client.close()


@pytest.fixture
def api(make_api):
    return make_api()
