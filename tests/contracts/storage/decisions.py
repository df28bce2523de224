"""What every storage does with decisions. Subclasses bring the fixture ``storage``."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from resume_processor.errors import InvalidRequest, NotFound
from resume_processor.workflow.audit_chain import entries_of, seal_all
from resume_processor.workflow.decision_port import Decision, Verdict
from resume_processor.workflow.ports import Storage
from tests.contracts.storage.samples import at, finish, job, new_resume

MADE = Decision(
    id="d1",
    job_id="j1",
    resume_id="r1",
    verdict=Verdict.ADVANCE,
    reason="Has pruned 🌳 for years.",
    reviewer="Robin Sample",
    created_at=at(9),
    nonce="n" * 32,
)


def made(name: str, seconds: float = 9, **changes: object) -> Decision:
    return replace(MADE, id=name, created_at=at(seconds), **changes)


def shown(storage: Storage, **asked: str) -> list[tuple[str, bool]]:
    page = storage.list_decisions(tenant="default", limit=9, **asked)
    return [(one.id, one.counts) for one in page.rows]


class DecisionContract:
    @pytest.fixture(autouse=True)
    def _candidates(self, storage: Storage) -> None:
        for resume_id in ("r1", "r2"):
            finish(storage, resume_id)
        for job_id in ("j1", "j2"):
            storage.add_job(job(job_id))

    def test_the_latest_counts_and_history_is_kept(self, storage: Storage) -> None:
        storage.add_decision(MADE, tenant="default")
        storage.add_decision(made("d2", 10, verdict=Verdict.REJECT), tenant="default")
        storage.add_decision(made("d3", 11, resume_id="r2"), tenant="default")
        storage.add_decision(made("d4", 12, job_id="j2"), tenant="default")
        assert shown(storage, job_id="j1") == [("d3", True), ("d2", True), ("d1", False)]
        assert shown(storage, resume_id="r1") == [("d4", True), ("d2", True), ("d1", False)]
        assert shown(storage, job_id="j2", resume_id="r2") == []
        present = storage.present_decisions("j1", ["r1", "r2", "r404"])
        assert {key: one.id for key, one in present.items()} == {"r1": "d2", "r2": "d3"}
        oldest = storage.list_decisions(tenant="default", limit=9).rows[-1]
        assert oldest == replace(MADE, counts=False)

    def test_what_was_recorded_last_counts_whatever_the_clocks_say(self, storage: Storage) -> None:
        storage.add_decision(made("d1", 20), tenant="default")
        storage.add_decision(made("d2", 10), tenant="default")
        assert storage.present_decisions("j1", ["r1"])["r1"].id == "d2"

    def test_two_at_once(self, storage: Storage) -> None:
        with ThreadPoolExecutor(4) as pool:
            for one in [
                pool.submit(storage.add_decision, made(f"d{n}", n), tenant="default")
                for n in range(8)
            ]:
                one.result()
        assert [counts for _, counts in shown(storage)].count(True) == 1

    def test_pages(self, storage: Storage) -> None:
        for number in range(3):
            storage.add_decision(made(f"d{number}", number), tenant="default")
        page = storage.list_decisions(tenant="default", limit=2, job_id="j1")
        assert [one.id for one in page.rows] == ["d2", "d1"]
        page = storage.list_decisions(tenant="default", limit=2, job_id="j1", cursor=page.cursor)
        assert ([one.id for one in page.rows], page.cursor) == (["d0"], None)

    @pytest.mark.parametrize("change", [{"resume_id": "r404"}, {"job_id": "j404"}])
    def test_nothing_is_decided_about_what_is_not_there(
        self, storage: Storage, change: dict[str, str]
    ) -> None:
        with pytest.raises(NotFound):
            storage.add_decision(replace(MADE, **change), tenant="default")
        assert shown(storage) == []

    def test_another_tenant_sees_and_changes_nothing(self, storage: Storage) -> None:
        storage.add_decision(MADE, tenant="default")
        finish(storage, "r9", tenant="other")
        storage.add_job(job("j9", tenant="other"))
        for change in ({}, {"resume_id": "r9"}, {"job_id": "j9"}):
            with pytest.raises(NotFound):
                storage.add_decision(made("d2", **change), tenant="other")
        with pytest.raises(NotFound):
            storage.replace_job("j1", by="j9", tenant="other", now=at(12))
        assert not storage.list_decisions(tenant="other", limit=9).rows
        assert shown(storage) == [("d1", True)]

    def test_resume_and_job_take_their_own_with_them(self, storage: Storage) -> None:
        storage.add_decision(made("d1"), tenant="default")
        storage.add_decision(made("d2", resume_id="r2"), tenant="default")
        storage.add_decision(made("d3", resume_id="r2", job_id="j2"), tenant="default")
        storage.delete_resume("r1", tenant="default", now=at(20))
        assert sorted(shown(storage)) == [("d2", True), ("d3", True)]
        storage.delete_job("j1", tenant="default", now=at(21))
        assert shown(storage) == [("d3", True)]

    def test_a_job_takes_the_place_of_another(self, storage: Storage) -> None:
        storage.add_decision(made("d1"), tenant="default")
        storage.add_decision(made("d2", 10), tenant="default")
        storage.add_resume(new_resume("r7", job_id="j1"))
        storage.add_resume(new_resume("r8", job_id="j9"))
        assert storage.replace_job("j1", by="j2", tenant="default", now=at(12)) == 2
        assert [storage.get_resume(one).job_id for one in ("r7", "r8")] == ["j2", "j9"]
        storage.delete_job("j1", tenant="default", now=at(13))
        assert shown(storage, job_id="j2") == [("d2", True), ("d1", False)]
        with pytest.raises(NotFound):
            storage.replace_job("j1", by="j2", tenant="default", now=at(14))

    def test_the_audit_log_names_it_by_its_hash(self, storage: Storage) -> None:
        storage.acting_as("key one").add_decision(MADE, tenant="default")
        storage.replace_job("j1", by="j2", tenant="default", now=at(12))
        seal_all(storage)
        *_, decided, moved = entries_of(storage, "default")
        assert (decided.action, decided.actor) == ("resume.decided", "key one")
        assert (decided.subject_id, decided.job_id) == ("r1", "j1")
        assert decided.detail == {
            "decision_id": "d1",
            "decision": "advance",
            "record": MADE.digest,
        }
        assert (moved.action, moved.subject_id) == ("job.replaced", "j1")
        assert moved.detail == {"by": "j2", "decisions": 1, "resumes": 0}
        kept = storage.list_decisions(tenant="default", limit=1).rows[0]
        assert kept.digest == MADE.digest

    @pytest.mark.parametrize("bad", [{"reason": "a\x00b"}, {"reviewer": "\ud83d"}])
    def test_what_no_database_can_store_is_refused(
        self, storage: Storage, bad: dict[str, str]
    ) -> None:
        with pytest.raises(InvalidRequest):
            storage.add_decision(replace(MADE, **bad), tenant="default")
