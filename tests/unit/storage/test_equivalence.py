"""Memory and SQLite do the same, whatever is done to them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from resume_processor.errors import ResumeProcessorError
from resume_processor.resume.record import Failure, Priority, ResumeStatus, Stage
from resume_processor.storage.memory import MemoryStorage
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.ports import (
    Batch,
    EnteredStage,
    Outcome,
    RankingFilter,
    ScoringPart,
    Storage,
    WorkItem,
    WorkKind,
)
from tests.contracts.storage.samples import (
    LEASE,
    at,
    claim_resume,
    done,
    failed,
    job,
    new_resume,
    score,
)

RESUMES = st.sampled_from([f"r{number}" for number in range(5)])
JOBS = st.sampled_from(["j0", "j1"])
OWNERS = st.sampled_from(["one", "two"])
TENANTS = st.sampled_from(["default", "default", "other"])
KINDS = st.sampled_from(
    [(WorkKind.PROCESS_RESUME, f"r{n}") for n in range(5)]
    + [(WorkKind.SCORE_JOB, subject) for subject in ("j0", "j1", "j0.0.2", "j0.1.2")]
    + [(WorkKind.UNPACK_BATCH, "b0")]
)
MAX_ATTEMPTS = 2


class Twins(RuleBasedStateMachine):
    """Each step is made in both; what comes back, and what can be read then, must be equal."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp())
        url = f"sqlite:///{self._folder / 'twin.sqlite3'}"
        migrate(url)
        self._sql = SqlStorage(url)
        self._memory = MemoryStorage()
        self._seconds = 0.0
        self._names: set[str] = set()

    def teardown(self) -> None:
        self._sql.close()
        shutil.rmtree(self._folder)

    def _both(self, action: Callable[[Storage], Any]) -> Any:
        results = [_attempt(storage, action) for storage in (self._memory, self._sql)]
        assert results[0] == results[1]
        return results[0]

    @property
    def _now(self) -> Any:
        return at(self._seconds)

    @initialize()
    def two_batches(self) -> None:
        self._both(
            lambda s: s.add_batch(
                Batch("b0", "default", self._now, expected=3, blob_key="batches/b0")
            )
        )

    @rule(seconds=st.sampled_from([0.0, 1.0, LEASE / 2, LEASE, 2 * LEASE]))
    def time_passes(self, seconds: float) -> None:
        self._seconds += seconds

    @rule(
        resume_id=RESUMES,
        tenant=TENANTS,
        bulk=st.booleans(),
        key=st.sampled_from([None, ("k", "d1"), ("k", "d2")]),
        batch_id=st.sampled_from([None, "b0", "b404"]),
        sha256=st.sampled_from(["a" * 64, "b" * 64]),
    )
    def add(self, resume_id: str, *, bulk: bool, **changes: Any) -> None:
        if resume_id in self._names:  # ids are never used twice, not even after a deletion
            return
        key = changes.pop("key")
        new = new_resume(resume_id, self._seconds, idempotency=key, **changes)
        new = replace(new, priority=Priority.BULK if bulk else Priority.INTERACTIVE)
        stored = self._both(lambda s: s.add_resume(new))
        if isinstance(stored, tuple) and isinstance(stored[1], bool) and stored[1]:
            self._names.add(resume_id)

    @rule(holder=OWNERS, drop=st.booleans())
    def hold(self, holder: str, *, drop: bool) -> None:
        until = at(self._seconds + LEASE)
        self._both(
            lambda s: s.hold_key("k", tenant="default", holder=holder, now=self._now, until=until)
        )
        if drop:
            self._both(lambda s: s.drop_hold("k", tenant="default", holder=holder))

    @rule(work=KINDS, owner=OWNERS)
    def claim(self, work: tuple[WorkKind, str], owner: str) -> None:
        self._both(
            lambda s: s.claim(
                *work,
                owner=owner,
                now=self._now,
                lease_until=at(self._seconds + LEASE),
                max_attempts=MAX_ATTEMPTS,
            )
        )

    @rule(resume_id=RESUMES, owner=OWNERS)
    def claim_resume(self, resume_id: str, owner: str) -> None:
        options = {"owner": owner, "seconds": self._seconds, "max_attempts": MAX_ATTEMPTS}
        self._both(lambda s: claim_resume(s, resume_id, **options))

    @rule(work=KINDS, owner=OWNERS)
    def renew(self, work: tuple[WorkKind, str], owner: str) -> None:
        until = at(self._seconds + LEASE)
        self._both(lambda s: s.renew(*work, owner=owner, lease_until=until))

    @rule(resume_id=RESUMES, owner=OWNERS, stage=st.sampled_from([Stage.PARSING, Stage.SCORING]))
    def stage(self, resume_id: str, owner: str, stage: Stage) -> None:
        self._both(
            lambda s: s.enter_stages(resume_id, [EnteredStage(stage, self._now)], owner=owner)
        )

    @rule(
        resume_id=RESUMES,
        owner=OWNERS,
        scored=st.lists(JOBS, unique=True),
        good=st.booleans(),
        total=st.integers(0, 3),
    )
    def finish(
        self, resume_id: str, owner: str, scored: list[str], *, good: bool, total: int
    ) -> None:
        scores = [score(resume_id, job_id, total, self._seconds) for job_id in scored]
        outcome: Outcome = done(*scores, name=f"Person {total}") if good else failed()
        self._both(lambda s: s.finish_resume(resume_id, outcome, owner=owner, now=self._now))

    @rule(
        work=KINDS,
        owner=OWNERS,
        pause=st.sampled_from([0.0, 5.0]),
        error=st.sampled_from([None, "internal_error"]),
        refund=st.booleans(),
    )
    def release(
        self,
        work: tuple[WorkKind, str],
        owner: str,
        pause: float,
        error: str | None,
        *,
        refund: bool,
    ) -> None:
        self._both(
            lambda s: s.release(
                *work,
                owner=owner,
                now=self._now,
                available_at=at(self._seconds + pause),
                error=error,
                refund=refund,
            )
        )

    @rule(limit=st.integers(1, 6), old=st.sampled_from([0.0, 10.0]))
    def dispatch(self, limit: int, old: float) -> None:
        before = at(self._seconds - old)
        items = self._both(
            lambda s: tuple(s.due_work(now=self._now, dispatched_before=before, limit=limit))
        )
        self._both(lambda s: s.note_dispatched(items, now=self._now))

    @rule(index=st.integers(0, 3), late=st.booleans())
    def reap(self, index: int, *, late: bool) -> None:
        expired: tuple[WorkItem, ...] = self._both(
            lambda s: tuple(s.expired_work(now=self._now, limit=9))
        )
        if index >= len(expired):
            return
        item = expired[index]
        if late:  # another one was faster, or the owner came back
            item = replace(item, owner="nobody")
        self._both(
            lambda s: s.reap(
                item,
                now=self._now,
                available_at=at(self._seconds + 1),
                max_attempts=MAX_ATTEMPTS,
            )
        )

    @rule(work=KINDS, tenant=st.sampled_from([None, "default", "other"]))
    def replay(self, work: tuple[WorkKind, str], tenant: str | None) -> None:
        self._both(lambda s: s.replay(*work, now=self._now, tenant=tenant))

    @rule(resume_id=RESUMES, tenant=TENANTS)
    def cancel(self, resume_id: str, tenant: str) -> None:
        self._both(lambda s: s.cancel_resume(resume_id, tenant=tenant, now=self._now))

    @rule(resume_id=RESUMES, tenant=TENANTS)
    def reprocess(self, resume_id: str, tenant: str) -> None:
        self._both(lambda s: s.reprocess_resume(resume_id, tenant=tenant, now=self._now))

    @rule(resume_id=RESUMES, tenant=TENANTS)
    def delete(self, resume_id: str, tenant: str) -> None:
        self._both(lambda s: s.delete_resume(resume_id, tenant=tenant, now=self._now))

    @rule(known=st.integers(0, 2))
    def erase(self, known: int) -> None:
        found = self._both(lambda s: s.unfinished_erasures(limit=known))
        self._both(lambda s: s.note_erased([one.resume_id for one in found], now=self._now))

    @rule(job_id=JOBS, days=st.sampled_from([None, 0.0001]))
    def keep_applicants(self, job_id: str, days: float | None) -> None:
        self._both(lambda s: s.set_retention(job_id, days, tenant="default", now=self._now))

    @rule(job_id=JOBS, is_open=st.booleans())
    def add_job(self, job_id: str, *, is_open: bool) -> None:
        if job_id not in self._names:
            self._names.add(job_id)
            self._both(lambda s: s.add_job(job(job_id, self._seconds, open=is_open)))

    @rule(job_id=JOBS)
    def delete_job(self, job_id: str) -> None:
        self._both(lambda s: s.delete_job(job_id, tenant="default", now=self._now))

    @rule(
        job_id=JOBS,
        owner=OWNERS,
        resumes=st.lists(RESUMES, unique=True),
        total=st.integers(0, 3),
        age=st.sampled_from([0.0, 40.0]),
    )
    def save_scores(
        self, job_id: str, owner: str, resumes: list[str], total: int, age: float
    ) -> None:
        scores = [score(r, job_id, total, self._seconds - age) for r in resumes]
        progress = max(resumes, default=None)
        self._both(
            lambda s: s.save_scores(
                scores, part=ScoringPart(job_id), owner=owner, progress=progress, now=self._now
            )
        )

    @rule(job_id=JOBS, owner=OWNERS, parts=st.sampled_from([2, 3]))
    def split_scoring(self, job_id: str, owner: str, parts: int) -> None:
        self._both(lambda s: s.split_scoring(job_id, parts, owner=owner, now=self._now))

    @rule(job_id=JOBS, owner=OWNERS)
    def finish_work(self, job_id: str, owner: str) -> None:
        for subject in (job_id, f"{job_id}.0.2"):
            self._both(
                lambda s, its=subject: s.finish_work(
                    WorkKind.SCORE_JOB, its, owner=owner, now=self._now
                )
            )

    @rule(owner=OWNERS, resume_id=RESUMES, good=st.booleans())
    def add_member(self, owner: str, resume_id: str, *, good: bool) -> None:
        if resume_id in self._names:
            return
        failure = None if good else Failure("corrupt", "It is damaged.")
        members = [new_resume(resume_id, self._seconds, failure=failure)]
        added = self._both(
            lambda s: s.add_members(
                members, batch_id="b0", owner=owner, progress=resume_id, now=self._now
            )
        )
        if added is True:
            self._names.add(resume_id)

    @rule(owner=OWNERS, size=st.integers(0, 3), good=st.booleans())
    def finish_batch(self, owner: str, size: int, *, good: bool) -> None:
        failure = None if good else Failure("corrupt", "It is damaged.")
        self._both(
            lambda s: s.finish_batch("b0", owner=owner, size=size, failure=failure, now=self._now)
        )

    @invariant()
    def everything_read_is_equal(self) -> None:
        for resume_id in sorted(self._names):
            self._both(lambda s, r=resume_id: s.get_resume(r))
            self._both(lambda s, r=resume_id: s.get_result(r))
            self._both(lambda s, r=resume_id: s.resume_events(r))
            self._both(lambda s, r=resume_id: s.deleted_at(r, tenant="default"))
        self._both(lambda s: s.which_exist(sorted(self._names)))
        self._both(lambda s: [one.id for one in s.jobs_with_retention()])
        self._both(lambda s: s.resumes_before(self._now, limit=9, but=("other",)))
        self._both(lambda s: s.count_work())
        self._both(lambda s: s.seal_audit(limit=1000))
        for tenant in ("default", "other"):
            self._both(lambda s, t=tenant: list(s.audit_entries(tenant=t, after=0, limit=999)))
        self._both(lambda s: s.totals())
        self._both(lambda s: s.oldest_waiting())
        self._both(lambda s: s.count_resumes())
        self._both(lambda s: s.get_batch("b0", tenant="default"))
        for tenant in ("default", "other"):
            self._both(lambda s, t=tenant: s.list_resumes(tenant=t, limit=3))
            self._both(lambda s, t=tenant: s.list_resumes(tenant=t, limit=3, text="person 1"))
            self._both(lambda s, t=tenant: s.list_dead(limit=2, tenant=t))
        for job_id in ("j0", "j1"):
            self._both(lambda s, j=job_id: s.ranking(j, limit=2))
            self._both(
                lambda s, j=job_id: s.candidates(
                    ScoringPart(j, 1, 2), version="1", tenant="default", after="r0", limit=2
                )
            )
            self._both(lambda s, j=job_id: s.scoring_progress(j))
            self._both(lambda s, j=job_id: s.ranking(j, limit=2, only=RankingFilter(moved=True)))
            self._both(lambda s, j=job_id: s.earlier_score(j, "r0"))
        self._both(lambda s: s.is_scored_in_parts("j0"))
        self._both(lambda s: s.count_candidates("j0", version="1", tenant="default", most=2))
        self._both(lambda s: s.is_key_used("k", tenant="default"))
        self._both(
            lambda s: [
                s.is_parsed_elsewhere(one) for one in s.list_resumes(tenant="default", limit=9).rows
            ]
        )
        self._both(lambda s: s.find_same("a" * 64, tenant="default", pipeline_version="v1"))

    @invariant()
    def every_resume_is_final_or_has_its_work(self) -> None:
        for record in self._sql.list_resumes(tenant="default", limit=99).rows:
            alive = ("PROCESS_RESUME", record.id) in {
                (item.kind.name, item.subject_id) for item in self._alive()
            }
            assert alive == (not record.status.final)
            if record.status in (ResumeStatus.DONE, ResumeStatus.NEEDS_REVIEW):
                assert self._sql.get_result(record.id) is not None

    def _alive(self) -> list[WorkItem]:
        far = at(10**7)
        waiting = self._sql.due_work(now=far, dispatched_before=far, limit=99)
        return [*waiting, *self._sql.expired_work(now=far, limit=99)]


def _attempt(storage: Storage, action: Callable[[Storage], Any]) -> Any:
    """The result, or the error by which it was refused."""
    try:
        return action(storage)
    except ResumeProcessorError as error:
        return type(error), str(error)


TestTwins = Twins.TestCase
TestTwins.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    # Making an example shorter takes longer than a test may, and then says nothing of it.
    phases=[phase for phase in Phase if phase is not Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)
