"""Bodies about the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from resume_processor.api.schemas.base import Body
from resume_processor.api.schemas.resumes import EXAMPLE_ID, EXAMPLE_JOB
from resume_processor.workflow.audit_chain import entry_to_json
from resume_processor.workflow.audit_port import AuditEntry, AuditHead

_HASHES = {"previous": "0" * 64, "hash": "9f" * 32}

ENTRY_EXAMPLE: dict[str, Any] = {
    "tenant": "default",
    "sequence": 3,
    "at": "2026-03-01T09:00:01.250000+00:00",
    "actor": "worker",
    "action": "resume.scored",
    "subject_id": EXAMPLE_ID,
    "job_id": EXAMPLE_JOB,
    "detail": {
        "version": "1/1/1",
        "total": 640,
        "ledger": "1c" * 32,
        "profile": "a7" * 32,
        "requirements": "5e" * 32,
    },
    **_HASHES,
}


class AuditEntryBody(Body):
    """One entry: ids, hashes, counts and codes; nothing about a person."""

    model_config = ConfigDict(json_schema_extra={"examples": [ENTRY_EXAMPLE]})

    tenant: str
    sequence: int = Field(description="From 1, without a gap.")
    # a text, because the hash is over it as it stands
    at: str = Field(description="UTC, to the microsecond.")
    actor: str = Field(description="Who did it: a key, `local`, `worker` or `service`.")
    action: str
    subject_id: str = Field(description="What it happened to.")
    job_id: str | None = Field(description="The job that it was about, beside its subject.")
    detail: dict[str, Any]
    previous: str = Field(description="Hash of the entry before; 64 zeros for the first.")
    hash: str = Field(
        description="SHA-256 of the canonical JSON (RFC 8785) of all the other members."
    )


class AuditPage(Body):
    """A page of the audit log, newest first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [ENTRY_EXAMPLE], "next_cursor": None}]}
    )

    items: tuple[AuditEntryBody, ...]
    next_cursor: str | None


class AuditHeadBody(Body):
    """Where the chain ends. Kept elsewhere, it shows later whether anything before it changed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"sequence": 3, "hash": "9f" * 32, "looked_at": "2026-03-01T09:00:02Z"},
            ]
        }
    )

    sequence: int = Field(description="Of the last entry; 0: there is none.")
    hash: str
    looked_at: datetime


def entry_of(entry: AuditEntry) -> AuditEntryBody:
    """The public view of an entry; as it is exported."""
    return AuditEntryBody(**entry_to_json(entry))


def audit_head_of(head: AuditHead, now: datetime) -> AuditHeadBody:
    """The public view of a chain's end."""
    return AuditHeadBody(sequence=head.sequence, hash=head.hash, looked_at=now)
