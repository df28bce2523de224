"""One attempt at a piece of work: claimed, owned for as long as the lease holds, handed back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from resume_processor.errors import LeaseLost, ServiceError
from resume_processor.resume.record import Stage
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import ClaimedResume, EnteredStage, WorkItem, WorkKind
from resume_processor.workflow.retry import pause_before_retry
from resume_processor.workflow.stage_notes import StageNotes

#: A stage that has lasted so long is stored while it lasts; a shorter one with what comes next.
LASTING = timedelta(seconds=0.1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A claim on ``work`` by ``owner``; everything written through it is fenced by the owner."""

    work: WorkItem
    owner: str
    parts: Parts
    _stages: StageNotes = field(default_factory=StageNotes)

    @property
    def is_last(self) -> bool:
        """Whether the limit on attempts is reached."""
        return self.work.attempts >= self.parts.settings.max_attempts

    def enter(self, stage: Stage) -> None:
        """Note the stage of a resume; it is stored when it lasts, or with what comes after it."""
        self._stages.add(EnteredStage(stage, self.parts.clock.now()))

    def renew(self) -> bool:
        """Have the lease hold for its full time from now on; False where it is somebody else's."""
        return self.parts.storage.renew(
            self.work.kind,
            self.work.subject_id,
            owner=self.owner,
            lease_until=lease_end(self.parts.clock.now(), self.parts),
        )

    def show_stage(self) -> bool:
        """Store a stage that lasts; False where the lease is somebody else's.

        To be called several times a second from another thread than the one that works.
        """
        if not self._stages.last_before(self.parts.clock.now() - LASTING):
            return True
        return self._stages.store(self._store_stages)

    def take_stages(self) -> Sequence[EnteredStage]:
        """Those that were not stored yet, to be stored with the outcome."""
        return self._stages.take()

    def hand_back(self, *, pause: timedelta, error: str | None, refund: bool) -> None:
        """Return the work to the queue; nothing happens where it is somebody else's by now."""
        self._stages.store(self._store_stages)
        now = self.parts.clock.now()
        self.parts.storage.release(
            self.work.kind,
            self.work.subject_id,
            owner=self.owner,
            now=now,
            available_at=now + pause,
            error=error,
            refund=refund,
        )
        self.parts.wake()

    def _store_stages(self, stages: Sequence[EnteredStage]) -> bool:
        storage, resume_id = self.parts.storage, self.work.subject_id
        return storage.enter_stages(resume_id, stages, owner=self.owner)


#: Keeps the lease of an attempt from outside for as long as the block runs.
KeepLease = Callable[[Attempt], AbstractContextManager[object]]


def without_heartbeat(_attempt: Attempt, /) -> AbstractContextManager[object]:
    """For work that is shorter than a lease."""
    return nullcontext()


def claim(kind: WorkKind, subject_id: str, owner: str, parts: Parts) -> Attempt | None:
    """Take the work, or None where it is somebody else's, finished, not due or unknown."""
    now = parts.clock.now()
    work = parts.storage.claim(
        kind,
        subject_id,
        owner=owner,
        now=now,
        lease_until=lease_end(now, parts),
        max_attempts=parts.settings.max_attempts,
    )
    return None if work is None else Attempt(work, owner, parts)


def claim_resume(
    resume_id: str, owner: str, pipeline_version: str, parts: Parts
) -> ClaimedResume | None:
    """As ``claim``, with what there is to know before a resume is processed."""
    now = parts.clock.now()
    return parts.storage.claim_resume(
        resume_id,
        owner=owner,
        now=now,
        lease_until=lease_end(now, parts),
        max_attempts=parts.settings.max_attempts,
        pipeline_version=pipeline_version,
    )


def lease_end(now: datetime, parts: Parts) -> datetime:
    """When a lease taken or renewed now runs out."""
    return now + timedelta(seconds=parts.settings.lease_seconds)


@contextmanager
def handed_back_on_error(attempt: Attempt) -> Iterator[None]:
    """Return the work to the queue when the block fails, and let the error go on.

    What may pass by itself (a ServiceError) is tried for as long as it takes, with growing pauses;
    anything unexpected until the attempts are used up (its last one is for the caller to record);
    a shutdown costs no attempt at all.
    """
    try:
        yield
    except LeaseLost:
        raise
    except ServiceError as error:
        pause = pause_before_retry(attempt.work.attempts, attempt.parts.settings)
        attempt.hand_back(pause=pause, error=error.code, refund=attempt.is_last)
        raise
    except Exception:
        pause = pause_before_retry(attempt.work.attempts, attempt.parts.settings)
        attempt.hand_back(pause=pause, error="internal_error", refund=False)
        raise
    except BaseException:
        attempt.hand_back(pause=timedelta(0), error=None, refund=True)
        raise
