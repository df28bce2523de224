"""Resumes that were kept for as long as they may be are deleted, like those that somebody deletes.

The more particular rule counts: of the job that a resume was sent for, else of its tenant, else of
the service. Without a rule a resume is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog

from resume_processor.errors import NotFound
from resume_processor.workflow.delete_resume import delete_resume
from resume_processor.workflow.parts import Parts

log = structlog.get_logger(__name__)


def delete_overdue(parts: Parts, *, limit: int) -> int:
    """Delete some of those whose time is over, ``limit`` by each rule; how many.

    Raises ServiceErrors.
    """
    now, deleted = parts.clock.now(), 0
    for resume_id, tenant in set(_overdue(now, limit, parts)):
        try:
            delete_resume(resume_id, tenant, parts)
        except NotFound:
            continue  # somebody was faster
        log.info("retention_over", resume_id=resume_id)
        deleted += 1
    return deleted


def _overdue(now: datetime, limit: int, parts: Parts) -> Iterator[tuple[str, str]]:
    """(Id, tenant) by job, by tenant, and by the service's own rule."""
    storage, settings = parts.storage, parts.settings
    for job in storage.jobs_with_retention():
        assert job.retention_days is not None
        found = storage.applicants_before(
            _before(now, job.retention_days), job_id=job.id, tenant=job.tenant, limit=limit
        )
        yield from ((resume_id, job.tenant) for resume_id in found)
    of_tenants = settings.tenant_retention_days
    for tenant, days in of_tenants.items():
        if days is not None:
            yield from storage.resumes_before(_before(now, days), tenant=tenant, limit=limit)
    if settings.retention_days is not None:
        before = _before(now, settings.retention_days)
        yield from storage.resumes_before(before, but=tuple(of_tenants), limit=limit)


def _before(now: datetime, days: float) -> datetime:
    return now - timedelta(days=days)
