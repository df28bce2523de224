"""Texts that every database takes, checked before the first of them sees one."""

from __future__ import annotations

from resume_processor.errors import InvalidRequest
from resume_processor.resume.corrections import Correction
from resume_processor.workflow.decision_port import Decision
from resume_processor.workflow.stored_values import JobRecord, NewResume


def require_storable_resume(new: NewResume) -> None:
    """Raises InvalidRequest where a text of the client's cannot be stored."""
    key = new.idempotency[0] if new.idempotency else None
    _require(new.file_name, new.tenant, new.job_id, new.external_id, new.batch_id, key)


def require_storable_job(job: JobRecord) -> None:
    """Raises InvalidRequest where a text of the client's cannot be stored."""
    _require(job.tenant, job.title, job.text)


def require_storable_correction(correction: Correction) -> None:
    """Raises InvalidRequest where a text of the client's cannot be stored."""
    texts = (correction.read, correction.value, correction.reviewer, correction.pointer)
    _require(*(text for text in texts if isinstance(text, str)))


def require_storable_decision(decision: Decision) -> None:
    """Raises InvalidRequest where a text of the client's cannot be stored."""
    _require(decision.reason, decision.reviewer)


def _require(*texts: str | None) -> None:
    for text in texts:
        if text is None:
            continue
        if "\x00" in text:
            raise InvalidRequest("A text holds the character NUL.")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InvalidRequest("A text holds half a character.") from error
