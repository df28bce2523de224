"""What every storage does with corrections. Subclasses bring the fixture ``storage``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resume_processor.errors import InvalidRequest, NotFound
from resume_processor.resume.corrections import Correction
from resume_processor.workflow.ports import Storage
from tests.contracts.storage.samples import at, finish, new_resume, parsed

SAID = Correction("r1", "/basics/name", "Mara Vogl", "Mara Vogel", "Robin 🙂", at(9))


class CorrectionContract:
    def test_stored_apart_from_the_result(self, storage: Storage) -> None:
        finish(storage, "r1")
        storage.put_correction(SAID, tenant="default")
        (found,) = storage.list_corrections("r1", tenant="default")
        assert found == SAID
        assert storage.get_result("r1") == parsed()

    def test_the_latest_word_on_a_value_counts(self, storage: Storage) -> None:
        finish(storage, "r1")
        storage.put_correction(SAID, tenant="default")
        storage.put_correction(replace(SAID, pointer="", read=None, value=None), tenant="default")
        later = replace(SAID, value=None, reviewer="Kim", at=at(10))
        storage.put_correction(later, tenant="default")
        assert [one.pointer for one in storage.list_corrections("r1", tenant="default")] == [
            "",
            "/basics/name",
        ]
        assert storage.list_corrections("r1", tenant="default")[1] == later

    def test_it_can_be_taken_back(self, storage: Storage) -> None:
        finish(storage, "r1")
        storage.put_correction(SAID, tenant="default")
        storage.remove_correction("r1", SAID.pointer, tenant="default", now=at(50))
        assert not storage.list_corrections("r1", tenant="default")
        with pytest.raises(NotFound):
            storage.remove_correction("r1", SAID.pointer, tenant="default", now=at(50))

    def test_another_tenant_sees_and_changes_nothing(self, storage: Storage) -> None:
        finish(storage, "r1")
        storage.put_correction(SAID, tenant="default")
        assert not storage.list_corrections("r1", tenant="other")
        assert not storage.corrected_resumes(tenant="other", limit=9)
        with pytest.raises(NotFound):
            storage.put_correction(SAID, tenant="other")
        with pytest.raises(NotFound):
            storage.remove_correction("r1", SAID.pointer, tenant="other", now=at(50))
        assert storage.list_corrections("r1", tenant="default")

    def test_a_deleted_resume_takes_its_own_with_it(self, storage: Storage) -> None:
        for resume_id in ("r1", "r2"):
            storage.add_resume(new_resume(resume_id))
            storage.put_correction(replace(SAID, resume_id=resume_id), tenant="default")
        storage.delete_resume("r1", tenant="default", now=at(20))
        assert not storage.list_corrections("r1", tenant="default")
        assert storage.list_corrections("r2", tenant="default")
        with pytest.raises(NotFound):
            storage.put_correction(SAID, tenant="default")

    def test_which_resumes_have_any(self, storage: Storage) -> None:
        for resume_id in ("r3", "r1", "r2", "r0"):
            storage.add_resume(new_resume(resume_id))
        for resume_id in ("r3", "r1", "r2"):
            for pointer in ("/basics/name", "/basics/email"):
                said = replace(SAID, resume_id=resume_id, pointer=pointer)
                storage.put_correction(said, tenant="default")
        assert list(storage.corrected_resumes(tenant="default", limit=2)) == ["r1", "r2"]
        assert list(storage.corrected_resumes(tenant="default", limit=2, after="r2")) == ["r3"]

    @pytest.mark.parametrize("bad", [{"value": "a\x00b"}, {"reviewer": "\ud83d"}])
    def test_what_no_database_can_store_is_refused(
        self, storage: Storage, bad: dict[str, str]
    ) -> None:
        storage.add_resume(new_resume("r1"))
        with pytest.raises(InvalidRequest):
            storage.put_correction(replace(SAID, **bad), tenant="default")
