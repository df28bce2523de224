"""A person's decision about a candidate for a job."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from resume_processor.errors import InvalidRequest
from resume_processor.workflow.decision_port import Decision, Verdict
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.parts import Parts

_NONCE_BYTES = 16


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a person said: ``reason`` and ``reviewer`` are never empty."""

    job_id: str
    resume_id: str
    verdict: Verdict
    reason: str
    reviewer: str


def decide_resume(new: NewDecision, tenant: str, parts: Parts) -> Decision:
    """Store the decision with who made it, when and why; an earlier one becomes history.

    Raises NotFound, and InvalidRequest where nobody says who decides, or why.
    """
    reason, reviewer = new.reason.strip(), new.reviewer.strip()
    if not reviewer:
        raise InvalidRequest("A decision needs the person who makes it.")
    if not reason:
        raise InvalidRequest("A decision needs a reason.")
    now = parts.clock.now()
    decision = Decision(
        id=new_id(now),
        job_id=new.job_id,
        resume_id=new.resume_id,
        verdict=new.verdict,
        reason=reason,
        reviewer=reviewer,
        created_at=now,
        nonce=secrets.token_hex(_NONCE_BYTES),
    )
    parts.storage.add_decision(decision, tenant=tenant)
    return decision
