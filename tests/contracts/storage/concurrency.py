"""What holds when several threads and processes use one database at once, and are killed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from resume_processor.errors import Conflict
from resume_processor.resume.record import ResumeStatus
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.ports import ScoringPart, Storage, WorkState
from tests.contracts.storage import batches
from tests.contracts.storage.other_process import go, killed_after, lines, start, told, whole_lines
from tests.contracts.storage.samples import (
    MAX_ATTEMPTS,
    PROCESS,
    SCORE,
    at,
    claim,
    done,
    finish,
    job,
    new_resume,
    profile,
    score,
)

THREADS = 8


def together(actions: list[Callable[[], Any]]) -> list[Any]:
    """Results of actions run at once."""
    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result() for future in [pool.submit(action) for action in actions]]


class ThreadContract:
    """For any storage."""

    def test_one_thread_has_the_claim(self, storage: Storage) -> None:
        for number in range(20):
            storage.add_resume(new_resume(f"r{number}"))
            taken = together(
                [
                    lambda owner=f"t{t}", r=f"r{number}": claim(storage, r, owner)
                    for t in range(THREADS)
                ]
            )
            assert sum(item is not None for item in taken) == 1
            assert storage.get_resume(f"r{number}").attempts == 1

    def test_one_key_is_one_resume(self, storage: Storage) -> None:
        stored = together(
            [
                lambda r=f"r{t}": storage.add_resume(new_resume(r, idempotency=("key", "digest")))
                for t in range(THREADS)
            ]
        )
        assert len({record.id for record, _ in stored}) == 1
        assert sum(is_new for _, is_new in stored) == 1
        assert storage.count_resumes() == {ResumeStatus.RECEIVED: 1}

    def test_one_reaper_moves_it(self, storage: Storage) -> None:
        storage.add_resume(new_resume())
        claim(storage)
        (item,) = storage.expired_work(now=at(99), limit=9)
        moved = together(
            [lambda: storage.reap(item, now=at(99), available_at=at(99), max_attempts=MAX_ATTEMPTS)]
            * THREADS
        )
        assert sorted(moved, key=str) == [None] * (THREADS - 1) + [WorkState.WAITING]

    def test_finish_against_cancel_has_one_winner(self, storage: Storage) -> None:
        for number in range(20):
            resume_id = f"r{number}"
            storage.add_resume(new_resume(resume_id))
            claim(storage, resume_id)

            def cancel(resume_id: str = resume_id) -> object:
                try:
                    return storage.cancel_resume(resume_id, tenant="default", now=at(2))
                except Conflict as error:
                    return error

            def end(resume_id: str = resume_id) -> bool:
                return storage.finish_resume(resume_id, done(), owner="worker", now=at(2))

            _, finished = together([cancel, end])
            status = storage.get_resume(resume_id).status
            assert status is (ResumeStatus.DONE if finished else ResumeStatus.CANCELLED)

    def test_no_resume_misses_a_job(self, storage: Storage) -> None:
        """However a new job and results cross, each pair has a score or work that makes one."""
        for number in range(10):
            job_id, resume_id = f"j{number}", f"r{number}"
            storage.add_resume(new_resume(resume_id))
            claim(storage, resume_id)

            def bring_job(job_id: str = job_id) -> None:
                storage.add_job(job(job_id))
                assert claim(storage, job_id, "scorer", kind=SCORE)
                found = storage.candidates(
                    ScoringPart(job_id), version="1", tenant="default", after=None, limit=99
                )
                chunk = [score(one.resume_id, job_id, seconds=50) for one in found]
                storage.save_scores(
                    chunk, part=ScoringPart(job_id), owner="scorer", progress="z", now=at(50)
                )
                storage.finish_work(SCORE, job_id, owner="scorer", now=at(9))

            def end(resume_id: str = resume_id) -> None:
                storage.finish_resume(resume_id, done(), owner="worker", now=at(2))

            together([bring_job, end])
            waits = claim(storage, job_id, "later", seconds=60, kind=SCORE) is not None
            ranked = [row.resume.id for row in storage.ranking(job_id, limit=99).rows]
            assert waits or resume_id in ranked

    def test_scoring_deleting_and_finishing_at_once(self, storage: Storage) -> None:
        """Every order of locks is tried against every other; nothing may block or be torn."""
        for number in range(12):
            finish(storage, f"r{number}")
        storage.add_job(job())
        claim(storage, "j1", "scorer", kind=SCORE)
        for number in range(12):
            storage.reprocess_resume(f"r{number}", tenant="default", now=at(3))
            claim(storage, f"r{number}", seconds=4)

        def chunk() -> None:
            scores = [score(f"r{number}", seconds=5) for number in range(12)]
            made = {one.resume_id: profile("p2") for one in scores}
            for profiles in (None, made, None, made):
                storage.save_scores(
                    scores,
                    part=ScoringPart("j1"),
                    owner="scorer",
                    progress="r",
                    now=at(5),
                    profiles=profiles,
                )

        def end() -> None:
            for number in range(12):
                storage.finish_resume(f"r{number}", done(), owner="worker", now=at(6))

        def remove() -> None:
            for number in range(0, 12, 3):
                storage.delete_resume(f"r{number}", tenant="default", now=at(7))

        together([chunk, chunk, end, remove])
        ranked = {row.resume.id for row in storage.ranking("j1", limit=99).rows}
        assert ranked.isdisjoint({"r0", "r3", "r6", "r9"})
        assert storage.count_resumes() == {ResumeStatus.DONE: 8}
        assert (PROCESS, WorkState.RUNNING) not in storage.count_work()

    def test_a_batch_is_complete_whoever_is_last(self, storage: Storage) -> None:
        for number in range(10):
            batch_id, ids = f"b{number}", [f"r{number}-{t}" for t in range(THREADS)]
            batches.add(storage, batch_id)
            batches.unpack(storage, *ids, batch_id=batch_id)
            together([lambda r=r: batches.work_on(storage, r, 3) for r in ids])
            assert batches.completed_at(storage, batch_id) == at(3)


class ProcessContract:
    """For databases; ``url`` is that of ``storage``."""

    def test_one_process_has_the_claim(self, storage: SqlStorage, url: str) -> None:
        subjects = [f"r{number}" for number in range(60)]
        for subject in subjects:
            storage.add_resume(new_resume(subject))
        processes = [start(url, "claim", owner, *subjects) for owner in ("one", "two")]
        go(*processes)
        first, second = (lines(process) for process in processes)
        assert sorted(first + second) == sorted(subjects)

    def test_kill_9_loses_nothing_that_was_told(self, storage: SqlStorage, url: str) -> None:
        processes = [start(url, "add", prefix) for prefix in ("a", "b")]
        with killed_after(*processes):
            go(*processes)
            said = [told(process) for process in processes for _ in range(60)]
            for process in processes:
                process.kill()
                said += whole_lines(process)
        for line in said:
            what, resume_id = line.split(":")
            record = storage.get_resume(resume_id)
            if what == "DONE":
                assert record.status is ResumeStatus.DONE
                assert storage.get_result(resume_id) is not None
        self._nothing_is_torn(storage)

    def _nothing_is_torn(self, storage: SqlStorage) -> None:
        """Each resume is final or has its work, and its history leads to its state."""
        for record in storage.list_resumes(tenant="default", limit=10_000).rows:
            history = storage.resume_events(record.id)
            assert [event.revision for event in history] == list(range(1, record.revision + 1))
            assert history[-1].status is record.status
            if not record.status.final:
                owner = "later"
                assert claim(storage, record.id, owner, seconds=999) is not None
