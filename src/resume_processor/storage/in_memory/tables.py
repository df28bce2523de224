"""The rows of the in-memory storage, and what its parts share."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from resume_processor.errors import NotFound
from resume_processor.resume.corrections import Correction
from resume_processor.resume.record import ResumeRecord, ResumeStatus
from resume_processor.storage import audited, cursors, events_told, search_text, transitions
from resume_processor.storage.fair_order import FairOrder
from resume_processor.storage.transitions import ChangedResume
from resume_processor.workflow import figures
from resume_processor.workflow.audit_port import SERVICE, AuditEntry, Happening
from resume_processor.workflow.decision_port import Decision
from resume_processor.workflow.figures import Addition, Total
from resume_processor.workflow.key_port import ApiKey, SignIn
from resume_processor.workflow.stored_values import (
    Batch,
    Erasure,
    JobRecord,
    Listing,
    NewResume,
    ResumeEvent,
    ScoreRecord,
    StoredProfile,
    WorkerSign,
    WorkItem,
    WorkKind,
    WorkState,
)
from resume_processor.workflow.webhook_port import Delivery, Webhook

Row = TypeVar("Row")
WorkKey = tuple[WorkKind, str]


@dataclass(slots=True)
class Tables:
    """All rows. JSON is kept as text, so that what is read is nobody else's to change."""

    resumes: dict[str, ResumeRecord] = field(default_factory=dict)
    events: dict[str, list[ResumeEvent]] = field(default_factory=dict)
    results: dict[str, tuple[str, datetime]] = field(default_factory=dict)  #: JSON, since when
    profiles: dict[str, tuple[str, str] | None] = field(default_factory=dict)  #: version, JSON
    search_texts: dict[str, str] = field(default_factory=dict)
    idempotency: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    holds: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)
    tombstones: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    erasures: dict[str, Erasure] = field(default_factory=dict)
    work: dict[WorkKey, WorkItem] = field(default_factory=dict)
    jobs: dict[str, JobRecord] = field(default_factory=dict)
    scores: dict[tuple[str, str], ScoreRecord] = field(default_factory=dict)
    corrections: dict[tuple[str, str], Correction] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    earlier: dict[tuple[str, str], ScoreRecord] = field(default_factory=dict)
    batch_keys: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    totals: dict[Total, float] = field(default_factory=dict)
    workers: dict[str, WorkerSign] = field(default_factory=dict)
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    audit_notes: list[tuple[str, datetime, str, str]] = field(default_factory=list)
    audit_viewings: dict[tuple[str, ...], datetime] = field(default_factory=dict)  #: the hour
    audit_entries: dict[str, list[AuditEntry]] = field(default_factory=dict)  #: by tenant
    keys: dict[str, ApiKey] = field(default_factory=dict)
    sign_ins: dict[str, SignIn] = field(default_factory=dict)
    fair_order: FairOrder = field(default_factory=FairOrder)
    changed: threading.Condition = field(default_factory=threading.Condition)
    listeners: list[Callable[[str | None], None]] = field(default_factory=list)

    def is_in_work(self, record: ResumeRecord) -> bool:
        """Whether a worker has the same bytes, uploaded before this record."""
        return any(
            other.status is ResumeStatus.PROCESSING
            and (other.tenant, other.sha256) == (record.tenant, record.sha256)
            and (other.created_at, other.id) < (record.created_at, record.id)
            for other in self.resumes.values()
        )

    def same_bytes(self, sha256: str, tenant: str, pipeline_version: str) -> ResumeRecord | None:
        """The newest record of the same bytes that this pipeline parsed."""
        same = [
            record
            for record in self.resumes.values()
            if (record.sha256, record.tenant, record.pipeline_version)
            == (sha256, tenant, pipeline_version)
            and record.status in transitions.PARSED
        ]
        return max(same, key=lambda record: (record.created_at, record.id), default=None)


class Part:
    """Base of the storage's parts. Every public method holds ``self._lock`` from start to end."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._lock = tables.changed
        self.actor = SERVICE

    def _write_resume(self, change: ChangedResume) -> ResumeRecord:
        record = change.record
        self._tables.resumes[record.id] = record
        self._tables.events.setdefault(record.id, []).extend(change.events)
        self._announce(record.id)
        return record

    def _write_work(self, item: WorkItem) -> WorkItem:
        self._tables.work[item.kind, item.subject_id] = item
        if item.kind is not WorkKind.PROCESS_RESUME and item.state is WorkState.WAITING:
            self._announce(None)
        return item

    def _drop_scores(self, unwanted: Callable[[str, str], bool]) -> None:
        """By job and resume."""
        tables = self._tables
        tables.scores = {key: row for key, row in tables.scores.items() if not unwanted(*key)}
        tables.earlier = {key: row for key, row in tables.earlier.items() if key in tables.scores}

    def _drop_score(self, job_id: str, resume_id: str) -> None:
        self._tables.scores.pop((job_id, resume_id), None)
        self._tables.earlier.pop((job_id, resume_id), None)

    def _drop_decisions(self, unwanted: Callable[[Decision], bool]) -> None:
        tables = self._tables
        tables.decisions = {key: one for key, one in tables.decisions.items() if not unwanted(one)}

    def _write_profile(self, resume_id: str, made: StoredProfile | None) -> None:
        kept = None if made is None else (made.version, json.dumps(made.body))
        self._tables.profiles[resume_id] = kept

    def _write_score(self, score: ScoreRecord) -> None:
        """A new score, or a new one for an old one, which is kept as the earlier one."""
        tables, key = self._tables, (score.job_id, score.resume_id)
        kept = replace(score, ledger=copy_of(score.ledger))
        before = tables.scores.get(key)
        if before is not None and before.ledger != kept.ledger:
            tables.earlier[key] = before
        earlier = tables.earlier.get(key)
        tables.scores[key] = replace(kept, earlier_total=earlier.total if earlier else None)

    def _add_up(self, additions: Sequence[Addition]) -> None:
        totals = self._tables.totals
        for one in additions:
            totals[one.total] = totals.get(one.total, 0.0) + one.amount

    def _insert_resume(self, new: NewResume) -> ResumeRecord:
        """With its history and its work."""
        record = self._write_resume(transitions.received(new))
        if new.failure is None:
            self._write_work(transitions.processing_work(new))
        else:
            self._add_up(figures.of_outcome(record))
        self._tables.search_texts[new.id] = search_text.search_text(record, None)
        self._tell(events_told.of_resume(record), record.tenant, new.now)
        return record

    def _write_batch(self, batch: Batch) -> Batch:
        self._tables.batches[batch.id] = batch
        self._announce(None)
        return batch

    def _complete_batch(self, batch_id: str | None, now: datetime) -> None:
        """Note it where the resume that just became final, or went away, was the last one."""
        batch = self._tables.batches.get(batch_id or "")
        if batch is None or batch.size is None or batch.completed_at is not None:
            return
        if any(
            record.batch_id == batch.id and not record.status.final
            for record in self._tables.resumes.values()
        ):
            return
        complete = self._write_batch(replace(batch, completed_at=now))
        self._tell(events_told.of_batch(complete), batch.tenant, now)

    def _tell(self, told: events_told.Told | None, tenant: str, now: datetime) -> None:
        """Put it into the outbox of each webhook that wants to know."""
        if told is None:
            return
        webhooks = [one for one in self._tables.webhooks.values() if one.tenant == tenant]
        for delivery in events_told.deliveries(told, webhooks, now):
            self._tables.deliveries[delivery.id] = delivery

    def _note(self, tenant: str, now: datetime, *happenings: Happening) -> None:
        """For the audit log; with who does it."""
        if happenings:
            body = json.dumps(audited.notes_to_json(happenings))
            self._tables.audit_notes.append((tenant, now, self.actor, body))

    def _announce(self, resume_id: str | None) -> None:
        self._tables.changed.notify_all()
        for listener in self._tables.listeners:
            listener(resume_id)

    def _resume(self, resume_id: str, tenant: str | None) -> ResumeRecord:
        record = self._tables.resumes.get(resume_id)
        if record is None or tenant not in (None, record.tenant):
            raise NotFound("There is no such resume.")
        return record


def copy_of(value: dict[str, Any]) -> dict[str, Any]:
    """As it comes back from JSON."""
    copied: dict[str, Any] = json.loads(json.dumps(value))
    return copied


def newest_first(
    rows: Sequence[Row], key: Callable[[Row], tuple[datetime, str]], limit: int, cursor: str | None
) -> Listing[Row]:
    """A page by ``key``, a time and an id, descending."""
    behind = None if cursor is None else cursors.decode_time(cursor)
    wanted = sorted((row for row in rows if behind is None or key(row) < behind), key=key)
    page = tuple(reversed(wanted[-limit:]))
    more = len(wanted) > limit
    return Listing(page, cursors.encode_time(*key(page[-1])) if more else None)
