"""What the parts of the SQL storage share: reading a row to change it, and writing it back.

Locks are taken in one order everywhere, so that PostgreSQL never finds a deadlock: the work item,
the profile where it is deleted or scored, the resume, other work items by id, the batch.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from resume_processor.errors import NotFound
from resume_processor.resume.record import ResumeRecord
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.database import (
    Database,
    insert_new,
    notify,
)
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.transitions import ChangedResume, is_owned
from resume_processor.workflow.audit_port import SERVICE
from resume_processor.workflow.stored_values import WorkItem, WorkKind, WorkState

_RESUME = tables.resumes.c.id == bindparam("resume")
_WORK = (tables.work.c.kind == bindparam("its_kind"), tables.work.c.subject_id == bindparam("its"))

# Built once: building a statement costs as much as running it.
_LOCK_RESUME = Prepared(select(*rows.RECORD).where(_RESUME).with_for_update(key_share=True))
_UPDATE_RESUME = Prepared(update(tables.resumes).where(_RESUME))
_INSERT_EVENT = Prepared(insert(tables.events))
_LOCK_WORK = Prepared(select(tables.work).where(*_WORK).with_for_update())
_UPDATE_WORK = Prepared(update(tables.work).where(*_WORK))
_DELETE_WORK = Prepared(delete(tables.work).where(*_WORK))
_END_OWNED = Prepared(
    delete(tables.work)
    .where(
        *_WORK,
        tables.work.c.state == WorkState.RUNNING.value,
        tables.work.c.owner == bindparam("its_owner"),
    )
    .returning(tables.work)
)


class SqlPart:
    """Base of the storage's parts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.actor = SERVICE


def lock_resume(connection: Connection, resume_id: str) -> ResumeRecord | None:
    """The record, which nobody else changes until this transaction ends."""
    row = _LOCK_RESUME.one_or_none(connection, {"resume": resume_id})
    return None if row is None else rows.to_record(row)


def lock_resume_of(connection: Connection, resume_id: str, tenant: str) -> ResumeRecord:
    """As ``lock_resume``. Raises NotFound, also where it is another tenant's."""
    record = lock_resume(connection, resume_id)
    if record is None or record.tenant != tenant:
        raise NotFound("There is no such resume.")
    return record


def insert_change(connection: Connection, change: ChangedResume) -> None:
    """The entries in the resume's history; who follows the resume is told."""
    _INSERT_EVENT.run_each(connection, [rows.from_event(event) for event in change.events])
    notify(connection, change.record.id)


def write_resume(
    connection: Connection, change: ChangedResume, **searched: str | None
) -> ResumeRecord:
    """A changed record with its history; ``searched`` are columns that a search looks in."""
    record = change.record
    values = {**rows.changing_columns(record), **searched, "resume": record.id}
    _UPDATE_RESUME.run(connection, values)
    insert_change(connection, change)
    return record


def lock_work(connection: Connection, kind: WorkKind, subject_id: str) -> WorkItem | None:
    """The work item, which nobody else changes until this transaction ends."""
    row = _LOCK_WORK.one_or_none(connection, _key(kind, subject_id))
    return None if row is None else rows.to_work(row)


def lock_owned(
    connection: Connection, kind: WorkKind, subject_id: str, owner: str
) -> WorkItem | None:
    """The fence: the work item where ``owner`` holds its lease, else None."""
    work = lock_work(connection, kind, subject_id)
    return work if is_owned(work, owner) else None


def end_owned(
    connection: Connection, kind: WorkKind, subject_id: str, owner: str
) -> WorkItem | None:
    """The fence and the end at once: the work item that ``owner`` held, which is gone now."""
    asked = {**_key(kind, subject_id), "its_owner": owner}
    row = _END_OWNED.one_or_none(connection, asked)
    return None if row is None else rows.to_work(row)


def insert_work(connection: Connection, item: WorkItem) -> bool:
    """A new work item; False where there is one already."""
    inserted = insert_new(connection, tables.work, rows.from_work(item), key=("kind", "subject_id"))
    _announce(connection, item)
    return inserted


def write_work(connection: Connection, item: WorkItem) -> WorkItem:
    """A changed work item; who waits for work is told where it waits."""
    values = {**rows.changing_work_columns(item), **_key(item.kind, item.subject_id)}
    _UPDATE_WORK.run(connection, values)
    _announce(connection, item)
    return item


def delete_work(connection: Connection, kind: WorkKind, subject_id: str) -> None:
    """The end of a work item."""
    _DELETE_WORK.run(connection, _key(kind, subject_id))


def _announce(connection: Connection, item: WorkItem) -> None:
    """Work that waits, for whoever publishes it; a resume's is told of with the resume's change."""
    if item.kind is not WorkKind.PROCESS_RESUME and item.state is WorkState.WAITING:
        notify(connection)


def _key(kind: WorkKind, subject_id: str) -> dict[str, str]:
    return {"its_kind": kind.value, "its": subject_id}
