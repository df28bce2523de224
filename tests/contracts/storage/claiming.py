"""What every storage tells a worker that claims a resume."""

from __future__ import annotations

from resume_processor.resume.record import ResumeStatus
from resume_processor.workflow.ports import Storage, WorkState
from tests.contracts.storage.samples import (
    LEASE,
    MAX_ATTEMPTS,
    PROCESS,
    at,
    claim_resume,
    done,
    finish,
    kill_until_dead,
    new_resume,
)

BYTES = "a" * 64


class ClaimResumeContract:
    def test_it_is_claimed_as_any_work(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claimed = claim_resume(storage, owner="one")
        assert claimed is not None
        work, record = claimed.work, claimed.record
        assert (work.state, work.attempts, work.owner) == (WorkState.RUNNING, 1, "one")
        assert work.lease_until == at(1 + LEASE)
        assert record == storage.get_resume("r1")
        assert (record.status, record.attempts) == (ResumeStatus.PROCESSING, 1)
        assert [event.revision for event in storage.resume_events("r1")] == [1, 2]
        assert not storage.finish_resume("r1", done(), owner="two", now=at(2))
        assert storage.finish_resume("r1", done(), owner="one", now=at(2))

    def test_one_has_it_until_its_lease_expires(self, storage: Storage) -> None:
        assert claim_resume(storage) is None
        storage.add_resume(new_resume("r1", seconds=1))
        assert claim_resume(storage, owner="one", seconds=0.9) is None
        assert claim_resume(storage, owner="one")
        assert claim_resume(storage, owner="two", seconds=1 + LEASE - 0.001) is None
        again = claim_resume(storage, owner="two", seconds=1 + LEASE)
        assert again is not None
        assert (again.work.attempts, again.record.attempts) == (2, 2)

    def test_without_attempts_it_is_a_dead_letter(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        assert claim_resume(storage)
        assert storage.release(
            PROCESS, "r1", owner="worker", now=at(2), available_at=at(3), error="x", refund=False
        )
        assert claim_resume(storage, seconds=4, max_attempts=1) is None
        assert [item.subject_id for item in storage.list_dead(limit=9).rows] == ["r1"]
        assert storage.get_resume("r1").status is ResumeStatus.FAILED

    def test_a_dead_letter_is_nobodys(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        kill_until_dead(storage)
        assert claim_resume(storage, seconds=10_000, max_attempts=MAX_ATTEMPTS + 1) is None

    def test_it_comes_with_what_is_known_of_the_same_bytes(self, storage: Storage) -> None:
        for resume_id, seconds in (("r1", 0), ("r2", 3)):
            finish(storage, resume_id, seconds=seconds + 2, sha256=BYTES)
        storage.add_resume(new_resume("r3", 6, sha256=BYTES))
        storage.add_resume(new_resume("r4", 7, sha256=BYTES))
        storage.add_resume(new_resume("r5", 8))
        first = claim_resume(storage, "r3", seconds=10)
        second = claim_resume(storage, "r4", seconds=10)
        other = claim_resume(storage, "r5", seconds=10)
        assert first is not None
        assert second is not None
        assert other is not None
        assert (first.is_parsed_elsewhere, second.is_parsed_elsewhere) == (False, True)
        assert first.same == second.same == storage.get_resume("r2")
        assert (other.is_parsed_elsewhere, other.same) == (False, None)
