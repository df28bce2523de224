"""A person's decision about a candidate, on the page of the ledger."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from resume_processor.errors import ResumeProcessorError
from resume_processor.resume.blind import blind_of
from resume_processor.web.resume_pages import refusal
from resume_processor.web.shell import ID_PATTERN, Acting, Visit
from resume_processor.workflow.decide_resume import NewDecision, decide_resume
from resume_processor.workflow.decision_port import Verdict

router = APIRouter(prefix="/jobs", include_in_schema=False)

#: Decisions on one candidate that are shown; the API has all.
MOST_SHOWN = 20

#: What a decision is called on a page.
WORDS = {Verdict.ADVANCE: "Advance", Verdict.REJECT: "Reject"}

Id = Annotated[str, Path(pattern=ID_PATTERN)]


@router.post("/{job_id}/candidates/{resume_id}/decisions")
def decide(
    *,
    visit: Acting,
    job_id: Id,
    resume_id: Id,
    decision: Annotated[Verdict | None, Form()] = None,
    reason: Annotated[str, Form(max_length=4000)] = "",
    reviewer: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Record it; answers with all decisions on the candidate."""
    if decision is None:
        return refusal("Please choose: advance or reject.")
    new = NewDecision(job_id, resume_id, decision, reason, reviewer)
    try:
        decide_resume(new, visit.tenant, visit.services)
    except ResumeProcessorError as error:
        return refusal(error.message)
    return visit.page("_decisions.html", **decision_values(visit, job_id, resume_id))


def decision_values(visit: Visit, job_id: str, resume_id: str) -> dict[str, Any]:
    """What was decided, newest first; in blind review without what a reason tells of the person."""
    page = visit.storage.list_decisions(
        tenant=visit.tenant, limit=MOST_SHOWN, job_id=job_id, resume_id=resume_id
    )
    result = visit.storage.get_result(resume_id) if visit.blind else None
    hide = blind_of(result) if result else None
    return {
        "job_id": job_id,
        "resume_id": resume_id,
        "decisions": [
            {
                "word": WORDS[one.verdict],
                "verdict": one.verdict.value,
                "reason": hide.value(one.reason) if hide else one.reason,
                "reviewer": one.reviewer,
                "at": one.created_at,
                "counts": one.counts,
            }
            for one in page.rows
        ],
    }
