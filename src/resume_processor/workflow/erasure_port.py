"""Erasure and retention as the workflow sees them; ``storage_port`` says what holds for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from resume_processor.workflow.stored_values import Erasure, JobRecord


class ErasureStore(Protocol):
    """Resumes that are deleted, and what is left of them."""

    def delete_resume(self, resume_id: str, *, tenant: str, now: datetime) -> Erasure:
        """Remove every row about it: record, history, result, scores, words of people, deliveries.

        What stays is a tombstone: id, tenant and ``now``, with the blob's key until
        ``note_erased``. Raises NotFound.
        """
        ...

    def unfinished_erasures(self, *, limit: int) -> Sequence[Erasure]:
        """What was deleted and not noted as erased yet, oldest first."""
        ...

    def note_erased(self, resume_ids: Sequence[str], *, now: datetime) -> None:
        """Nothing is left of these anywhere; their tombstones forget their blobs."""
        ...

    def scrub(self, *, rebuild: bool = False) -> bool:
        """Overwrite what deleted rows left in files of the storage's own; False: try again later.

        ``rebuild`` also reaches what moved inside of the files, and takes long where they are
        large. A database server tidies up by itself.
        """
        ...

    def which_exist(self, resume_ids: Sequence[str]) -> frozenset[str]:
        """Those of these resumes that are there."""
        ...


class RetentionStore(Protocol):
    """What was kept for as long as it may be."""

    def jobs_with_retention(self) -> Sequence[JobRecord]:
        """The jobs that say how long their applicants' resumes are kept."""
        ...

    def set_retention(self, job_id: str, days: float | None, *, tenant: str, now: datetime) -> None:
        """How long its applicants' resumes are kept; None: as their tenant's. Raises NotFound."""
        ...

    def applicants_before(
        self, before: datetime, *, job_id: str, tenant: str, limit: int
    ) -> Sequence[str]:
        """Resumes that were sent for this job and received before this time, oldest first."""
        ...

    def resumes_before(
        self, before: datetime, *, limit: int, tenant: str | None = None, but: Sequence[str] = ()
    ) -> Sequence[tuple[str, str]]:
        """(Id, tenant) of what was received before this time, of one tenant or of all ``but`` some.

        Oldest first. Left out are those sent for a job that has a retention of its own.
        """
        ...
