"""The audit log as the workflow sees it; ``storage_port`` says what holds for all storages.

What happened is noted by the transaction that makes it happen. A sealer then puts the notes into
the chain of their tenant, where each entry carries the hash of the one before: so those who note
things never wait for each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, Self

from resume_processor.workflow.stored_values import Listing

#: Who acts where no one else is said to: the background threads of a server.
SERVICE = "service"

#: Who acts through a command, or through an API that asks for no key.
LOCAL = "local"

#: Who acts in a background task.
WORKER = "worker"


class Action(StrEnum):
    """What can have happened."""

    RESUME_ACCEPTED = "resume.accepted"
    RESUME_PARSED = "resume.parsed"
    RESUME_FAILED = "resume.failed"
    RESUME_SCORED = "resume.scored"
    RESUME_CANCELLED = "resume.cancelled"
    RESUME_REPROCESSED = "resume.reprocessed"  #: asked for; what came of it is noted by itself
    RESUME_CORRECTED = "resume.corrected"
    RESUME_CORRECTION_REMOVED = "resume.correction_removed"
    RESUME_DECIDED = "resume.decided"
    RESUME_VIEWED = "resume.viewed"  #: once an hour, see ``Viewing``
    RESUME_EXPORTED = "resume.exported"
    RESUME_DELETED = "resume.deleted"
    JOB_CREATED = "job.created"
    JOB_RESCORED = "job.rescored"  #: asked for, as above
    JOB_EXPORTED = "job.exported"  #: its ranking, as a table
    JOB_REPLACED = "job.replaced"  #: by one with other requirements
    JOB_FAIRNESS_REPORTED = "job.fairness_reported"
    JOB_DELETED = "job.deleted"
    BATCH_ACCEPTED = "batch.accepted"
    WORK_REPLAYED = "work.replayed"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_DELETED = "webhook.deleted"
    KEY_CREATED = "key.created"
    KEY_REVOKED = "key.revoked"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something to be noted. Ids, hashes, counts and codes only: an entry outlives an erasure.

    ``subject_id`` is what it happened to; ``job_id`` the job that it was about where the subject
    is a resume. ``detail`` holds JSON values without fractions.
    """

    action: Action
    subject_id: str
    job_id: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """A happening with who made it happen and when; not in the chain yet."""

    at: datetime
    actor: str
    happening: Happening


class Seen(StrEnum):
    """What of a resume somebody can look at."""

    RECORD = "record"  #: what was read, and what people said about it
    PAGES = "pages"  #: pictures, drawings and words of its pages
    FILE = "file"
    SCORE = "score"  #: a ledger, which quotes it


@dataclass(frozen=True, slots=True)
class Viewing:
    """Somebody looked. The same actor at the same thing in the same hour is one entry.

    ``blind``: without what tells who the person is.
    """

    tenant: str
    actor: str
    resume_id: str
    what: Seen
    at: datetime
    blind: bool = False
    job_id: str | None = None

    @property
    def hour(self) -> datetime:
        """The hour of the clock that it is counted in."""
        return self.at.replace(minute=0, second=0, microsecond=0)

    @property
    def key(self) -> tuple[str, ...]:
        """The same for all that are one entry."""
        seen = (self.what.value, "blind" if self.blind else "", self.job_id or "")
        return (self.tenant, self.actor, self.resume_id, *seen, self.hour.isoformat())


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A link of a tenant's chain; ``audit_chain.hash_of`` says what ``hash`` covers."""

    tenant: str
    sequence: int  #: from 1, without a gap
    at: datetime
    actor: str
    action: str
    subject_id: str
    job_id: str | None
    detail: dict[str, Any]
    previous: str  #: hash of the entry before
    hash: str  #: SHA-256 in hexadecimal digits


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Where a tenant's chain ends."""

    tenant: str
    sequence: int
    hash: str


class AuditStore(Protocol):
    """An append-only log: nothing here changes or removes an entry."""

    actor: str  #: who uses it

    def acting_as(self, actor: str) -> Self:
        """The same storage, used by ``actor`` (a code or the name of a key, never a person's)."""
        ...

    def note(self, *happenings: Happening, tenant: str, now: datetime) -> None:
        """For what has no transaction of its own, as an export."""
        ...

    def note_viewings(self, viewings: Sequence[Viewing], *, forget_before: datetime) -> int:
        """Those that are not noted yet, each as its own actor's; how many these were.

        What was noted is known for as long as its hour is not before ``forget_before``.
        """
        ...

    def seal_audit(self, *, limit: int) -> int:
        """Put up to about ``limit`` notes into the chains, the oldest first; how many entries.

        0 where nothing waits, or where another one is at it.
        """
        ...

    def count_unsealed(self) -> int:
        """How many transactions wait with their notes for the sealer."""
        ...

    def audit_heads(self) -> Sequence[AuditHead]:
        """Of all tenants that have entries or had some, by tenant."""
        ...

    def audit_tenants(self) -> Sequence[str]:
        """All that have entries, whatever is known of where their chains end."""
        ...

    def audit_entries(self, *, tenant: str, after: int, limit: int) -> Sequence[AuditEntry]:
        """Those behind the sequence ``after``, in their order."""
        ...

    def list_audit(
        self,
        *,
        tenant: str,
        limit: int,
        cursor: str | None = None,
        subject_id: str | None = None,
    ) -> Listing[AuditEntry]:
        """Newest first; with ``subject_id`` only those of one subject."""
        ...
