"""Forgetting a resume: the record with all that was derived from it, and the file."""

from __future__ import annotations

from resume_processor.workflow.parts import Parts


def delete_resume(resume_id: str, tenant: str, parts: Parts) -> None:
    """Remove record, result, scores, waiting work and file; a worker that still runs is fenced.

    Raises NotFound. The record goes first: a crash in between leaves a file that nothing names,
    never a record without its file.
    """
    blob_key = parts.storage.delete_resume(resume_id, tenant=tenant, now=parts.clock.now())
    if not parts.storage.blob_in_use(blob_key):
        parts.blobs.delete(blob_key)
