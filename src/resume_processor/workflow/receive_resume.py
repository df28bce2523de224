"""An upload becomes a stored file and a record with work to do: all that the caller waits for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import BinaryIO

import structlog

from resume_processor.errors import EmptyUpload, RequestError
from resume_processor.resume.record import Priority, ResumeRecord
from resume_processor.workflow import spans
from resume_processor.workflow.backlog import refuse_when_full
from resume_processor.workflow.hold_key import key_held
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import NewResume
from resume_processor.workflow.spooling import MeteredSource

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Upload:
    """What a client sent. ``file_name`` is for display only; ``source`` is read once."""

    file_name: str
    source: BinaryIO
    tenant: str = "default"
    job_id: str | None = None
    external_id: str | None = None
    batch_id: str | None = None
    priority: Priority = Priority.INTERACTIVE
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """``is_new`` is False where the idempotency key was seen before: it is the first record."""

    record: ResumeRecord
    is_new: bool


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that the blob store has made durable."""

    key: str
    size: int
    sha256: str


def receive_resume(upload: Upload, parts: Parts) -> Receipt:
    """Store file, record and work item durably, then ring the dispatcher. Talks to no broker.

    Raises BacklogFull, NotFound (the job), TooLarge, EmptyUpload, IdempotencyMismatch,
    RequestInFlight and StorageUnavailable. The caller was promised nothing before this returns.
    """
    refuse_when_full(parts)
    if upload.job_id is not None:
        parts.storage.get_job(upload.job_id, tenant=upload.tenant)
    resume_id = new_id(parts.clock.now())
    with key_held(upload.idempotency_key, upload.tenant, resume_id, parts):
        receipt = _store(resume_id, upload, parts)
    parts.wake()
    return receipt


def _store(resume_id: str, upload: Upload, parts: Parts) -> Receipt:
    stored = store_file(blob_key_for(resume_id), upload.source, parts)
    try:
        record, is_new = parts.storage.add_resume(_new_resume(resume_id, upload, stored, parts))
    except RequestError:
        # Only where the storage said no: after any other error the record may be there after all.
        parts.blobs.delete(stored.key)
        raise
    if not is_new:
        parts.blobs.delete(stored.key)
    log.info("received", resume_id=record.id, task_id=record.task_id, is_new=is_new)
    return Receipt(record, is_new)


def blob_key_for(resume_id: str) -> str:
    """Where a resume's file is kept; each has its own, so that deleting one harms no other."""
    return f"resumes/{resume_id[-2:]}/{resume_id}"


def store_file(key: str, source: BinaryIO, parts: Parts) -> StoredFile:
    """Raises TooLarge, EmptyUpload and StorageUnavailable; then nothing is left behind."""
    metered = MeteredSource(source, parts.settings.max_bytes)
    parts.blobs.put(key, metered.as_binary_io())
    if metered.size == 0:
        parts.blobs.delete(key)
        raise EmptyUpload
    return StoredFile(key, metered.size, metered.sha256)


def _new_resume(resume_id: str, upload: Upload, stored: StoredFile, parts: Parts) -> NewResume:
    key = upload.idempotency_key
    return NewResume(
        id=resume_id,
        tenant=upload.tenant,
        file_name=upload.file_name,
        size=stored.size,
        sha256=stored.sha256,
        blob_key=stored.key,
        now=parts.clock.now(),
        priority=upload.priority,
        job_id=upload.job_id,
        external_id=upload.external_id,
        batch_id=upload.batch_id,
        idempotency=None if key is None else (key, _request_digest(upload, stored)),
        trace=spans.traceparent(),
    )


def _request_digest(upload: Upload, stored: StoredFile) -> str:
    """Digest of all that makes two requests under one idempotency key the same."""
    parts = (upload.file_name, upload.job_id, upload.external_id, upload.batch_id, upload.priority)
    return hashlib.sha256(json.dumps([*parts, stored.sha256]).encode()).hexdigest()
