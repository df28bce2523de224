"""Many files become one stored archive and a batch with work to do: all that the caller waits for.

The resumes come out of it in the background (``unpack_batch``), so a batch of ten thousand files is
answered as soon as its bytes are on the disk.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import BinaryIO

from resume_processor.errors import RequestError
from resume_processor.resume.record import Priority
from resume_processor.workflow.backlog import refuse_when_full
from resume_processor.workflow.batch_archive import open_batch
from resume_processor.workflow.identifiers import new_id
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import Batch
from resume_processor.workflow.spooling import MeteredSource


@dataclass(frozen=True, slots=True)
class BatchUpload:
    """What a client sent; ``archive`` is a zip file that can be read and sought in."""

    archive: BinaryIO
    tenant: str = "default"
    job_id: str | None = None
    priority: Priority = Priority.BULK
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class BatchReceipt:
    """``is_new`` is False where the idempotency key was seen before: it is the first batch."""

    batch: Batch
    is_new: bool


def receive_batch(upload: BatchUpload, parts: Parts) -> BatchReceipt:
    """Store archive, batch and work item durably, then ring the dispatcher. Talks to no broker.

    Raises CorruptDocument and TooLarge (the archive), InvalidRequest (no files in it), BacklogFull,
    NotFound (the job), IdempotencyMismatch and StorageUnavailable.
    """
    with open_batch(upload.archive, parts.settings) as archive:
        expected = len(archive.members)
    refuse_when_full(parts, coming=expected)
    if upload.job_id is not None:
        parts.storage.get_job(upload.job_id, tenant=upload.tenant)
    receipt = _store(upload, expected, parts)
    parts.wake()
    return receipt


def _store(upload: BatchUpload, expected: int, parts: Parts) -> BatchReceipt:
    now = parts.clock.now()
    batch_id = new_id(now)
    key = f"batches/{batch_id[-2:]}/{batch_id}"
    upload.archive.seek(0)
    metered = MeteredSource(upload.archive, parts.settings.max_batch_bytes)
    parts.blobs.put(key, metered.as_binary_io())
    batch = Batch(
        batch_id,
        upload.tenant,
        now,
        expected=expected,
        blob_key=key,
        job_id=upload.job_id,
        priority=upload.priority,
    )
    try:
        stored, is_new = parts.storage.add_batch(
            batch, idempotency=_idempotency(upload, metered.sha256)
        )
    except RequestError:
        # Only where the storage said no: after any other error the batch may be there after all.
        parts.blobs.delete(key)
        raise
    if not is_new:
        parts.blobs.delete(key)
    return BatchReceipt(stored, is_new)


def _idempotency(upload: BatchUpload, sha256: str) -> tuple[str, str] | None:
    """The key, and a digest of all that makes two requests under it the same."""
    if upload.idempotency_key is None:
        return None
    asked = [upload.job_id, upload.priority, sha256]
    return upload.idempotency_key, hashlib.sha256(json.dumps(asked).encode()).hexdigest()
