"""What every storage does with resumes. Subclasses bring the fixture ``storage``."""

from __future__ import annotations

import pytest

from resume_processor.errors import Conflict, IdempotencyMismatch, InvalidRequest, NotFound
from resume_processor.resume.record import Failure, Priority, ResumeStatus, Stage
from resume_processor.workflow.ports import EnteredStage, Erasure, ScoringPart, Storage
from tests.contracts.storage.samples import (
    PROCESS,
    SCORE,
    at,
    claim,
    done,
    failed,
    finish,
    job,
    kill_until_dead,
    new_resume,
    parsed,
    score,
)


class AddContract:
    def test_a_new_resume_is_received_and_queued(self, storage: Storage) -> None:
        new = new_resume(
            job_id="j9", external_id="A-7", priority=Priority.BULK, file_name="Zoë’s CV.pdf"
        )
        record, is_new = storage.add_resume(new)
        assert is_new
        assert record == storage.get_resume("r1")
        assert (record.status, record.stage) == (ResumeStatus.RECEIVED, Stage.QUEUED)
        assert (record.revision, record.attempts) == (1, 0)
        assert record.created_at == record.updated_at == at(0)
        assert record.created_at.tzinfo is not None
        assert (record.job_id, record.external_id, record.priority) == ("j9", "A-7", Priority.BULK)
        assert record.file_name == "Zoë’s CV.pdf"
        assert record.size == 1234
        (item,) = storage.due_work(now=at(0), dispatched_before=at(0), limit=10)
        assert (item.kind, item.subject_id, item.attempts) == (PROCESS, "r1", 0)
        assert item.priority is Priority.BULK

    def test_the_same_key_with_the_same_digest_is_the_same_resume(self, storage: Storage) -> None:
        first, _ = storage.add_resume(new_resume("r1", idempotency=("key", "digest")))
        again, is_new = storage.add_resume(new_resume("r2", 5, idempotency=("key", "digest")))
        assert again == first
        assert not is_new
        assert len(storage.due_work(now=at(9), dispatched_before=at(9), limit=10)) == 1
        with pytest.raises(NotFound):
            storage.get_resume("r2")

    def test_the_same_key_gives_the_present_state(self, storage: Storage) -> None:
        finish(storage, "r1", idempotency=("key", "digest"))
        again, _ = storage.add_resume(new_resume("r2", idempotency=("key", "digest")))
        assert again.status is ResumeStatus.DONE

    def test_the_same_key_with_another_digest_is_refused(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1", idempotency=("key", "digest")))
        with pytest.raises(IdempotencyMismatch):
            storage.add_resume(new_resume("r2", idempotency=("key", "other")))
        with pytest.raises(NotFound):
            storage.get_resume("r2")

    def test_the_same_key_goes_before_any_other_check(self, storage: Storage) -> None:
        first, _ = storage.add_resume(new_resume("r1", idempotency=("key", "digest")))
        new = new_resume("r2", batch_id="b404", idempotency=("key", "digest"))
        assert storage.add_resume(new) == (first, False)

    def test_keys_of_two_tenants_are_two_keys(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1", idempotency=("key", "digest")))
        new = new_resume("r2", tenant="other", idempotency=("key", "else"))
        assert storage.add_resume(new)[1]

    def test_resumes_without_a_key_never_collide(self, storage: Storage) -> None:
        assert storage.add_resume(new_resume("r1"))[1]
        assert storage.add_resume(new_resume("r2"))[1]

    def test_an_unknown_batch_is_refused(self, storage: Storage) -> None:
        with pytest.raises(NotFound):
            storage.add_resume(new_resume(batch_id="b404"))
        assert storage.count_work() == {}

    @pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
    def test_what_no_database_can_store_is_refused(self, storage: Storage, text: str) -> None:
        with pytest.raises(InvalidRequest):
            storage.add_resume(new_resume(file_name=text))
        with pytest.raises(InvalidRequest):
            storage.add_resume(new_resume(external_id=text))
        assert storage.count_resumes() == {}


class ReadContract:
    def test_another_tenant_sees_nothing(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        assert storage.get_resume("r1", tenant="default").id == "r1"
        with pytest.raises(NotFound):
            storage.get_resume("r1", tenant="other")
        assert storage.list_resumes(tenant="other", limit=10).rows == ()

    def test_an_unknown_resume_is_not_found(self, storage: Storage) -> None:
        with pytest.raises(NotFound):
            storage.get_resume("r404")
        assert storage.get_result("r404") is None
        assert storage.resume_events("r404") == ()

    def test_results_come_back_as_they_were(self, storage: Storage) -> None:
        result = parsed("Łucja \U0001f33b Nuñez \x00 \ud800", "C++")
        result["facts"] = {"z": 1, "a": [0.1, None, True, 2**53]}
        outcome = done()
        object.__setattr__(outcome, "result", result)
        finish(storage, outcome=outcome)
        back = storage.get_result("r1")
        assert back == result
        assert back is not None
        assert list(back["facts"]) == ["z", "a"]

    def test_what_is_read_is_nobody_elses_to_change(self, storage: Storage) -> None:
        finish(storage)
        first = storage.get_result("r1")
        assert first is not None
        first["resume"]["basics"]["name"] = "Somebody Else"
        assert storage.get_result("r1") == parsed()

    def test_the_same_bytes_are_found_where_this_pipeline_parsed_them(
        self, storage: Storage
    ) -> None:
        finish(storage, "r1", sha256="a" * 64)
        finish(storage, "r2", sha256="a" * 64, seconds=3)
        finish(storage, "r3", outcome=failed(), sha256="b" * 64)
        finish(storage, "r4", sha256="a" * 64, tenant="other")
        storage.add_resume(new_resume("r5", 9, sha256="a" * 64))

        def same(sha256: str, tenant: str, version: str) -> str | None:
            record = storage.find_same(sha256, tenant=tenant, pipeline_version=version)
            return None if record is None else record.id

        assert same("a" * 64, "default", "v1") == "r2"
        assert same("a" * 64, "other", "v1") == "r4"
        assert same("a" * 64, "default", "v2") is None
        assert same("b" * 64, "default", "v1") is None

    def test_resumes_are_counted_by_state(self, storage: Storage) -> None:
        assert storage.count_resumes() == {}
        finish(storage, "r1")
        finish(storage, "r2", tenant="other")
        storage.add_resume(new_resume("r3"))
        assert storage.count_resumes() == {ResumeStatus.DONE: 2, ResumeStatus.RECEIVED: 1}
        assert storage.count_resumes(tenant="other") == {ResumeStatus.DONE: 1}

    def test_history_tells_every_change(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        storage.enter_stages("r1", [EnteredStage(Stage.PARSING, at(2))], owner="worker")
        storage.finish_resume("r1", failed("corrupt"), owner="worker", now=at(3))
        history = storage.resume_events("r1")
        assert [(e.revision, e.status, e.stage, e.at, e.attempts, e.code) for e in history] == [
            (1, ResumeStatus.RECEIVED, Stage.QUEUED, at(0), 0, None),
            (2, ResumeStatus.PROCESSING, Stage.READING, at(1), 1, None),
            (3, ResumeStatus.PROCESSING, Stage.PARSING, at(2), 1, None),
            (4, ResumeStatus.FAILED, Stage.FINISHED, at(3), 1, "corrupt"),
        ]
        assert storage.resume_events("r1", after=2) == history[2:]
        assert storage.get_resume("r1").revision == 4


class ListContract:
    def test_newest_first_in_pages(self, storage: Storage) -> None:
        for number in range(7):
            # two at the same time: the id decides
            storage.add_resume(new_resume(f"r{number}", number // 2))
        seen: list[str] = []
        cursor = None
        while True:
            page = storage.list_resumes(tenant="default", limit=3, cursor=cursor)
            seen += [record.id for record in page.rows]
            cursor = page.cursor
            if cursor is None:
                break
        assert seen == [f"r{number}" for number in range(6, -1, -1)]

    def test_a_full_last_page_has_no_cursor(self, storage: Storage) -> None:
        for number in range(4):
            storage.add_resume(new_resume(f"r{number}", number))
        first = storage.list_resumes(tenant="default", limit=2)
        last = storage.list_resumes(tenant="default", limit=2, cursor=first.cursor)
        assert len(last.rows) == 2
        assert last.cursor is None

    def test_a_cursor_survives_what_comes_and_goes(self, storage: Storage) -> None:
        for number in range(5):
            storage.add_resume(new_resume(f"r{number}", number))
        page = storage.list_resumes(tenant="default", limit=2)
        assert [record.id for record in page.rows] == ["r4", "r3"]
        storage.add_resume(new_resume("r9", 9))
        storage.delete_resume("r3", tenant="default", now=at(9))
        rest = storage.list_resumes(tenant="default", limit=9, cursor=page.cursor)
        assert [record.id for record in rest.rows] == ["r2", "r1", "r0"]

    @pytest.mark.parametrize(
        "cursor",
        ["", "x", "é", "bm9uc2Vuc2U", "WzEsMV0", "W10", "WzFlOTksIiJd", "eyJhIjoxfQ", "=="],
    )
    def test_a_cursor_of_somebody_elses_is_refused(self, storage: Storage, cursor: str) -> None:
        with pytest.raises(InvalidRequest):
            storage.list_resumes(tenant="default", limit=2, cursor=cursor)

    def test_by_state_batch_and_external_id(self, storage: Storage) -> None:
        finish(storage, "r1", external_id="A")
        storage.add_resume(new_resume("r2", external_id="B"))

        def ids(**filters: object) -> list[str]:
            page = storage.list_resumes(tenant="default", limit=9, **filters)  # type: ignore[arg-type]
            return [record.id for record in page.rows]

        assert ids(status=ResumeStatus.DONE) == ["r1"]
        assert ids(status=ResumeStatus.RECEIVED) == ["r2"]
        assert ids(external_id="B") == ["r2"]
        assert ids(batch_id="b1") == []

    @pytest.mark.parametrize(
        "text",
        [
            "jose",
            "JOSÉ",
            "núñez",
            "kubernetes",
            "kubernetes jose",
            "lebenslauf",
            "x-42",
            "C++",
            "100%",
        ],
    )
    def test_search_finds(self, storage: Storage, text: str) -> None:
        outcome = done(name="José Núñez", skills=("Kubernetes", "C++", "100%_done"))
        finish(storage, "r1", outcome, file_name="Lebenslauf.pdf", external_id="X-42")
        storage.add_resume(new_resume("r2"))
        found = storage.list_resumes(tenant="default", limit=9, text=text)
        assert [record.id for record in found.rows] == ["r1"]

    @pytest.mark.parametrize("text", ["jo%se", "_ose", "kubernetes maria", "\\"])
    def test_search_does_not_find(self, storage: Storage, text: str) -> None:
        finish(storage, "r1", done(name="José Núñez", skills=("Kubernetes",)))
        assert storage.list_resumes(tenant="default", limit=9, text=text).rows == ()

    def test_an_empty_search_finds_all(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        assert len(storage.list_resumes(tenant="default", limit=9, text=" ").rows) == 1


class DeleteContract:
    def test_nothing_but_a_tombstone_stays(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", done(score()), idempotency=("key", "digest"))
        erasure = storage.delete_resume("r1", tenant="default", now=at(9))
        assert erasure == Erasure("r1", "default", "resumes/r1", at(9))
        with pytest.raises(NotFound):
            storage.get_resume("r1")
        with pytest.raises(NotFound):
            storage.get_score("j1", "r1")
        assert storage.get_result("r1") is None
        assert storage.resume_events("r1") == ()
        assert storage.ranking("j1", limit=9).rows == ()
        assert storage.list_resumes(tenant="default", limit=9, text="mara").rows == ()
        assert (
            storage.candidates(
                ScoringPart("j1"), version="1", tenant="default", after=None, limit=9
            )
            == ()
        )
        assert not storage.blob_in_use("resumes/r1")
        assert storage.deleted_at("r1", tenant="default") == at(9)
        assert storage.deleted_at("r1", tenant="other") is None
        assert storage.deleted_at("r2", tenant="default") is None

    def test_the_worker_is_fenced(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        storage.delete_resume("r1", tenant="default", now=at(2))
        assert not storage.enter_stages("r1", [EnteredStage(Stage.PARSING, at(2))], owner="worker")
        assert not storage.renew(PROCESS, "r1", owner="worker", lease_until=at(99))
        assert not storage.finish_resume("r1", done(), owner="worker", now=at(3))
        assert storage.count_work() == {}

    def test_a_deleted_key_may_be_used_again(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1", idempotency=("key", "digest")))
        storage.delete_resume("r1", tenant="default", now=at(1))
        assert storage.add_resume(new_resume("r2", idempotency=("key", "digest")))[1]

    def test_only_the_tenant_may(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        with pytest.raises(NotFound):
            storage.delete_resume("r1", tenant="other", now=at(1))
        assert storage.get_resume("r1").id == "r1"

    def test_twice_is_not_found(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        storage.delete_resume("r1", tenant="default", now=at(1))
        with pytest.raises(NotFound):
            storage.delete_resume("r1", tenant="default", now=at(2))

    def test_a_blob_in_use(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1", blob_key="shared"))
        storage.add_resume(new_resume("r2", blob_key="shared"))
        storage.delete_resume("r1", tenant="default", now=at(1))
        assert storage.blob_in_use("shared")


class CancelContract:
    @pytest.mark.parametrize("running", [False, True])
    def test_queued_or_running(self, storage: Storage, running: bool) -> None:  # noqa: FBT001
        storage.add_resume(new_resume())
        if running:
            claim(storage)
        record = storage.cancel_resume("r1", tenant="default", now=at(2))
        assert record == storage.get_resume("r1")
        assert (record.status, record.stage) == (ResumeStatus.CANCELLED, Stage.FINISHED)
        assert record.finished_at == record.updated_at == at(2)
        assert not storage.finish_resume("r1", done(), owner="worker", now=at(3))
        assert claim(storage, seconds=99) is None
        assert storage.get_result("r1") is None

    def test_what_is_final_stays(self, storage: Storage) -> None:
        finish(storage)
        with pytest.raises(Conflict):
            storage.cancel_resume("r1", tenant="default", now=at(9))
        assert storage.get_resume("r1").status is ResumeStatus.DONE

    def test_only_the_tenant_may(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        with pytest.raises(NotFound):
            storage.cancel_resume("r1", tenant="other", now=at(1))
        assert claim(storage)


class ReprocessContract:
    def test_a_final_resume_starts_again(self, storage: Storage) -> None:
        finish(storage, "r1", failed())
        record = storage.reprocess_resume("r1", tenant="default", now=at(9))
        assert record == storage.get_resume("r1")
        assert (record.status, record.stage) == (ResumeStatus.RECEIVED, Stage.QUEUED)
        assert (record.attempts, record.failure, record.finished_at) == (0, None, None)
        item = claim(storage, seconds=9)
        assert item is not None
        assert item.attempts == 1

    def test_the_old_result_stays_until_the_new_outcome(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", done(score(total=1), name="Mara Vogel"))
        storage.reprocess_resume("r1", tenant="default", now=at(9))
        assert storage.get_result("r1") == parsed("Mara Vogel")
        assert storage.get_score("j1", "r1").total == 1
        (listed,) = storage.list_resumes(tenant="default", limit=9).rows
        assert listed.candidate_name == "Mara Vogel"
        claim(storage, seconds=9)
        renamed = done(score(total=2), name="Mara Vogel-Lind")
        assert storage.finish_resume("r1", renamed, owner="worker", now=at(10))
        assert storage.get_result("r1") == parsed("Mara Vogel-Lind")
        assert storage.get_score("j1", "r1").total == 2
        assert storage.ranking("j1", limit=9).rows[0].resume.candidate_name == "Mara Vogel-Lind"

    def test_a_failure_takes_the_old_result_away(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", done(score()))
        storage.reprocess_resume("r1", tenant="default", now=at(9))
        claim(storage, seconds=9)
        storage.finish_resume("r1", failed(), owner="worker", now=at(10))
        assert storage.get_result("r1") is None
        assert storage.get_resume("r1").candidate_name is None
        assert storage.ranking("j1", limit=9).rows == ()
        assert storage.list_resumes(tenant="default", limit=9, text="mara").rows == ()

    def test_an_old_score_for_a_job_that_was_not_scored_again_goes(self, storage: Storage) -> None:
        storage.add_job(job())
        finish(storage, "r1", done(score()))
        storage.reprocess_resume("r1", tenant="default", now=at(9))
        claim(storage, seconds=9)
        storage.finish_resume("r1", done(), owner="worker", now=at(10))
        assert storage.ranking("j1", limit=9).rows == ()
        assert claim(storage, "j1", seconds=10, kind=SCORE)

    def test_what_is_not_final_stays(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        with pytest.raises(Conflict):
            storage.reprocess_resume("r1", tenant="default", now=at(1))
        claim(storage)
        with pytest.raises(Conflict):
            storage.reprocess_resume("r1", tenant="default", now=at(2))

    def test_a_dead_letter_too(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        kill_until_dead(storage)
        assert storage.get_resume("r1").failure == Failure(
            "worker_crashed", "Processing this document ended its worker each time it was tried."
        )
        storage.reprocess_resume("r1", tenant="default", now=at(900))
        assert storage.list_dead(limit=9).rows == ()
        assert claim(storage, seconds=900)

    def test_only_the_tenant_may(self, storage: Storage) -> None:
        finish(storage)
        with pytest.raises(NotFound):
            storage.reprocess_resume("r1", tenant="other", now=at(9))
