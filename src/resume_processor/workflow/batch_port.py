"""The storage of batches as the workflow sees it; ``storage_port`` says what holds for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from resume_processor.resume.record import Failure
from resume_processor.workflow.stored_values import Batch, BatchProgress, Listing, NewResume


class BatchStore(Protocol):
    """Resumes that came together.

    A batch is complete (``completed_at``) once, in the transaction that makes the last of its
    resumes final after its end was noted, however many transactions think at the same time that
    theirs is the last one.
    """

    def add_batch(
        self, batch: Batch, *, idempotency: tuple[str, str] | None = None
    ) -> tuple[Batch, bool]:
        """Store a batch; with a ``blob_key`` also the work of taking it apart (UNPACK_BATCH).

        Returns the batch and whether it is new: as ``add_resume`` with its idempotency key. Raises
        IdempotencyMismatch.
        """
        ...

    def add_members(
        self,
        members: Sequence[NewResume],
        *,
        batch_id: str,
        owner: str,
        progress: str,
        now: datetime,
    ) -> bool:
        """Store resumes of a batch, and how far its taking apart has come, together.

        Where it came further, its attempts count from here. False, and nothing is stored, where
        the UNPACK_BATCH is not the owner's any more.
        """
        ...

    def finish_batch(
        self, batch_id: str, *, owner: str, size: int, failure: Failure | None, now: datetime
    ) -> bool:
        """No more resumes come: ``size`` of them did. The end of the UNPACK_BATCH.

        False where it is not the owner's any more.
        """
        ...

    def get_batch(self, batch_id: str, *, tenant: str | None = None) -> BatchProgress:
        """Raises NotFound (also where the tenant is another one)."""
        ...

    def list_batches(
        self, *, tenant: str, limit: int, cursor: str | None = None
    ) -> Listing[BatchProgress]:
        """Newest first."""
        ...
