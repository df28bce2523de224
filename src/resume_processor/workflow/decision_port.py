"""Decisions by people, and their storage; ``storage_port`` says what holds for all storages.

Only a person decides. Nothing in this package records a decision by itself: no score, no threshold
and no task does, and ``decide_resume`` is called by the doors for people alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from resume_processor.workflow.audit_chain import digest
from resume_processor.workflow.stored_values import Listing


class Verdict(StrEnum):
    """What a person can decide about a candidate for a job."""

    ADVANCE = "advance"  #: goes on to the next step
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's decision on one resume for one job.

    ``nonce`` is random and goes into the hash that the audit log keeps: once the decision is
    erased, nobody can find out by trying what it said.
    """

    id: str
    job_id: str
    resume_id: str
    verdict: Verdict
    reason: str
    reviewer: str
    created_at: datetime
    nonce: str
    counts: bool = True  #: the latest on this resume for this job; False: history

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of what was decided, by which the audit log names it."""
        return digest(
            {
                "id": self.id,
                "resume_id": self.resume_id,
                "decision": self.verdict.value,
                "reason": self.reason,
                "reviewer": self.reviewer,
                "created_at": self.created_at.isoformat(timespec="microseconds"),
                "nonce": self.nonce,
            }
        )


class DecisionStore(Protocol):
    """What people decided; a deleted resume or job takes its own with it."""

    def add_decision(self, decision: Decision, *, tenant: str) -> None:
        """Store it; an earlier one on the same resume for the same job becomes history.

        Raises NotFound where the resume or the job is not there.
        """
        ...

    def list_decisions(
        self,
        *,
        tenant: str,
        limit: int,
        cursor: str | None = None,
        job_id: str | None = None,
        resume_id: str | None = None,
    ) -> Listing[Decision]:
        """Newest first, history included; none for an unknown job or resume."""
        ...

    def present_decisions(self, job_id: str, resume_ids: Sequence[str]) -> Mapping[str, Decision]:
        """Those that count, by resume; resumes without one are left out."""
        ...

    def replace_job(self, job_id: str, *, by: str, tenant: str, now: datetime) -> int:
        """Another job takes the place of one, which is left to be deleted.

        All decisions, history included, go to it, and the resumes that were sent for the old one
        count as sent for it; returns how many decisions. Raises NotFound where one of the two is
        not there.
        """
        ...
