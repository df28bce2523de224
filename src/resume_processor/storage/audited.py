"""What the audit log is told, and how notes wait for the sealer: the same for every storage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from resume_processor.resume.corrections import Correction
from resume_processor.resume.record import ResumeRecord
from resume_processor.storage import cursors
from resume_processor.workflow.audit_chain import digest
from resume_processor.workflow.audit_port import Action, AuditEntry, Happening, Note, Viewing
from resume_processor.workflow.decision_port import Decision
from resume_processor.workflow.key_port import ApiKey
from resume_processor.workflow.stored_values import (
    Batch,
    JobRecord,
    Listing,
    Outcome,
    ScoreRecord,
    WorkItem,
)
from resume_processor.workflow.webhook_port import Webhook

#: Parts of a record that a correction can be about; a pointer may hold more than it should.
_SECTIONS = frozenset(
    {
        "awards",
        "basics",
        "certificates",
        "education",
        "interests",
        "languages",
        "personal",
        "projects",
        "publications",
        "references",
        "skills",
        "volunteer",
        "work",
    }
)


def of_received(record: ResumeRecord) -> list[Happening]:
    """A new record; FAILED from the start where nothing can be done."""
    detail = {"sha256": record.sha256, "size": record.size, "batch_id": record.batch_id}
    accepted = Happening(Action.RESUME_ACCEPTED, record.id, record.job_id, detail)
    return [accepted, *of_failure(record)]


def of_all_received(records: Iterable[ResumeRecord]) -> list[Happening]:
    """Resumes that came out of a batch together."""
    return [one for record in records for one in of_received(record)]


def of_failure(record: ResumeRecord) -> list[Happening]:
    """The end of a resume that could not be processed; nothing where it could."""
    if record.failure is None:
        return []
    detail = {"code": record.failure.code, "version": record.pipeline_version}
    return [Happening(Action.RESUME_FAILED, record.id, None, detail)]


def of_outcome(record: ResumeRecord, outcome: Outcome) -> list[Happening]:
    """What a worker made of a resume, without the scores."""
    if outcome.result is None:
        return of_failure(record)
    detail = {
        "status": record.status.value,
        "version": outcome.pipeline_version,
        "sha256": record.sha256,
        "result": digest(outcome.result),
    }
    return [Happening(Action.RESUME_PARSED, record.id, None, detail)]


def of_scores(scores: Iterable[ScoreRecord]) -> list[Happening]:
    """A line for each score: by which rules, from what, and what came out."""
    return [
        Happening(
            Action.RESUME_SCORED,
            score.resume_id,
            score.job_id,
            {
                "version": score.version,
                "total": score.total,
                "ledger": digest(score.ledger),
                "profile": score.inputs and score.inputs.profile,
                "requirements": score.inputs and score.inputs.requirements,
            },
        )
        for score in scores
    ]


def of_correction(correction: Correction) -> Happening:
    """In which part of the record, and which way; never the value."""
    detail = {"section": _section(correction.pointer), "verdict": correction.verdict.value}
    return Happening(Action.RESUME_CORRECTED, correction.resume_id, None, detail)


def of_correction_removed(resume_id: str, pointer: str) -> Happening:
    """Taken back."""
    detail = {"section": _section(pointer)}
    return Happening(Action.RESUME_CORRECTION_REMOVED, resume_id, None, detail)


def of_decision(decision: Decision) -> Happening:
    """Which way; who decided and why stand in the decision, whose hash this is."""
    detail = {
        "decision_id": decision.id,
        "decision": decision.verdict.value,
        "record": decision.digest,
    }
    return Happening(Action.RESUME_DECIDED, decision.resume_id, decision.job_id, detail)


def of_replaced_job(job_id: str, by: str, decisions: int, applicants: int) -> Happening:
    """``by`` has what was decided for the job and whose resumes were sent for it, from now on."""
    detail = {"by": by, "decisions": decisions, "resumes": applicants}
    return Happening(Action.JOB_REPLACED, job_id, None, detail)


def of_job(job: JobRecord) -> Happening:
    """A job as it was posted; the hash is the one that its scores name."""
    detail = {"requirements": digest(job.requirements)}
    return Happening(Action.JOB_CREATED, job.id, None, detail)


def of_batch(batch: Batch) -> Happening:
    """Files that came together."""
    return Happening(Action.BATCH_ACCEPTED, batch.id, batch.job_id, {"expected": batch.expected})


def of_replay(work: WorkItem) -> Happening:
    """A dead letter was given another try."""
    return Happening(Action.WORK_REPLAYED, work.subject_id, None, {"kind": work.kind.value})


def of_viewing(viewing: Viewing) -> Happening:
    """What was looked at, and whether without the person."""
    detail = {"what": viewing.what.value, "blind": viewing.blind}
    return Happening(Action.RESUME_VIEWED, viewing.resume_id, viewing.job_id, detail)


def of_webhook(webhook: Webhook) -> Happening:
    """Events leave the service from now on."""
    events = sorted(event.value for event in webhook.events)
    return Happening(Action.WEBHOOK_CREATED, webhook.id, None, {"events": events})


def of_key(key: ApiKey) -> Happening:
    """Somebody may call the service from now on."""
    detail = {
        "scopes": sorted(scope.value for scope in key.scopes),
        "expires_at": key.expires_at and key.expires_at.isoformat(),
    }
    return Happening(Action.KEY_CREATED, key.id, None, detail)


def notes_to_json(notes: Sequence[Happening]) -> dict[str, Any]:
    """What one transaction notes, as it waits for the sealer."""
    return {
        "notes": [[one.action.value, one.subject_id, one.job_id, dict(one.detail)] for one in notes]
    }


def notes_from_json(data: dict[str, Any], *, at: datetime, actor: str) -> list[Note]:
    """Read what ``notes_to_json`` wrote."""
    return [
        Note(at, actor, Happening(Action(action), subject_id, job_id, detail))
        for action, subject_id, job_id, detail in data["notes"]
    ]


def _section(pointer: str) -> str:
    if pointer == "":
        return "whole"
    name = pointer.split("/")[1]
    return name if name in _SECTIONS else "other"


def page(found: Sequence[AuditEntry], limit: int) -> Listing[AuditEntry]:
    """The first ``limit`` of entries that are newest first; one more says that there are more."""
    shown = tuple(found[:limit])
    more = len(found) > limit
    return Listing(shown, cursors.encode(shown[-1].sequence, shown[-1].tenant) if more else None)
