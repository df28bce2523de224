"""What every storage does about resumes that were deleted or kept long enough."""

from __future__ import annotations

import pytest

from resume_processor.errors import NotFound
from resume_processor.workflow.ports import Storage
from resume_processor.workflow.webhook_port import EventType, Webhook
from tests.contracts.storage.samples import at, finish, job, new_resume


class ErasureContract:
    def test_a_deletion_is_unfinished_until_it_is_noted(self, storage: Storage) -> None:
        for seconds, resume_id in enumerate(("r2", "r1", "r3")):
            storage.add_resume(new_resume(resume_id))
            storage.delete_resume(resume_id, tenant="default", now=at(seconds))
        first, second = storage.unfinished_erasures(limit=2)
        assert (first.resume_id, first.blob_key, first.deleted_at) == ("r2", "resumes/r2", at(0))
        assert second.resume_id == "r1"
        storage.note_erased(["r2", "r1"], now=at(9))
        assert [one.resume_id for one in storage.unfinished_erasures(limit=9)] == ["r3"]
        assert storage.deleted_at("r2", tenant="default") == at(0)

    def test_what_was_deleted_is_scrubbed(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        storage.delete_resume("r1", tenant="default", now=at(1))
        assert storage.scrub()
        assert storage.scrub(rebuild=True)

    def test_which_exist(self, storage: Storage) -> None:
        for resume_id in ("r1", "r2"):
            storage.add_resume(new_resume(resume_id))
        storage.delete_resume("r1", tenant="default", now=at(1))
        assert storage.which_exist(["r1", "r2", "r3"]) == {"r2"}
        assert storage.which_exist([]) == frozenset()

    def test_deliveries_about_it_go_with_it(self, storage: Storage) -> None:
        events = (EventType.RESUME_DONE,)
        storage.add_webhook(Webhook("w1", "default", "https://h.example", events, "s", at(0)))
        for resume_id in ("r1", "r2"):
            finish(storage, resume_id)
        storage.delete_resume("r1", tenant="default", now=at(9))
        (left,) = storage.list_deliveries("w1", tenant="default", limit=9).rows
        assert left.resume_id == "r2"

    def test_an_overdue_hold_goes_with_any(self, storage: Storage) -> None:
        """Its key is the client's, and may name a person."""
        hold = {"tenant": "default", "holder": "a"}
        storage.hold_key("old", now=at(0), until=at(5), **hold)
        storage.hold_key("new", now=at(0), until=at(50), **hold)
        storage.add_resume(new_resume())
        storage.delete_resume("r1", tenant="default", now=at(9))
        for key, free in (("old", True), ("new", False)):
            taken = storage.hold_key(key, tenant="default", holder="b", now=at(0), until=at(5))
            assert taken is free


class RetentionContract:
    def test_what_a_job_says_about_its_applicants(self, storage: Storage) -> None:
        storage.add_job(job("j1", retention_days=30.5))
        storage.add_job(job("j2"))
        assert [one.id for one in storage.jobs_with_retention()] == ["j1"]
        assert storage.get_job("j1").retention_days == 30.5
        storage.set_retention("j1", None, tenant="default", now=at(5))
        storage.set_retention("j2", 7, tenant="default", now=at(5))
        assert [one.id for one in storage.jobs_with_retention()] == ["j2"]
        changed = storage.get_job("j2")
        assert (changed.retention_days, changed.updated_at, changed.revision) == (7, at(5), 2)
        with pytest.raises(NotFound):
            storage.set_retention("j2", 1, tenant="other", now=at(5))

    def test_who_was_received_before(self, storage: Storage) -> None:
        storage.add_job(job("j1", retention_days=30))
        storage.add_job(job("j2"))
        for number, job_id in enumerate(("j1", "j2", None, "j1", None)):
            storage.add_resume(new_resume(f"r{number}", number, job_id=job_id))
        storage.add_resume(new_resume("r9", 0, tenant="other", job_id="j1"))
        found = storage.applicants_before(at(3), job_id="j1", tenant="default", limit=9)
        assert found == ("r0",)
        assert storage.applicants_before(at(9), job_id="j1", tenant="default", limit=1) == ("r0",)
        default, other = ("r1", "default"), ("r9", "other")
        assert storage.resumes_before(at(2), limit=9) == (other, default)
        assert storage.resumes_before(at(2), limit=1) == (other,)
        assert storage.resumes_before(at(2), limit=9, tenant="other") == (other,)
        assert storage.resumes_before(at(2), limit=9, but=("other",)) == (default,)
