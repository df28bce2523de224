"""The page in a real Chromium: the browser, and a service whose worker is the test itself."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
import uvicorn

from resume_processor.api.application import build_api
from resume_processor.api.dependencies import ApiParts
from resume_processor.api.schemas.system import ReadinessCheck, TaskReport
from resume_processor.bootstrap import Services
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.resume.encoding import to_json
from resume_processor.resume.record import Failure, ResumeStatus
from resume_processor.runtime.untrusted import pages_of, picture_of
from resume_processor.scoring.profile import profile_of
from resume_processor.scoring.score_resume import SCORING_VERSION
from resume_processor.settings import Settings
from resume_processor.storage.blobs.local import LocalBlobs
from resume_processor.storage.memory import MemoryStorage
from resume_processor.web.pages import router as pages
from resume_processor.workflow.kept_profiles import to_be_kept
from resume_processor.workflow.open_jobs import score_against_open_jobs
from resume_processor.workflow.ports import EnteredStage, NewResume, Outcome, WorkKind
from tests.acceptance.harness import SAMPLES, free_port

PROCESS = WorkKind.PROCESS_RESUME
AMARA = SAMPLES / "amara-okonkwo.pdf"

#: Milliseconds that the page has for what it should do at once; the machine may be slow and shared.
PATIENCE = 60_000


def chromium():
    """The system's Chromium. Without one page tests are skipped, in CI they fail."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("page tests need Chromium: apt-get install chromium")
    if found is None:
        pytest.skip("page tests need Chromium")
    return found


@cache
def parsed(path=AMARA):
    """What the parser makes of a sample, as of a fixed day."""
    document = read_document(path.read_bytes(), Limits())
    return parse_resume(document, datetime(2026, 3, 1, tzinfo=UTC).date())


def id_of(name):
    """The id of the resume that is added under this name; it tells nothing of it."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


class PagesHere:
    """Pages read in this process, where nothing is hostile: no child has to start first."""

    def __init__(self, blobs):
        self.blobs = blobs
        self.turn = threading.Lock()  # PDFium takes one at a time

    def layout(self, record):
        with self.turn, self.blobs.open(record.blob_key) as file:
            return pages_of(file.read(), Limits())

    def picture(self, record, number):
        with self.turn, self.blobs.open(record.blob_key) as file:
            return picture_of(file.read(), number, Limits())


def unknown_task(task_id):
    """As Celery speaks of a task that it never heard of."""
    return TaskReport(
        task_id=task_id, state="PENDING", ready=False, result=None, error=None, finished_at=None
    )


class HandDriven:
    """Real routes and pages over the in-memory storage; the test does what a worker does."""

    def __init__(self, folder, url, storage=None, **settings):
        self.url = url
        self.services = Services(
            settings=Settings(data_dir=folder, **settings),
            storage=storage or MemoryStorage(),
            blobs=LocalBlobs(folder / "blobs"),
            instance="test",
        )
        self.storage = self.services.storage
        parts = ApiParts(
            services=self.services,
            task_report=unknown_task,
            text_of_file=lambda data: data.decode("utf-8", "replace"),
            broker_depth=lambda: 0,
            check_address=lambda _address: None,
            checks=lambda: [
                ReadinessCheck(name="database", ok=True, required=True, detail="answers"),
                ReadinessCheck(name="redis", ok=False, required=False, detail="does not answer"),
            ],
            changes=self.storage.changes(self.services.clock),
            pages=PagesHere(self.services.blobs),
        )
        self.app = build_api(parts)
        self.app.include_router(pages)

    def add(self, name, path=AMARA):
        """A stored resume that waits."""
        resume_id = id_of(name)
        self.services.blobs.put(f"resumes/{resume_id}", io.BytesIO(path.read_bytes()))
        self.add_record(resume_id, f"{name}{path.suffix}", path)
        return resume_id

    def add_record(self, resume_id, file_name, path=None):
        """A resume without a file, for lists."""
        new = NewResume(
            id=resume_id,
            tenant="default",
            file_name=file_name,
            size=path.stat().st_size if path else 1234,
            sha256=f"{resume_id:0>64}",
            blob_key=f"resumes/{resume_id}",
            now=self.services.clock.now(),
        )
        self.storage.add_resume(new)

    def waiting(self):
        """The id of the only resume that waits, once there is one."""
        deadline = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < deadline:
            items = self.storage.list_resumes(
                tenant="default", limit=9, status=ResumeStatus.RECEIVED
            ).rows
            if items:
                return items[0].id
            time.sleep(0.02)
        raise AssertionError("nothing was sent")

    def claim(self, resume_id):
        now = self.services.clock.now()
        later = now + timedelta(minutes=5)
        assert self.storage.claim(
            PROCESS, resume_id, owner="w", now=now, lease_until=later, max_attempts=3
        )

    def enter(self, resume_id, stage):
        now = self.services.clock.now()
        assert self.storage.enter_stages(resume_id, [EnteredStage(stage, now)], owner="w")

    def finish(self, resume_id, *, path=AMARA, failure=None):
        """Result and scores, or a failure, as a worker stores them."""
        record = self.storage.get_resume(resume_id)
        scores = (
            ()
            if failure
            else score_against_open_jobs(
                record, to_be_kept(profile_of(parsed(path))), self.services
            )
        )
        outcome = Outcome(
            status=ResumeStatus.FAILED if failure else ResumeStatus.DONE,
            media_type="application/pdf",
            pipeline_version=SCORING_VERSION,
            result=None if failure else to_json(parsed(path)),
            failure=Failure(*failure) if failure else None,
            scores=scores,
        )
        now = self.services.clock.now()
        assert self.storage.finish_resume(resume_id, outcome, owner="w", now=now)

    def done(self, name, path=AMARA, **outcome):
        """A resume that was processed."""
        resume_id = self.add(name, path)
        self.claim(resume_id)
        self.finish(resume_id, path=path, **outcome)
        return resume_id

    def kill_until_dead(self, resume_id):
        """Its worker vanishes at every attempt."""
        now = self.services.clock.now()
        for attempt in range(3):
            then = now + timedelta(hours=attempt)
            assert self.storage.claim(
                PROCESS, resume_id, owner="w", now=then, lease_until=then, max_attempts=3
            )
            (item,) = self.storage.expired_work(now=then, limit=9)
            self.storage.reap(item, now=then, available_at=then, max_attempts=3)


@contextlib.contextmanager
def hand_driven(folder):
    """A served ``HandDriven``."""
    port = free_port()
    driven = HandDriven(folder, f"http://127.0.0.1:{port}")
    config = uvicorn.Config(
        driven.app, port=port, log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield driven
    finally:
        server.should_exit = True
        thread.join(10)
