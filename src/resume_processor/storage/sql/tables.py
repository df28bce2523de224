"""The tables. ``migrations/`` brings a database to this; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from resume_processor.storage.sql import figure_tables
from resume_processor.storage.sql.columns import JsonText, PackedJson, UtcTime
from resume_processor.storage.sql.metadata import METADATA

metadata = METADATA

#: Results stand apart, so that listing and counting read no documents.
resumes = Table(
    "resumes",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("status", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("media_type", String(255), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("blob_key", String(255), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("priority", String(16), nullable=False),
    Column("job_id", String(64)),
    Column("external_id", Text),
    Column("batch_id", String(64), ForeignKey("batches.id")),
    Column("finished_at", UtcTime),
    Column("failure_code", String(64)),
    Column("failure_message", Text),
    Column("pipeline_version", String(255)),
    Column("idempotency_key", Text),
    Column("request_digest", String(64)),
    Column("candidate_name", Text),
    Column("search_text", Text, nullable=False),
    Column("task_id", String(36)),
    Index(None, "task_id"),
    Index(None, "tenant", "created_at", "id"),
    Index(None, "tenant", "status", "created_at", "id"),
    Index(None, "tenant", "sha256", "created_at", "id"),
    Index(None, "blob_key"),
    Index("uq_resumes_tenant_idempotency_key", "tenant", "idempotency_key", unique=True),
)

# Most resumes have no external id and belong to no batch: they cost these nothing.
_named = resumes.c.external_id.is_not(None)
Index(
    None,
    resumes.c.tenant,
    resumes.c.external_id,
    resumes.c.created_at,
    resumes.c.id,
    sqlite_where=_named,
    postgresql_where=_named,
)
_in_batch = resumes.c.batch_id.is_not(None)
for _columns in (("batch_id", "status"), ("batch_id", "created_at", "id")):
    Index(
        None,
        *(resumes.c[name] for name in _columns),
        sqlite_where=_in_batch,
        postgresql_where=_in_batch,
    )

results = Table(
    "results",
    metadata,
    Column("resume_id", ForeignKey("resumes.id", ondelete="CASCADE"), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("body", JsonText, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index(None, "tenant", "resume_id"),
)

#: What scoring knows of each result, so that a job is scored without reading one. Small columns
#: first: a database reads a long row from its beginning. ``body`` is empty, and ``version`` too,
#: where the profile has to be made from the result.
profiles = Table(
    "profiles",
    metadata,
    Column("resume_id", ForeignKey("resumes.id", ondelete="CASCADE"), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("version", String(255), nullable=False),
    Column("body", PackedJson),
    Index(None, "tenant", "resume_id"),
)

#: The history of each resume, numbered by its revisions.
events = Table(
    "events",
    metadata,
    Column("resume_id", ForeignKey("resumes.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("status", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("code", String(64)),
)

#: Requests under an idempotency key that are being worked on; empty but for moments.
idempotency_holds = Table(
    "idempotency_holds",
    metadata,
    Column("tenant", String(255), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", UtcTime, nullable=False),
    Index(None, "until"),
)

#: All that is kept of a deleted resume; ``blob_key`` only until its erasure is complete.
tombstones = Table(
    "tombstones",
    metadata,
    Column("resume_id", String(64), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("deleted_at", UtcTime, nullable=False),
    Column("blob_key", String(255)),
    Column("erased_at", UtcTime),
)
_unfinished = tombstones.c.erased_at.is_(None)
Index(
    "ix_tombstones_unfinished",
    tombstones.c.deleted_at,
    sqlite_where=_unfinished,
    postgresql_where=_unfinished,
)

#: Finished work has no row, so this stays as small as the backlog.
work = Table(
    "work",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("subject_id", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("priority", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("available_at", UtcTime, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("dispatched_at", UtcTime),
    Column("owner", String(255)),
    Column("lease_until", UtcTime),
    Column("last_error", String(64)),
    Column("progress", String(64)),
    Column("tenant", String(255), nullable=False),
    Column("again", Boolean, nullable=False),
    Column("claimed_at", UtcTime),
    Column("trace", String(64)),
    Index(None, "state", "priority", "available_at", "subject_id"),
    Index(None, "state", "lease_until", "subject_id"),
    Index(None, "state", "kind"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("requirements", JsonText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("retention_days", Double),
    Index(None, "tenant", "created_at", "id"),
)

scores = Table(
    "scores",
    metadata,
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("resume_id", ForeignKey("resumes.id", ondelete="CASCADE"), primary_key=True),
    Column("total", Integer, nullable=False),
    Column("version", String(255), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("musts_met", Boolean),
    Column("months", Integer),
    Column("languages", Text),  # ",english,german,"
    Column("earlier_total", Integer),
    Column("earlier_version", String(255)),
    Column("body", PackedJson),  # the ledger
    Column("earlier_body", PackedJson),  # the ledger before the last one
    Index(None, "resume_id"),
)
# All that a ranking is asked for is in its index, so that a filter reads no ledger.
Index(
    "ix_scores_ranking",
    scores.c.job_id,
    scores.c.total.desc(),
    scores.c.resume_id,
    scores.c.musts_met,
    scores.c.months,
    scores.c.languages,
    scores.c.earlier_total,
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("url", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("resting_until", UtcTime),
    Column("disabled_at", UtcTime),
    Index(None, "tenant", "created_at", "id"),
)

#: The outbox, and the log of what became of each event.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("webhook_id", ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("tenant", String(255), nullable=False),
    Column("type", String(64), nullable=False),
    Column("payload", JsonText, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("available_at", UtcTime, nullable=False),
    Column("attempts", JsonText, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("owner", String(255)),
    Column("lease_until", UtcTime),
    Column("resume_id", String(64)),
    Index(None, "webhook_id", "created_at", "id"),
    Index(None, "webhook_id", "state"),
    Index(None, "state", "available_at", "id"),
    Index(None, "state", "created_at"),
)

_about_a_resume = deliveries.c.resume_id.is_not(None)
Index(
    None,
    deliveries.c.resume_id,
    sqlite_where=_about_a_resume,
    postgresql_where=_about_a_resume,
)

batches = Table(
    "batches",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("size", Integer),
    Column("expected", Integer),
    Column("blob_key", String(255)),
    Column("job_id", String(64)),
    Column("priority", String(16), nullable=False),
    Column("failure_code", String(64)),
    Column("failure_message", Text),
    Column("completed_at", UtcTime),
    Column("idempotency_key", Text),
    Column("request_digest", String(64)),
    Index(None, "tenant", "created_at", "id"),
    Index("uq_batches_tenant_idempotency_key", "tenant", "idempotency_key", unique=True),
)

#: What people said about values; apart from the results, which are the machine's.
corrections = Table(
    "corrections",
    metadata,
    Column("resume_id", ForeignKey("resumes.id", ondelete="CASCADE"), primary_key=True),
    Column("pointer", String(500), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("said", JsonText, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "tenant", "resume_id"),
)

#: What people decided about candidates; the latest on a resume for a job counts.
decisions = Table(
    "decisions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("resume_id", ForeignKey("resumes.id", ondelete="CASCADE"), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("counts", Boolean, nullable=False),
    Index(None, "job_id", "resume_id"),
    Index(None, "job_id", "created_at", "id"),
    Index(None, "resume_id", "created_at", "id"),
)

totals, workers = figure_tables.totals, figure_tables.workers

_NUMBER = BigInteger().with_variant(Integer(), "sqlite")

#: What transactions noted for the audit log and is not in its chain yet.
audit_notes = Table(
    "audit_notes",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", JsonText, nullable=False),
    sqlite_autoincrement=True,
)

#: What somebody looked at is noted once an hour; the key is the SHA-256 of who, what and when.
audit_viewings = Table(
    "audit_viewings",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("hour", UtcTime, nullable=False),
    Index(None, "hour"),
)

#: A chain for each tenant. Triggers refuse to change or remove an entry; see the migration.
audit_entries = Table(
    "audit_entries",
    metadata,
    Column("tenant", String(255), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("job_id", String(64)),
    Column("detail", JsonText, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "tenant", "subject_id", "sequence"),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("tenant", String(255), primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)

#: API keys; the digest is all that is known of a key itself.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("name", Text, nullable=False),
    Column("prefix", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("scopes", String(255), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("last_used_at", UtcTime),
    Column("revoked_at", UtcTime),
    Column("expires_at", UtcTime),
    Index("uq_api_keys_digest", "digest", unique=True),
    Index(None, "tenant", "created_at", "id"),
)

#: Sessions of browsers, and links that begin one.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("tenant", String(255), nullable=False),
    Column("scopes", String(255), nullable=False),
    Column("key_id", ForeignKey("api_keys.id", ondelete="CASCADE")),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("once", Boolean, nullable=False),
    Index(None, "expires_at"),
    Index(None, "key_id"),
)
