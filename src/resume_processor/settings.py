"""All settings, read once from the environment and handed down as one frozen value.

``REDIS_URL`` and ``DATABASE_URL`` carry their usual names; everything else begins with
``RESUME_PROCESSOR_``. What is measured in what stands beside each.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

#: Where Redis is looked for when REDIS_URL is not set.
DEFAULT_REDIS_URL = "redis://localhost:6379/0"


class Settings(BaseSettings):
    """Settings of one process; immutable."""

    model_config = SettingsConfigDict(env_prefix="RESUME_PROCESSOR_", frozen=True, extra="ignore")

    redis_url: str = Field(
        DEFAULT_REDIS_URL,
        validation_alias=AliasChoices("REDIS_URL", "redis_url"),
        description="Broker and result backend.",
    )
    database_url: str | None = Field(
        None,
        validation_alias=AliasChoices("DATABASE_URL", "database_url"),
        description="postgresql://user:password@host/name; SQLite in data_dir if unset.",
    )
    data_dir: Path = Field(
        Path("resume-processor-data"),
        description="Database, files and the private Redis live here.",
    )

    blob_url: str | None = Field(
        None,
        validation_alias=AliasChoices("BLOB_URL", "blob_url"),
        description="s3://bucket/prefix for the files; they are in data_dir if unset.",
    )

    # reading one document
    max_bytes: int = Field(20 * 1024 * 1024, description="Largest upload, in bytes.")
    max_pages: int = Field(50, description="Most pages of a document.")
    max_parts: int = Field(2_000, description="Most members of a zip-based document.")
    max_decompressed_bytes: int = Field(
        200 * 1024 * 1024, description="Most bytes that a document may unpack to."
    )
    max_pixels: int = Field(60_000_000, description="Most pixels of an image.")
    read_seconds: float = Field(
        60.0, description="Longest time for reading one document, in seconds."
    )
    max_memory_bytes: int = Field(
        2 * 1024**3,
        description="Address space of a worker child (RLIMIT_AS), in bytes; 0: no limit.",
    )

    # batches
    max_batch_bytes: int = Field(2 * 1024**3, description="Largest upload of a batch, in bytes.")
    max_batch_files: int = Field(20_000, description="Most files of a batch.")
    max_batch_unpacked_bytes: int = Field(
        8 * 1024**3, description="Most bytes that the files of a batch may unpack to, together."
    )

    # parsing
    parser: Literal["accurate", "fast"] = Field(
        "accurate", description="fast: parse without the encoder, in less time, less accurately."
    )

    # queue
    max_attempts: int = Field(
        3, description="Attempts before a resume ends as FAILED(worker_crashed)."
    )
    lease_seconds: float = Field(30.0, description="How long a claim holds without a heartbeat.")
    retry_base_seconds: float = Field(2.0, description="First pause before another attempt.")
    retry_max_seconds: float = Field(300.0, description="Longest pause before another attempt.")
    dispatch_seconds: float = Field(1.0, description="Dispatcher's pause when nothing wakes it.")
    redispatch_seconds: float = Field(
        30.0, description="A published task that nobody claimed is published again after this."
    )
    dispatch_window: int = Field(
        400,
        description="Most messages that wait in Redis at a time, fewer where workers take "
        "less than that in a second; the rest waits in the table.",
    )
    deaf_seconds: float = Field(
        60.0,
        description="A worker that does nothing for so long while messages wait is restarted; "
        "longer than lease_seconds.",
    )
    silent_seconds: float = Field(
        60.0,
        description="A server whose dispatcher makes no turn for so long is restarted; longer than "
        "Redis and database together may stall it (45).",
    )
    reap_seconds: float = Field(5.0, description="Pause between two looks for expired leases.")
    max_backlog: int = Field(
        100_000, description="Most resumes that may wait before 503 is answered."
    )
    min_free_bytes: int = Field(
        256 * 1024 * 1024,
        description="503 is answered while the disk of data_dir has less free, in bytes.",
    )
    shutdown_seconds: float = Field(
        10.0, description="Time that running work gets at a shutdown before it is handed back."
    )
    workers: int = Field(2, description="Worker children (prefork) of one worker process.")

    # webhooks
    webhook_allow_private: bool = Field(
        default=False,
        description="Whether webhooks may go to private, loopback and link-local addresses.",
    )
    webhook_timeout_seconds: float = Field(
        10.0, description="Longest time for one delivery of a webhook, in seconds."
    )
    webhook_max_attempts: int = Field(
        10, description="Tries before a delivery is given up; it can be sent again by hand."
    )
    webhook_retry_base_seconds: float = Field(
        5.0, description="First pause before another try; each one is four times as long."
    )
    webhook_retry_max_seconds: float = Field(
        12 * 3600.0, description="Longest pause before another try."
    )
    webhook_log_days: float = Field(
        30.0, description="How long the log keeps what was delivered or given up, in days."
    )

    # privacy
    audit_reads: bool = Field(
        default=True,
        description="Whether the audit log tells who looked at which resume: an entry an hour for "
        "each kind of look.",
    )
    retention_days: float | None = Field(
        None, gt=0, description="Days after which a resume is deleted; unset: it is kept."
    )
    tenant_retention_days: dict[str, Annotated[float, Field(gt=0)] | None] = Field(
        default_factory=dict,
        description="The same by tenant, as JSON; null: kept. A job may have its own.",
    )

    # API
    max_wait_seconds: float = Field(30.0, description="Longest ?wait= of a status request.")
    page_size: int = Field(
        50, description="Rows of a page of a listing, unless ?limit= says otherwise."
    )

    # who may call, and how much
    bootstrap_key: SecretStr | None = Field(
        None,
        description="A first API key (all scopes, tenant `default`) of at least 32 characters, "
        "for services that are set up by a file; another value takes the place of the one before.",
    )
    session_hours: float = Field(
        12.0, gt=0, description="How long a browser stays signed in to the page, in hours."
    )
    requests_per_second: float = Field(
        200.0,
        ge=0,
        description="Requests that a key (without keys: an address) may make, on average over "
        "five seconds, to one API process; then 429. 0: no limit.",
    )
    uploads_at_once: int = Field(
        32,
        ge=0,
        description="Bodies that a key (without keys: an address) may send at the same time to one "
        "API process; then 429. 0: no limit.",
    )
    waits_at_once: int = Field(
        200,
        ge=0,
        description="Event streams and `?wait=` requests that a key (without keys: an address) may "
        "have open at the same time at one API process; then 429. 0: no limit.",
    )
    head_seconds: float = Field(
        10.0,
        gt=0,
        description="Time that a client has from opening a connection (later: from its next "
        "request's first byte) until the request's headers are complete, in seconds; then 408.",
    )
    idle_seconds: int = Field(
        15, gt=0, description="How long a connection is kept for another request, in seconds."
    )
    stalled_seconds: float = Field(
        30.0,
        gt=0,
        description="A client that takes nothing of its answer for so long is cut off, in seconds.",
    )
    max_connections: int = Field(
        500,
        ge=1,
        description="Connections that one API process holds, well below the open files that it may "
        "have (`ulimit -n`); for another one, the connection that waits longest without a request "
        "is closed, and where each has one the answer is 503.",
    )
    body_grace_seconds: float = Field(
        20.0, gt=0, description="Time that the body of a request has whatever its size, in seconds."
    )
    body_bytes_per_second: float = Field(
        16 * 1024.0,
        gt=0,
        description="A body that comes slower than this when its grace is over is given up (408).",
    )

    @property
    def effective_database_url(self) -> str:
        """SQLAlchemy URL: PostgreSQL through psycopg 3, or SQLite in ``data_dir``."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir.resolve() / 'resume-processor.sqlite3'}"
        for prefix in ("postgresql://", "postgres://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url[len(prefix) :]
        return self.database_url
