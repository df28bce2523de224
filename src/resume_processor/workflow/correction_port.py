"""The storage of corrections as the workflow sees it; ``storage_port`` says what holds for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from resume_processor.resume.corrections import Correction


class CorrectionStore(Protocol):
    """What people said about values that were read; a deleted resume takes its own with it."""

    def put_correction(self, correction: Correction, *, tenant: str) -> None:
        """Store it, in the place of an earlier one of the same value. Raises NotFound."""
        ...

    def list_corrections(self, resume_id: str, *, tenant: str) -> Sequence[Correction]:
        """By pointer; none for an unknown resume."""
        ...

    def remove_correction(
        self, resume_id: str, pointer: str, *, tenant: str, now: datetime
    ) -> None:
        """Take it back. Raises NotFound."""
        ...

    def corrected_resumes(
        self, *, tenant: str, limit: int, after: str | None = None
    ) -> Sequence[str]:
        """Ids of resumes with corrections, behind the id ``after``."""
        ...
