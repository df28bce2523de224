"""What every storage does with work items: claims, leases, fences, dead letters."""

from __future__ import annotations

import pytest

from resume_processor.errors import Conflict, NotFound
from resume_processor.resume.record import Priority, ResumeStatus, Stage
from resume_processor.workflow.ports import EnteredStage, ScoringPart, Storage, WorkItem, WorkState
from tests.contracts.storage.samples import (
    LEASE,
    MAX_ATTEMPTS,
    PROCESS,
    SCORE,
    at,
    claim,
    done,
    failed,
    finish_scoring,
    job,
    kill_until_dead,
    new_resume,
    parsed,
    score,
)


def reap(storage: Storage, item: WorkItem, seconds: float) -> WorkState | None:
    return storage.reap(
        item, now=at(seconds), available_at=at(seconds + 5), max_attempts=MAX_ATTEMPTS
    )


class ClaimContract:
    def test_the_first_one_has_it(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        item = claim(storage, owner="one")
        assert item is not None
        assert (item.state, item.attempts, item.owner) == (WorkState.RUNNING, 1, "one")
        assert item.lease_until == at(1 + LEASE)
        record = storage.get_resume("r1")
        assert (record.status, record.stage) == (ResumeStatus.PROCESSING, Stage.READING)
        assert (record.attempts, record.revision) == (1, 2)
        assert claim(storage, owner="two", seconds=2) is None

    def test_what_is_unknown_or_not_due(self, storage: Storage) -> None:
        assert claim(storage, "r404") is None
        storage.add_resume(new_resume("r1", seconds=10))
        assert claim(storage, "r1", seconds=9) is None
        assert claim(storage, "r1", seconds=10)

    def test_an_expired_lease_is_free(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, owner="one", seconds=1)
        assert claim(storage, owner="two", seconds=1 + LEASE - 0.001) is None
        item = claim(storage, owner="two", seconds=1 + LEASE)
        assert item is not None
        assert (item.attempts, item.owner) == (2, "two")

    def test_an_expired_lease_without_attempts_is_the_reapers(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, seconds=1, max_attempts=1)
        assert claim(storage, seconds=99, max_attempts=1) is None
        assert storage.get_resume("r1").status is ResumeStatus.PROCESSING

    def test_waiting_work_without_attempts_is_given_up(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, max_attempts=1)
        storage.release(
            PROCESS,
            "r1",
            owner="worker",
            now=at(2),
            available_at=at(2),
            error="internal_error",
            refund=False,
        )
        assert claim(storage, seconds=3, max_attempts=1) is None
        record = storage.get_resume("r1")
        assert record.status is ResumeStatus.FAILED
        assert record.failure is not None
        assert record.failure.code == "internal_error"
        assert storage.due_work(now=at(9), dispatched_before=at(9), limit=9) == ()
        assert [item.last_error for item in storage.list_dead(limit=9).rows] == ["internal_error"]

    def test_renewing_holds_it(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, owner="one", seconds=1)
        assert storage.renew(PROCESS, "r1", owner="one", lease_until=at(200))
        assert not storage.renew(PROCESS, "r1", owner="two", lease_until=at(300))
        assert claim(storage, owner="two", seconds=100) is None
        assert storage.expired_work(now=at(100), limit=9) in ((), [])
        assert storage.get_resume("r1").revision == 2


class FenceContract:
    def test_who_lost_the_lease_writes_nothing(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, owner="one", seconds=1)
        claim(storage, owner="two", seconds=1 + LEASE)
        before = storage.get_resume("r1")
        assert not storage.renew(PROCESS, "r1", owner="one", lease_until=at(999))
        assert not storage.enter_stages("r1", [EnteredStage(Stage.SCORING, at(60))], owner="one")
        assert not storage.finish_resume("r1", failed(), owner="one", now=at(60))
        assert not storage.release(
            PROCESS, "r1", owner="one", now=at(60), available_at=at(60), error="x", refund=True
        )
        assert storage.get_resume("r1") == before
        assert storage.finish_resume("r1", done(), owner="two", now=at(61))
        assert storage.get_resume("r1").status is ResumeStatus.DONE

    def test_finishing_twice_counts_once(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        assert storage.finish_resume("r1", done(), owner="worker", now=at(2))
        once = storage.get_resume("r1")
        assert not storage.finish_resume("r1", failed(), owner="worker", now=at(3))
        assert storage.get_resume("r1") == once
        assert claim(storage, seconds=99) is None

    def test_an_expired_lease_nobody_took_is_still_the_owners(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, seconds=1)
        assert storage.finish_resume("r1", done(), owner="worker", now=at(500))

    def test_a_stage_is_noted_once(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        assert storage.enter_stages("r1", [EnteredStage(Stage.SCORING, at(2))], owner="worker")
        assert storage.enter_stages("r1", [EnteredStage(Stage.SCORING, at(3))], owner="worker")
        record = storage.get_resume("r1")
        assert (record.stage, record.revision, record.updated_at) == (Stage.SCORING, 3, at(2))

    def test_stages_are_noted_in_their_order_each_with_its_time(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        stages = [EnteredStage(Stage.PARSING, at(2)), EnteredStage(Stage.SCORING, at(3))]
        assert storage.enter_stages("r1", stages, owner="worker")
        noted = [(e.revision, e.stage, e.at) for e in storage.resume_events("r1", after=2)]
        assert noted == [(3, Stage.PARSING, at(2)), (4, Stage.SCORING, at(3))]
        assert storage.get_resume("r1").revision == 4

    def test_stages_that_were_not_noted_come_with_the_end(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        stages = [EnteredStage(Stage.PARSING, at(2)), EnteredStage(Stage.SCORING, at(3))]
        assert not storage.finish_resume("r1", done(), owner="other", now=at(4), stages=stages)
        assert storage.finish_resume("r1", done(), owner="worker", now=at(4), stages=stages)
        noted = [(e.revision, e.stage, e.at) for e in storage.resume_events("r1", after=2)]
        assert noted == [(3, Stage.PARSING, at(2)), (4, Stage.SCORING, at(3)),
                         (5, Stage.FINISHED, at(4))]  # fmt: skip
        assert storage.get_resume("r1").revision == 5


class FinishContract:
    def test_result_state_and_scores_together(self, storage: Storage) -> None:
        storage.add_job(job())
        storage.add_resume(new_resume())
        claim(storage)
        outcome = done(score(total=700))
        assert storage.finish_resume("r1", outcome, owner="worker", now=at(2))
        record = storage.get_resume("r1")
        assert (record.status, record.stage) == (ResumeStatus.DONE, Stage.FINISHED)
        assert (record.media_type, record.pipeline_version) == ("application/pdf", "v1")
        assert record.finished_at == record.updated_at == at(2)
        assert storage.get_result("r1") == parsed()
        assert storage.get_score("j1", "r1") == score(total=700)
        assert storage.count_work() == {(SCORE, WorkState.WAITING): 1}

    def test_a_failure_has_no_result(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        storage.finish_resume("r1", failed("encrypted"), owner="worker", now=at(2))
        record = storage.get_resume("r1")
        assert record.status is ResumeStatus.FAILED
        assert record.failure is not None
        assert record.failure.code == "encrypted"
        assert storage.get_result("r1") is None

    def test_a_score_for_a_deleted_job_is_left_out(self, storage: Storage) -> None:
        storage.add_job(job())
        storage.add_resume(new_resume())
        claim(storage)
        storage.delete_job("j1", tenant="default", now=at(50))
        outcome = done(score())
        assert storage.finish_resume("r1", outcome, owner="worker", now=at(2))
        with pytest.raises(NotFound):
            storage.get_score("j1", "r1")

    def test_a_job_that_came_meanwhile_is_scored_once_more(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        storage.add_job(job())
        finish_scoring(storage)
        assert storage.count_work() == {(PROCESS, WorkState.RUNNING): 1}
        storage.finish_resume("r1", done(), owner="worker", now=at(2))
        (item,) = storage.due_work(now=at(2), dispatched_before=at(2), limit=9)
        assert (item.kind, item.subject_id) == (SCORE, "j1")

    def test_a_job_whose_scoring_runs_starts_once_more_at_its_end(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        storage.add_job(job())
        claim(storage, "j1", "scorer", kind=SCORE)
        storage.save_scores((), part=ScoringPart("j1"), owner="scorer", progress="r0", now=at(1))
        storage.finish_resume("r1", done(), owner="worker", now=at(2))
        assert storage.finish_work(SCORE, "j1", owner="scorer", now=at(9))
        item = claim(storage, "j1", "scorer", seconds=3, kind=SCORE)
        assert item is not None
        assert (item.progress, item.attempts, item.again) == (None, 1, False)
        assert storage.finish_work(SCORE, "j1", owner="scorer", now=at(9))
        assert storage.count_work() == {}

    def test_a_job_whose_scoring_was_handed_back_starts_from_its_beginning(
        self, storage: Storage
    ) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        storage.add_job(job())
        claim(storage, "j1", "scorer", kind=SCORE)
        storage.save_scores((), part=ScoringPart("j1"), owner="scorer", progress="r9", now=at(1))
        storage.release(
            SCORE, "j1", owner="scorer", now=at(1), available_at=at(1), error=None, refund=True
        )
        storage.finish_resume("r1", done(), owner="worker", now=at(2))
        item = claim(storage, "j1", "scorer", seconds=3, kind=SCORE)
        assert item is not None
        assert item.progress is None

    @pytest.mark.parametrize("changes", [{"open": False}, {"tenant": "other"}])
    def test_closed_jobs_and_other_tenants_jobs_are_left_alone(
        self, storage: Storage, changes: dict[str, object]
    ) -> None:
        storage.add_job(job(**changes))
        finish_scoring(storage)
        storage.add_resume(new_resume())
        claim(storage)
        storage.finish_resume("r1", done(), owner="worker", now=at(2))
        assert storage.count_work() == {}


class ReleaseContract:
    @pytest.mark.parametrize(("refund", "attempts"), [(True, 0), (False, 1)])
    def test_it_waits_again(self, storage: Storage, refund: bool, attempts: int) -> None:  # noqa: FBT001
        storage.add_resume(new_resume())
        storage.note_dispatched(
            storage.due_work(now=at(0), dispatched_before=at(0), limit=9), now=at(0)
        )
        claim(storage)
        assert storage.release(
            PROCESS,
            "r1",
            owner="worker",
            now=at(2),
            available_at=at(7),
            error="storage_unavailable",
            refund=refund,
        )
        record = storage.get_resume("r1")
        assert (record.status, record.stage) == (ResumeStatus.RECEIVED, Stage.QUEUED)
        assert record.attempts == attempts
        assert storage.resume_events("r1")[-1].code == "storage_unavailable"
        assert not storage.due_work(now=at(6), dispatched_before=at(-99), limit=9)
        # it is published anew although it had been published before
        (item,) = storage.due_work(now=at(7), dispatched_before=at(-99), limit=9)
        assert (item.attempts, item.last_error) == (attempts, "storage_unavailable")
        assert (item.owner, item.lease_until, item.dispatched_at) == (None, None, None)
        assert claim(storage, seconds=6) is None
        assert claim(storage, seconds=7)


class DispatchContract:
    def test_what_was_published_waits_for_its_time(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        items = storage.due_work(now=at(1), dispatched_before=at(1), limit=9)
        storage.note_dispatched(items, now=at(1))
        assert not storage.due_work(now=at(2), dispatched_before=at(1), limit=9)
        (again,) = storage.due_work(now=at(40), dispatched_before=at(10), limit=9)
        assert again.dispatched_at == at(1)

    def test_noting_what_is_gone_does_nothing(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1"))
        storage.add_resume(new_resume("r2"))
        items = storage.due_work(now=at(1), dispatched_before=at(1), limit=9)
        storage.cancel_resume("r1", tenant="default", now=at(1))
        claim(storage, "r2")
        storage.note_dispatched(items, now=at(2))
        storage.note_dispatched((), now=at(2))
        assert not storage.due_work(now=at(99), dispatched_before=at(99), limit=9)
        (running,) = storage.expired_work(now=at(99), limit=9)
        assert (running.subject_id, running.dispatched_at) == ("r2", None)

    def test_longest_waiting_first(self, storage: Storage) -> None:
        for resume_id, seconds in (("r1", 3), ("r2", 1), ("r3", 2)):
            storage.add_resume(new_resume(resume_id, seconds))
        due = storage.due_work(now=at(9), dispatched_before=at(9), limit=2)
        assert [item.subject_id for item in due] == ["r2", "r3"]

    def test_every_fourth_is_bulk(self, storage: Storage) -> None:
        for number in range(6):
            storage.add_resume(new_resume(f"b{number}", number, priority=Priority.BULK))
        for number in range(6):
            storage.add_resume(new_resume(f"i{number}", 10 + number))
        due = storage.due_work(now=at(99), dispatched_before=at(99), limit=10)
        names = [item.subject_id for item in due]
        assert names == ["i0", "i1", "i2", "b0", "i3", "i4", "i5", "b1", "b2", "b3"]

    def test_bulk_gets_its_turn_even_one_at_a_time(self, storage: Storage) -> None:
        for number in range(8):
            storage.add_resume(new_resume(f"b{number}", number, priority=Priority.BULK))
            storage.add_resume(new_resume(f"i{number}", number))
        published = []
        for step in range(8):
            items = storage.due_work(now=at(99), dispatched_before=at(50), limit=1)
            storage.note_dispatched(items, now=at(60 + step))
            published += [item.subject_id for item in items]
        assert published == ["i0", "i1", "i2", "b0", "i3", "i4", "i5", "b1"]

    def test_counts_and_age(self, storage: Storage) -> None:
        assert storage.count_work() == {}
        assert storage.oldest_waiting() is None
        storage.add_resume(new_resume("r1", 5, priority=Priority.BULK))
        storage.add_resume(new_resume("r2", 6))
        storage.add_resume(new_resume("r3", 4))
        claim(storage, "r3", seconds=9)
        storage.add_job(job(seconds=7))
        assert storage.count_work() == {
            (PROCESS, WorkState.WAITING): 2,
            (PROCESS, WorkState.RUNNING): 1,
            (SCORE, WorkState.WAITING): 1,
        }
        assert storage.oldest_waiting() == at(5)


class ReapContract:
    def test_expired_work_waits_again(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, seconds=1)
        assert not storage.expired_work(now=at(30), limit=9)
        (item,) = storage.expired_work(now=at(31), limit=9)
        assert reap(storage, item, 31) is WorkState.WAITING
        record = storage.get_resume("r1")
        assert (record.status, record.attempts) == (ResumeStatus.RECEIVED, 1)
        assert storage.resume_events("r1")[-1].code == "worker_crashed"
        assert not storage.finish_resume("r1", done(), owner="worker", now=at(32))
        assert claim(storage, seconds=35) is None
        assert claim(storage, seconds=36)

    def test_only_once(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, seconds=1)
        (item,) = storage.expired_work(now=at(31), limit=9)
        assert reap(storage, item, 31) is WorkState.WAITING
        assert reap(storage, item, 31) is None

    def test_not_what_moved_meanwhile(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1"))
        storage.add_resume(new_resume("r2"))
        storage.add_resume(new_resume("r3"))
        for resume_id in ("r1", "r2", "r3"):
            claim(storage, resume_id, seconds=1)
        renewed, retaken, finished = storage.expired_work(now=at(31), limit=9)
        storage.renew(PROCESS, "r1", owner="worker", lease_until=at(99))
        claim(storage, "r2", "other", seconds=31)
        storage.finish_resume("r3", done(), owner="worker", now=at(31))
        assert reap(storage, renewed, 32) is None
        assert reap(storage, retaken, 32) is None
        assert reap(storage, retaken, 99) is None  # expired again, but another's lease
        assert reap(storage, finished, 32) is None
        assert storage.get_resume("r3").status is ResumeStatus.DONE

    def test_longest_expired_first(self, storage: Storage) -> None:
        for resume_id, seconds in (("r1", 3), ("r2", 1), ("r3", 2)):
            storage.add_resume(new_resume(resume_id))
            claim(storage, resume_id, seconds=seconds)
        expired = storage.expired_work(now=at(99), limit=2)
        assert [item.subject_id for item in expired] == ["r2", "r3"]

    def test_no_attempts_left_is_dead(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        kill_until_dead(storage)
        record = storage.get_resume("r1")
        assert (record.status, record.attempts) == (ResumeStatus.FAILED, MAX_ATTEMPTS)
        assert record.failure is not None
        assert record.failure.code == "worker_crashed"
        assert record.finished_at is not None
        assert storage.count_work() == {(PROCESS, WorkState.DEAD): 1}
        assert claim(storage, seconds=999) is None
        assert not storage.due_work(now=at(999), dispatched_before=at(999), limit=9)
        assert storage.oldest_waiting() is None

    def test_a_jobs_scoring_dies_without_a_resume(self, storage: Storage) -> None:
        storage.add_job(job())
        claim(storage, "j1", kind=SCORE, max_attempts=1)
        (item,) = storage.expired_work(now=at(99), limit=9)
        state = storage.reap(item, now=at(99), available_at=at(99), max_attempts=1)
        assert state is WorkState.DEAD
        assert [dead.subject_id for dead in storage.list_dead(limit=9).rows] == ["j1"]


class DeadLetterContract:
    def test_listed_newest_first_in_pages(self, storage: Storage) -> None:
        for number in range(5):
            resume_id, tenant = f"r{number}", "other" if number == 4 else "default"
            storage.add_resume(new_resume(resume_id, number / 10, tenant=tenant))
            kill_until_dead(storage, resume_id)
        first = storage.list_dead(limit=3)
        assert [item.subject_id for item in first.rows] == ["r4", "r3", "r2"]
        assert all(item.state is WorkState.DEAD for item in first.rows)
        assert all(item.last_error == "worker_crashed" for item in first.rows)
        rest = storage.list_dead(limit=3, cursor=first.cursor)
        assert [item.subject_id for item in rest.rows] == ["r1", "r0"]
        assert rest.cursor is None
        assert [i.subject_id for i in storage.list_dead(limit=9, tenant="other").rows] == ["r4"]

    def test_replayed_as_new(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        kill_until_dead(storage)
        item = storage.replay(PROCESS, "r1", now=at(500), tenant="default")
        assert (item.state, item.attempts, item.available_at) == (WorkState.WAITING, 0, at(500))
        record = storage.get_resume("r1")
        assert (record.status, record.failure) == (ResumeStatus.RECEIVED, None)
        assert claim(storage, seconds=500)
        assert storage.list_dead(limit=9).rows == ()

    def test_only_what_is_dead(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        with pytest.raises(Conflict):
            storage.replay(PROCESS, "r1", now=at(1))
        with pytest.raises(NotFound):
            storage.replay(PROCESS, "r404", now=at(1))
        kill_until_dead(storage)
        with pytest.raises(NotFound):
            storage.replay(PROCESS, "r1", now=at(1), tenant="other")
