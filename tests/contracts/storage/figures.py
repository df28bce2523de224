"""What every storage counts, and how it knows of the workers that are there."""

from __future__ import annotations

from resume_processor.workflow.figures import BEYOND, SUM, Family
from resume_processor.workflow.ports import Storage, WorkerSign, WorkKind
from tests.contracts.storage.samples import (
    LEASE,
    PROCESS,
    at,
    claim,
    done,
    failed,
    finish,
    finish_scoring,
    job,
    kill_until_dead,
    new_resume,
)

RESUME, JOB = WorkKind.PROCESS_RESUME.value, WorkKind.SCORE_JOB.value


def of(storage: Storage, family: Family, of: str | None = None) -> dict[str, float]:
    """The totals of a family by label, those of a kind or status."""
    return {
        total.label: amount
        for total, amount in storage.totals().items()
        if total.family is family and of in (None, total.of)
    }


class TotalsContract:
    def test_nothing_is_counted_before_anything_happens(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        assert storage.totals() == {}

    def test_the_wait_and_the_run(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, seconds=0.2)
        storage.finish_resume("r1", done(), owner="worker", now=at(0.5))
        assert of(storage, Family.WAIT, RESUME) == {"0.25": 1, SUM: 0.2}
        assert of(storage, Family.RUN, RESUME) == {"0.5": 1, SUM: 0.3}

    def test_what_takes_longest(self, storage: Storage) -> None:
        finish(storage, seconds=99_999)
        assert of(storage, Family.WAIT, RESUME) == {BEYOND: 1, SUM: 99_999}

    def test_a_bound_belongs_to_its_bucket(self, storage: Storage) -> None:
        finish(storage, seconds=0.25)
        assert of(storage, Family.WAIT, RESUME)["0.25"] == 1

    def test_clocks_that_differ_give_no_negative_times(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, seconds=5)
        storage.finish_resume("r1", done(), owner="worker", now=at(4))
        assert of(storage, Family.RUN, RESUME)[SUM] == 0

    def test_outcomes_by_code(self, storage: Storage) -> None:
        finish(storage, "r1")
        finish(storage, "r2", failed("corrupt"))
        finish(storage, "r3", failed("corrupt"))
        finish(storage, "r4", failed("encrypted"))
        storage.add_resume(new_resume("r5"))
        storage.cancel_resume("r5", tenant="default", now=at(3))
        assert of(storage, Family.OUTCOMES, "DONE") == {"": 1}
        assert of(storage, Family.OUTCOMES, "FAILED") == {"corrupt": 2, "encrypted": 1}
        assert of(storage, Family.OUTCOMES, "CANCELLED") == {"": 1}

    def test_what_was_deleted_stays_counted(self, storage: Storage) -> None:
        finish(storage)
        before = storage.totals()
        storage.delete_resume("r1", tenant="default", now=at(9))
        assert storage.totals() == before

    def test_attempts_and_lost_workers(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        kill_until_dead(storage)
        assert of(storage, Family.ATTEMPTS, RESUME) == {"1": 1, "2": 1, "3": 1}
        assert of(storage, Family.EXPIRED, RESUME) == {"waiting": 2, "dead": 1}
        assert of(storage, Family.OUTCOMES, "FAILED") == {"worker_crashed": 1}
        assert of(storage, Family.RUN) == {}

    def test_an_outcome_that_is_refused_is_not_counted(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, owner="one")
        claim(storage, owner="two", seconds=1 + LEASE)
        assert storage.finish_resume("r1", done(), owner="two", now=at(LEASE + 2))
        assert not storage.finish_resume("r1", done(), owner="one", now=at(LEASE + 3))
        assert of(storage, Family.OUTCOMES) == {"": 1}

    def test_work_that_is_handed_back_waits_from_when_it_may_start(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage, seconds=0)
        storage.release(
            PROCESS,
            "r1",
            owner="worker",
            now=at(1),
            available_at=at(8),
            error="internal_error",
            refund=False,
        )
        claim(storage, seconds=10)
        assert of(storage, Family.WAIT, RESUME) == {"0.05": 1, "2.5": 1, SUM: 2}

    def test_waiting_work_without_attempts_left(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        assert claim(storage, max_attempts=0) is None
        assert of(storage, Family.OUTCOMES, "FAILED") == {"worker_crashed": 1}

    def test_jobs_are_told_apart(self, storage: Storage) -> None:
        storage.add_job(job())
        finish_scoring(storage, seconds=1)
        assert of(storage, Family.ATTEMPTS, JOB) == {"1": 1}
        assert of(storage, Family.RUN, JOB) == {"0.01": 1, SUM: 0}
        assert of(storage, Family.OUTCOMES) == {}


def sign(instance: str, seconds: float, children: int = 2) -> WorkerSign:
    return WorkerSign(instance, children, memory_bytes=5_000_000_000, seen_at=at(seconds))


class WorkersContract:
    def test_those_that_were_seen_lately(self, storage: Storage) -> None:
        for one in (sign("b:1", 10), sign("a:1", 20), sign("c:1", 30)):
            storage.sign_on(one, forget_before=at(0))
        assert storage.workers(seen_after=at(10)) == (sign("a:1", 20), sign("c:1", 30))

    def test_the_last_word_counts(self, storage: Storage) -> None:
        storage.sign_on(sign("a:1", 10, children=4), forget_before=at(0))
        storage.sign_on(WorkerSign("a:1", 0, None, at(11)), forget_before=at(0))
        assert storage.workers(seen_after=at(0)) == (WorkerSign("a:1", 0, None, at(11)),)

    def test_one_that_ends_is_gone(self, storage: Storage) -> None:
        storage.sign_on(sign("a:1", 10), forget_before=at(0))
        storage.sign_off("a:1")
        storage.sign_off("a:1")
        assert storage.workers(seen_after=at(0)) == ()

    def test_one_that_vanished_is_forgotten(self, storage: Storage) -> None:
        storage.sign_on(sign("a:1", 10), forget_before=at(0))
        storage.sign_on(sign("b:1", 99), forget_before=at(11))
        assert storage.workers(seen_after=at(0)) == (sign("b:1", 99),)
