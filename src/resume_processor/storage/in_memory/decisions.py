"""What people decided, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from resume_processor.errors import NotFound
from resume_processor.storage import audited
from resume_processor.storage.in_memory.tables import Part, newest_first
from resume_processor.storage.storable import require_storable_decision
from resume_processor.workflow.decision_port import Decision
from resume_processor.workflow.stored_values import Listing


class MemoryDecisions(Part):
    """``DecisionStore``."""

    def add_decision(self, decision: Decision, *, tenant: str) -> None:
        """See ``DecisionStore``."""
        require_storable_decision(decision)
        key = (decision.job_id, decision.resume_id)
        with self._lock:
            self._resume(decision.resume_id, tenant)
            self._require_jobs(tenant, decision.job_id)
            decisions = self._tables.decisions
            for one in decisions.values():
                if one.counts and (one.job_id, one.resume_id) == key:
                    decisions[one.id] = replace(one, counts=False)
            decisions[decision.id] = decision
            self._note(tenant, decision.created_at, audited.of_decision(decision))

    def list_decisions(
        self,
        *,
        tenant: str,
        limit: int,
        cursor: str | None = None,
        job_id: str | None = None,
        resume_id: str | None = None,
    ) -> Listing[Decision]:
        """See ``DecisionStore``."""
        with self._lock:
            found = [
                one
                for one in self._tables.decisions.values()
                if job_id in (None, one.job_id)
                and resume_id in (None, one.resume_id)
                and self._tables.resumes[one.resume_id].tenant == tenant
            ]
        return newest_first(found, lambda one: (one.created_at, one.id), limit, cursor)

    def present_decisions(self, job_id: str, resume_ids: Sequence[str]) -> Mapping[str, Decision]:
        """See ``DecisionStore``."""
        wanted = set(resume_ids)
        with self._lock:
            return {
                one.resume_id: one
                for one in self._tables.decisions.values()
                if one.counts and one.job_id == job_id and one.resume_id in wanted
            }

    def replace_job(self, job_id: str, *, by: str, tenant: str, now: datetime) -> int:
        """See ``DecisionStore``."""
        tables = self._tables
        with self._lock:
            self._require_jobs(tenant, job_id, by)
            sent = [
                one
                for one in tables.resumes.values()
                if (one.job_id, one.tenant) == (job_id, tenant)
            ]
            for record in sent:
                tables.resumes[record.id] = replace(record, job_id=by)
            made = [one for one in tables.decisions.values() if one.job_id == job_id]
            for one in made:
                tables.decisions[one.id] = replace(one, job_id=by)
            self._note(tenant, now, audited.of_replaced_job(job_id, by, len(made), len(sent)))
            return len(made)

    def _require_jobs(self, tenant: str, *job_ids: str) -> None:
        for job_id in job_ids:
            job = self._tables.jobs.get(job_id)
            if job is None or job.tenant != tenant:
                raise NotFound("There is no such job.")
