"""Resumes: stored, read, listed, found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, insert, or_, select, tuple_

from resume_processor.errors import IdempotencyMismatch, NotFound
from resume_processor.resume.record import ResumeRecord, ResumeStatus
from resume_processor.storage import audited, cursors, events_told, search_text, transitions
from resume_processor.storage.sql import rows, tables
from resume_processor.storage.sql.audit import note_down
from resume_processor.storage.sql.database import insert_new
from resume_processor.storage.sql.holds import end_hold
from resume_processor.storage.sql.outbox import tell
from resume_processor.storage.sql.prepared import Prepared
from resume_processor.storage.sql.statements import SqlPart, insert_change, insert_work
from resume_processor.storage.storable import require_storable_resume
from resume_processor.workflow.stored_values import Listing, NewResume, ResumeEvent

_INSERT = insert(tables.resumes)
_TASK = select(tables.resumes.c.id).where(
    tables.resumes.c.task_id == bindparam("its_task"), tables.resumes.c.tenant == bindparam("of")
)
_RESULT = Prepared(
    select(tables.results.c.body).where(tables.results.c.resume_id == bindparam("its_id"))
)
_GET = Prepared(select(*rows.RECORD).where(tables.resumes.c.id == bindparam("its_id")))

#: Of two with the same bytes the one that came first goes first, so that they never wait in a ring.
_IN_WORK = Prepared(
    select(tables.resumes.c.id)
    .where(
        tables.resumes.c.tenant == bindparam("of"),
        tables.resumes.c.sha256 == bindparam("bytes"),
        tables.resumes.c.status == ResumeStatus.PROCESSING.value,
        tuple_(tables.resumes.c.created_at, tables.resumes.c.id)
        < tuple_(
            bindparam("at", type_=tables.resumes.c.created_at.type),
            bindparam("its_id", type_=tables.resumes.c.id.type),
        ),
    )
    .limit(1)
)

_SAME = Prepared(
    select(*rows.RECORD)
    .where(
        tables.resumes.c.sha256 == bindparam("bytes"),
        tables.resumes.c.tenant == bindparam("of"),
        tables.resumes.c.pipeline_version == bindparam("version"),
        or_(*(tables.resumes.c.status == status.value for status in transitions.PARSED)),
    )
    .order_by(tables.resumes.c.created_at.desc(), tables.resumes.c.id.desc())
    .limit(1)
)


class SqlResumes(SqlPart):
    """The reading half of ``ResumeStore``, and ``add_resume``."""

    def add_resume(self, new: NewResume) -> tuple[ResumeRecord, bool]:
        """See ``ResumeStore``."""
        require_storable_resume(new)
        with self._database.write() as connection:
            if new.idempotency is not None:
                end_hold(connection, new.tenant, new.idempotency[0])
            earlier = _earlier(connection, new)
            if earlier is not None:
                return earlier, False
            _require_batch(connection, new)
            record = insert_resume(connection, new)
            if record is None:
                earlier = _earlier(connection, new)  # the same request, at the same time
                assert earlier is not None
                return earlier, False
            told = audited.of_received(record)
            note_down(connection, self.actor, new.tenant, new.now, told)
        return record, True

    def get_resume(self, resume_id: str, *, tenant: str | None = None) -> ResumeRecord:
        """See ``ResumeStore``."""
        with self._database.read() as connection:
            row = _GET.one_or_none(connection, {"its_id": resume_id})
        if row is None or tenant not in (None, row.tenant):
            raise NotFound("There is no such resume.")
        return rows.to_record(row)

    def is_task_of(self, task_id: str, *, tenant: str) -> bool:
        """See ``ResumeStore``."""
        with self._database.read() as connection:
            asked = {"its_task": task_id, "of": tenant}
            return connection.execute(_TASK, asked).one_or_none() is not None

    def is_parsed_elsewhere(self, record: ResumeRecord) -> bool:
        """See ``ResumeStore``."""
        with self._database.read() as connection:
            return is_in_work(connection, record)

    def find_same(self, sha256: str, *, tenant: str, pipeline_version: str) -> ResumeRecord | None:
        """See ``ResumeStore``."""
        with self._database.read() as connection:
            return same_bytes(connection, sha256, tenant, pipeline_version)

    def deleted_at(self, resume_id: str, *, tenant: str) -> datetime | None:
        """See ``ResumeStore``."""
        stones = tables.tombstones
        query = select(stones.c.deleted_at).where(
            stones.c.resume_id == resume_id, stones.c.tenant == tenant
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar_one_or_none()

    def get_result(self, resume_id: str) -> dict[str, Any] | None:
        """See ``ResumeStore``."""
        with self._database.read() as connection:
            row = _RESULT.one_or_none(connection, {"its_id": resume_id})
        return None if row is None else row.body

    def list_resumes(
        self,
        *,
        tenant: str,
        limit: int,
        cursor: str | None = None,
        status: ResumeStatus | None = None,
        text: str | None = None,
        batch_id: str | None = None,
        external_id: str | None = None,
    ) -> Listing[ResumeRecord]:
        """See ``ResumeStore``."""
        resumes = tables.resumes
        query = select(*rows.RECORD).where(resumes.c.tenant == tenant)
        if status is not None:
            query = query.where(resumes.c.status == status.value)
        if batch_id is not None:
            query = query.where(resumes.c.batch_id == batch_id)
        if external_id is not None:
            query = query.where(resumes.c.external_id == external_id)
        for word in search_text.words_of(text or ""):
            query = query.where(resumes.c.search_text.contains(word, autoescape=True))
        with self._database.read() as connection:
            found = connection.execute(newest_first(query, resumes, limit, cursor)).all()
        return page([rows.to_record(row) for row in found], limit)

    def resume_events(self, resume_id: str, *, after: int = 0) -> Sequence[ResumeEvent]:
        """See ``ResumeStore``."""
        events = tables.events
        query = (
            select(events)
            .where(events.c.resume_id == resume_id, events.c.revision > after)
            .order_by(events.c.revision)
        )
        with self._database.read() as connection:
            return tuple(rows.to_event(row) for row in connection.execute(query))

    def blob_in_use(self, blob_key: str) -> bool:
        """See ``ResumeStore``."""
        query = select(exists().where(tables.resumes.c.blob_key == blob_key))
        with self._database.read() as connection:
            return bool(connection.execute(query).scalar_one())

    def count_resumes(self, *, tenant: str | None = None) -> dict[ResumeStatus, int]:
        """See ``ResumeStore``."""
        status = tables.resumes.c.status
        query = select(status, func.count()).group_by(status)
        if tenant is not None:
            query = query.where(tables.resumes.c.tenant == tenant)
        with self._database.read() as connection:
            return {ResumeStatus(name): count for name, count in connection.execute(query)}


def is_in_work(connection: Connection, record: ResumeRecord) -> bool:
    """Whether a worker has the same bytes, uploaded before this record."""
    asked = {"of": record.tenant, "bytes": record.sha256, "at": record.created_at}
    return _IN_WORK.one_or_none(connection, {**asked, "its_id": record.id}) is not None


def same_bytes(
    connection: Connection, sha256: str, tenant: str, pipeline_version: str
) -> ResumeRecord | None:
    """The newest record of the same bytes that this pipeline parsed."""
    asked = {"bytes": sha256, "of": tenant, "version": pipeline_version}
    row = _SAME.one_or_none(connection, asked)
    return None if row is None else rows.to_record(row)


def newest_first(query: Select[Any], table: Any, limit: int, cursor: str | None) -> Select[Any]:
    """The page behind ``cursor`` by time and id, and one row more, which says whether there are."""
    if cursor is not None:
        created_at, row_id = cursors.decode_time(cursor)
        edge = tuple_(created_at, row_id, types=[table.c.created_at.type, table.c.id.type])
        query = query.where(tuple_(table.c.created_at, table.c.id) < edge)
    return query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit + 1)


def page(found: list[Any], limit: int) -> Listing[Any]:
    """A page of values with ``created_at`` and ``id``, out of what ``newest_first`` found."""
    shown = tuple(found[:limit])
    more = len(found) > limit
    last = shown[-1] if more else None
    return Listing(shown, None if last is None else cursors.encode_time(last.created_at, last.id))


def insert_resume(connection: Connection, new: NewResume) -> ResumeRecord | None:
    """A new record with its history and its work; None where its idempotency key is there."""
    change = transitions.received(new)
    if not _insert(connection, new, change.record):
        return None
    insert_change(connection, change)
    if new.failure is None:
        insert_work(connection, transitions.processing_work(new))
    else:
        tell(connection, events_told.of_resume(change.record), new.tenant, new.now)
    return change.record


def _require_batch(connection: Connection, new: NewResume) -> None:
    if new.batch_id is None:
        return
    batches = tables.batches
    query = select(batches.c.id).where(batches.c.id == new.batch_id, batches.c.tenant == new.tenant)
    if connection.execute(query).one_or_none() is None:
        raise NotFound("There is no such batch.")


def _insert(connection: Connection, new: NewResume, record: ResumeRecord) -> bool:
    """False where the idempotency key is there already; two at once wait for each other here."""
    key, digest = new.idempotency or (None, None)
    values = {
        **rows.from_record(record),
        "idempotency_key": key,
        "request_digest": digest,
        "search_text": search_text.search_text(record, None),
        "task_id": record.task_id,
    }
    if key is None:
        connection.execute(_INSERT, values)
        return True
    return insert_new(connection, tables.resumes, values, key=("tenant", "idempotency_key"))


def _earlier(connection: Connection, new: NewResume) -> ResumeRecord | None:
    """What came before under the same idempotency key. Raises IdempotencyMismatch."""
    if new.idempotency is None:
        return None
    key, digest = new.idempotency
    resumes = tables.resumes
    row = connection.execute(
        select(*rows.RECORD, resumes.c.request_digest).where(
            resumes.c.tenant == new.tenant, resumes.c.idempotency_key == key
        )
    ).one_or_none()
    if row is None:
        return None
    if row.request_digest != digest:
        raise IdempotencyMismatch
    return rows.to_record(row)
