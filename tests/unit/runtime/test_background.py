import time
from dataclasses import replace

import pytest

from resume_processor.runtime.background import Background
from resume_processor.runtime.progress import VARIABLE, seconds_since_progress
from resume_processor.settings import Settings
from resume_processor.workflow.audit_chain import entries_of, seal_all
from resume_processor.workflow.audit_port import Seen
from resume_processor.workflow.viewings import note_viewing


@pytest.fixture
def patient_services(services):
    """Whose dispatcher and reaper would sleep for minutes, with no Redis anywhere."""
    settings = Settings(
        redis_url="redis://127.0.0.1:1/0",
        data_dir=services.settings.data_dir,
        reap_seconds=300,
        dispatch_seconds=300,
    )
    return replace(services, settings=settings)


def test_it_stops_at_once(patient_services):
    background = Background(patient_services)
    background.start()
    time.sleep(0.3)
    begin = time.monotonic()
    background.stop()
    assert time.monotonic() - begin < 2


def test_what_was_looked_at_is_in_the_log_when_it_has_stopped(patient_services):
    with Background(patient_services):
        note_viewing("r1", Seen.FILE, "default", patient_services)
    seal_all(patient_services.storage)
    (entry,) = entries_of(patient_services.storage, "default")
    assert (entry.action, entry.subject_id) == ("resume.viewed", "r1")


def test_its_dispatcher_leaves_marks_of_progress(patient_services, monkeypatch, tmp_path):
    file = tmp_path / "progress"
    monkeypatch.setenv(VARIABLE, str(file))
    with Background(patient_services):
        deadline = time.monotonic() + 5
        while seconds_since_progress(file) > 60:
            assert time.monotonic() < deadline
            time.sleep(0.01)
