"""Bodies about what people decided."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from resume_processor.api.schemas.base import Body, RequestBody
from resume_processor.api.schemas.resumes import EXAMPLE_ID, EXAMPLE_JOB
from resume_processor.workflow.decision_port import Decision, Verdict

#: Longest reason, in characters.
LONGEST_REASON = 4000

_SAID: dict[str, Any] = {
    "resume_id": EXAMPLE_ID,
    "decision": "advance",
    "reason": "Has led two migrations of the kind that we plan.",
    "reviewer": "Robin Sample",
}

DECISION_EXAMPLE: dict[str, Any] = {
    "id": "0198c0de-0000-7000-8000-00000000dec1",
    "job_id": EXAMPLE_JOB,
    **_SAID,
    "created_at": "2026-03-01T09:30:00Z",
    "counts": True,
    "nonce": "3f" * 16,
    "record": "b1" * 32,
}


def _text(longest: int) -> StringConstraints:
    return StringConstraints(
        strip_whitespace=True, min_length=1, max_length=longest, pattern=r"^[^\x00]*$"
    )


class DecisionBody(RequestBody):
    """One person's decision on one candidate."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SAID]})

    resume_id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    decision: Verdict
    reason: Annotated[str, _text(LONGEST_REASON)] = Field(description="Why; for people to read.")
    reviewer: Annotated[str, _text(200)] = Field(description="The person who decides.")


class DecisionReport(Body):
    """A decision as it is stored."""

    model_config = ConfigDict(json_schema_extra={"examples": [DECISION_EXAMPLE]})

    id: str
    job_id: str
    resume_id: str
    decision: Verdict
    reason: str
    reviewer: str
    created_at: datetime
    counts: bool = Field(
        description="It is the latest on this resume for this job; false: history."
    )
    nonce: str = Field(description="Random; part of what `record` is made from.")
    record: str = Field(
        description="SHA-256 of the canonical JSON of id, resume_id, decision, reason, reviewer, "
        "created_at and nonce: the audit log names the decision by it."
    )


class DecisionPage(Body):
    """A page of decisions, newest first, history included."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [DECISION_EXAMPLE], "next_cursor": None}]}
    )

    items: tuple[DecisionReport, ...]
    next_cursor: str | None


def decision_of(decision: Decision) -> DecisionReport:
    """The public view of a decision."""
    return DecisionReport(
        id=decision.id,
        job_id=decision.job_id,
        resume_id=decision.resume_id,
        decision=decision.verdict,
        reason=decision.reason,
        reviewer=decision.reviewer,
        created_at=decision.created_at,
        counts=decision.counts,
        nonce=decision.nonce,
        record=decision.digest,
    )
