"""Whether what is stored is what the audit log says: results, ledgers, decisions by their hashes.

A chain that is whole shows that the log was not changed. This shows that the rows it tells of were
not changed either, past the service.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from resume_processor.workflow.audit_chain import digest, entries_of, seal_all
from resume_processor.workflow.audit_port import Action, AuditEntry
from resume_processor.workflow.ports import Storage

#: Rows read at once.
_PAGE = 200

#: What happened, to what, for which job or in which decision.
Key = tuple[Action, str, str | None]

#: In which part of an entry the hash of what is stored stands.
_HASHES = {
    Action.RESUME_PARSED: "result",
    Action.RESUME_SCORED: "ledger",
    Action.RESUME_DECIDED: "record",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A row that the log tells of, as it is now."""

    key: Key
    digest: str

    def __str__(self) -> str:
        what, subject_id, other = self.key
        names = {
            Action.RESUME_PARSED: "result",
            Action.RESUME_SCORED: f"score for job {other}",
            Action.RESUME_DECIDED: f"decision {other}",
        }
        return f"resume {subject_id}: {names[what]}"


@dataclass(slots=True)
class RecordsReport:
    """How many rows are as the log says, and which are not.

    ``unlogged`` rows have no entry: they are from before the log began, or came past the service.
    """

    tenant: str
    right: int = 0
    changed: list[Stored] = field(default_factory=list)
    unlogged: list[Stored] = field(default_factory=list)


def verify_records(storage: Storage, tenant: str) -> RecordsReport:
    """Compare every result, score and decision of a tenant with the last entry about it.

    A service may run meanwhile: what does not fit is compared with the log of that moment again.
    """
    report, said = RecordsReport(tenant), _hashes_in(entries_of(storage, tenant))
    for row in _stored(storage, tenant):
        known = said.get(row.key)
        if known != row.digest:
            known = _hash_now(storage, tenant, row.key)
        if known is None:
            report.unlogged.append(row)
        elif known == row.digest:
            report.right += 1
        else:
            report.changed.append(row)
    return report


def _hashes_in(entries: Iterator[AuditEntry]) -> dict[Key, str]:
    return {key: value for entry in entries for key, value in _hash_of(entry)}


def _hash_of(entry: AuditEntry) -> Iterator[tuple[Key, str]]:
    """The hash that an entry has of a row, if it has one."""
    if entry.action not in _HASHES:
        return
    action = Action(entry.action)
    other = entry.job_id if action is Action.RESUME_SCORED else entry.detail.get("decision_id")
    yield (action, entry.subject_id, other), entry.detail[_HASHES[action]]


def _hash_now(storage: Storage, tenant: str, key: Key) -> str | None:
    seal_all(storage)
    cursor: str | None = None
    while True:
        page = storage.list_audit(tenant=tenant, limit=_PAGE, cursor=cursor, subject_id=key[1])
        for entry in page.rows:
            for found, value in _hash_of(entry):
                if found == key:
                    return value
        if (cursor := page.cursor) is None:
            return None


def _stored(storage: Storage, tenant: str) -> Iterator[Stored]:
    yield from _results(storage, tenant)
    yield from _scores(storage, tenant)
    yield from _decisions(storage, tenant)


def _results(storage: Storage, tenant: str) -> Iterator[Stored]:
    cursor: str | None = None
    while True:
        page = storage.list_resumes(tenant=tenant, limit=_PAGE, cursor=cursor)
        for record in page.rows:
            result = storage.get_result(record.id)
            if result is not None:
                yield Stored((Action.RESUME_PARSED, record.id, None), digest(result))
        if (cursor := page.cursor) is None:
            return


def _scores(storage: Storage, tenant: str) -> Iterator[Stored]:
    jobs: str | None = None
    while True:
        page = storage.list_jobs(tenant=tenant, limit=_PAGE, cursor=jobs)
        for job in page.rows:
            yield from _scores_of(storage, job.id)
        if (jobs := page.cursor) is None:
            return


def _scores_of(storage: Storage, job_id: str) -> Iterator[Stored]:
    cursor: str | None = None
    while True:
        page = storage.ranking(job_id, limit=_PAGE, cursor=cursor)
        for row in page.rows:
            key = (Action.RESUME_SCORED, row.resume.id, job_id)
            yield Stored(key, digest(row.score.ledger))
        if (cursor := page.cursor) is None:
            return


def _decisions(storage: Storage, tenant: str) -> Iterator[Stored]:
    cursor: str | None = None
    while True:
        page = storage.list_decisions(tenant=tenant, limit=_PAGE, cursor=cursor)
        for one in page.rows:
            yield Stored((Action.RESUME_DECIDED, one.resume_id, one.id), one.digest)
        if (cursor := page.cursor) is None:
            return
