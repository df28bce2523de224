"""What people decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from resume_processor.errors import NotFound
from resume_processor.storage import audited
from resume_processor.storage.sql import tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.resumes import newest_first, page
from resume_processor.storage.sql.rows import AnyRow
from resume_processor.storage.sql.statements import SqlPart, lock_resume_of
from resume_processor.storage.storable import require_storable_decision
from resume_processor.workflow.decision_port import Decision, Verdict
from resume_processor.workflow.stored_values import Listing

_TABLE = tables.decisions


class SqlDecisions(SqlPart):
    """``DecisionStore``."""

    def add_decision(self, decision: Decision, *, tenant: str) -> None:
        """See ``DecisionStore``."""
        require_storable_decision(decision)
        earlier = update(_TABLE).where(
            _TABLE.c.job_id == decision.job_id,
            _TABLE.c.resume_id == decision.resume_id,
            _TABLE.c.counts,
        )
        with self._database.write() as connection:
            lock_resume_of(connection, decision.resume_id, tenant)  # two decide one by one
            _require_jobs(connection, tenant, decision.job_id)
            connection.execute(earlier.values(counts=False))
            connection.execute(insert(_TABLE), _from_decision(decision, tenant))
            told = [audited.of_decision(decision)]
            note_down(connection, self.actor, tenant, decision.created_at, told)

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
        query = select(_TABLE).where(_TABLE.c.tenant == tenant)
        if job_id is not None:
            query = query.where(_TABLE.c.job_id == job_id)
        if resume_id is not None:
            query = query.where(_TABLE.c.resume_id == resume_id)
        with self._database.read() as connection:
            found = connection.execute(newest_first(query, _TABLE, limit, cursor)).all()
        return page([_to_decision(row) for row in found], limit)

    def present_decisions(self, job_id: str, resume_ids: Sequence[str]) -> Mapping[str, Decision]:
        """See ``DecisionStore``."""
        query = select(_TABLE).where(
            _TABLE.c.job_id == job_id, _TABLE.c.resume_id.in_(resume_ids), _TABLE.c.counts
        )
        with self._database.read() as connection:
            return {row.resume_id: _to_decision(row) for row in connection.execute(query)}

    def replace_job(self, job_id: str, *, by: str, tenant: str, now: datetime) -> int:
        """See ``DecisionStore``."""
        resumes = tables.resumes
        sent = update(resumes).where(resumes.c.job_id == job_id, resumes.c.tenant == tenant)
        moved = update(_TABLE).where(_TABLE.c.job_id == job_id)
        with self._database.write() as connection:
            _require_jobs(connection, tenant, job_id, by)
            applicants = connection.execute(sent.values(job_id=by)).rowcount
            decisions = connection.execute(moved.values(job_id=by)).rowcount
            told = [audited.of_replaced_job(job_id, by, decisions, applicants)]
            note_down(connection, self.actor, tenant, now, told)
            return decisions


def _require_jobs(connection: Connection, tenant: str, *job_ids: str) -> None:
    """All of them are there, and stay until this transaction ends."""
    jobs = tables.jobs
    query = select(jobs.c.id).where(jobs.c.id.in_(sorted(job_ids)), jobs.c.tenant == tenant)
    found = connection.execute(
        query.order_by(jobs.c.id).with_for_update(read=True, key_share=True)
    ).all()
    if len(found) < len(set(job_ids)):
        raise NotFound("There is no such job.")


def _to_decision(row: AnyRow) -> Decision:
    return Decision(
        id=row.id,
        job_id=row.job_id,
        resume_id=row.resume_id,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        reviewer=row.reviewer,
        created_at=row.created_at,
        nonce=row.nonce,
        counts=row.counts,
    )


def _from_decision(decision: Decision, tenant: str) -> dict[str, Any]:
    return {
        "id": decision.id,
        "tenant": tenant,
        "job_id": decision.job_id,
        "resume_id": decision.resume_id,
        "verdict": decision.verdict.value,
        "reason": decision.reason,
        "reviewer": decision.reviewer,
        "created_at": decision.created_at,
        "nonce": decision.nonce,
        "counts": decision.counts,
    }
