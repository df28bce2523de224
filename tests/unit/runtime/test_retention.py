"""Resumes that were kept for as long as they may be."""

from dataclasses import replace

import pytest

from resume_processor.runtime import retention as module
from resume_processor.runtime.retention import Retention
from resume_processor.settings import Settings
from resume_processor.workflow.receive_job import NewJob, receive_job

DAY = 24 * 3600


@pytest.fixture
def kept(services, tmp_path):
    """Which of these resumes are left after a look, under these settings."""

    def look(ids, **settings):
        under = replace(services, settings=Settings(data_dir=tmp_path, **settings))
        Retention(under).step()
        there = services.storage.which_exist(list(ids.values()))
        return {name for name, resume_id in ids.items() if resume_id in there}

    return look


@pytest.fixture
def applicants(services, upload):
    """A resume for a job with a retention, one for a job without, one for none, one elsewhere."""
    short = receive_job(NewJob("Gardener", retention_days=10), services)
    open_ended = receive_job(NewJob("Gardener"), services)
    return {
        "short": upload(job_id=short.id),
        "open": upload(job_id=open_ended.id),
        "none": upload(),
        "other": upload(tenant="other"),
    }


def test_without_a_rule_everything_is_kept(kept, services, upload, clock):
    resume_id = upload()
    clock.advance(10_000 * DAY)
    assert kept({"it": resume_id}) == {"it"}


def test_the_job_says_it_for_its_applicants(kept, applicants, clock):
    clock.advance(10 * DAY)
    assert kept(applicants) == {"short", "open", "none", "other"}
    clock.advance(1)
    assert kept(applicants) == {"open", "none", "other"}


def test_then_the_tenant_and_then_the_service(kept, applicants, clock):
    clock.advance(5 * DAY + 1)
    rules = {"retention_days": 8, "tenant_retention_days": {"default": 5}}
    assert kept(applicants, **rules) == {"short", "other"}
    clock.advance(3 * DAY)
    assert kept(applicants, **rules) == {"short"}


def test_a_tenant_may_be_left_out(kept, applicants, clock):
    clock.advance(9 * DAY)
    rules = {"retention_days": 8, "tenant_retention_days": {"other": None}}
    assert kept(applicants, **rules) == {"short", "other"}


def test_it_is_the_same_deletion(services, upload, clock, tmp_path):
    resume_id = upload()
    key = services.storage.get_resume(resume_id).blob_key
    clock.advance(2 * DAY)
    settings = Settings(data_dir=tmp_path, retention_days=1)
    assert Retention(replace(services, settings=settings)).step() == 1
    assert not services.blobs.exists(key)
    assert services.storage.deleted_at(resume_id, tenant="default") == clock.now()


def test_much_is_done_in_parts_and_then_it_rests(services, upload, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    for _ in range(3):
        upload()
    clock.advance(2 * DAY)
    settings = Settings(data_dir=tmp_path, retention_days=1)
    retention = Retention(replace(services, settings=settings))
    assert [retention.step() for _ in range(3)] == [2, 1, 0]
    upload()
    clock.advance(2 * DAY)
    assert retention.step() == 0
    later = module.time.monotonic() + module.PAUSE_SECONDS + 1
    monkeypatch.setattr(module.time, "monotonic", lambda: later)
    assert retention.step() == 1
