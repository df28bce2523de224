"""What was kept for as long as it may be, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from resume_processor.errors import NotFound
from resume_processor.resume.record import ResumeRecord
from resume_processor.storage.in_memory.tables import Part, copy_of
from resume_processor.workflow.stored_values import JobRecord


class MemoryRetention(Part):
    """``RetentionStore``."""

    def jobs_with_retention(self) -> Sequence[JobRecord]:
        """See ``RetentionStore``."""
        with self._lock:
            jobs = [one for one in self._tables.jobs.values() if one.retention_days is not None]
        copies = (replace(one, requirements=copy_of(one.requirements)) for one in jobs)
        return tuple(sorted(copies, key=lambda job: job.id))

    def set_retention(self, job_id: str, days: float | None, *, tenant: str, now: datetime) -> None:
        """See ``RetentionStore``."""
        with self._lock:
            job = self._tables.jobs.get(job_id)
            if job is None or job.tenant != tenant:
                raise NotFound("There is no such job.")
            self._tables.jobs[job_id] = replace(
                job, retention_days=days, updated_at=now, revision=job.revision + 1
            )

    def applicants_before(
        self, before: datetime, *, job_id: str, tenant: str, limit: int
    ) -> Sequence[str]:
        """See ``RetentionStore``."""
        with self._lock:
            found = sorted(
                (record.created_at, record.id)
                for record in self._tables.resumes.values()
                if (record.tenant, record.job_id) == (tenant, job_id) and record.created_at < before
            )
        return tuple(resume_id for _, resume_id in found[:limit])

    def resumes_before(
        self, before: datetime, *, limit: int, tenant: str | None = None, but: Sequence[str] = ()
    ) -> Sequence[tuple[str, str]]:
        """See ``RetentionStore``."""
        with self._lock:
            found = sorted(
                (record.created_at, record.id, record.tenant)
                for record in self._tables.resumes.values()
                if record.created_at < before
                and tenant in (None, record.tenant)
                and record.tenant not in but
                and not self._is_kept_by_job(record)
            )
        return tuple((resume_id, of) for _, resume_id, of in found[:limit])

    def _is_kept_by_job(self, record: ResumeRecord) -> bool:
        job = self._tables.jobs.get(record.job_id or "")
        return job is not None and job.tenant == record.tenant and job.retention_days is not None
