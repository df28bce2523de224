"""Forgetting a resume: the record, all that was derived from it, the file, and what they left."""

from __future__ import annotations

import structlog

from resume_processor.errors import ServiceError
from resume_processor.resume.record import task_id_for
from resume_processor.workflow.describe_error import describe
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import Erasure

log = structlog.get_logger(__name__)


def delete_resume(resume_id: str, tenant: str, parts: Parts) -> None:
    """Remove record, result, scores, waiting work and file; a worker that still runs is fenced.

    Raises NotFound. The rows go first, in one transaction that leaves a tombstone; whatever the
    rest dies of, the eraser finishes it. The queue is not asked here: it knows ids only, and may be
    away.
    """
    erasure = parts.storage.delete_resume(resume_id, tenant=tenant, now=parts.clock.now())
    try:
        _delete_file(erasure, parts)
        parts.storage.scrub()
    except ServiceError as error:
        log.warning("erasure_to_be_finished", resume_id=resume_id, **describe(error))


def clear_outside(erasure: Erasure, parts: Parts) -> None:
    """Remove what a deleted resume may have left outside of the database; safe to repeat.

    Raises ServiceErrors.
    """
    _delete_file(erasure, parts)
    parts.forget_task(task_id_for(erasure.resume_id))


def _delete_file(erasure: Erasure, parts: Parts) -> None:
    if not parts.storage.blob_in_use(erasure.blob_key):
        parts.blobs.delete(erasure.blob_key)
