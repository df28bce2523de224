"""What is asked often is answered from an index, whatever the number of rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from resume_processor.resume.record import ResumeStatus
from resume_processor.storage.cursors import encode, encode_time
from resume_processor.storage.sql import prepared
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.ports import Batch, RankingFilter, ScoringPart
from tests.contracts.storage import webhooks
from tests.contracts.storage.samples import at, claim, done, finish, job, new_resume, score


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[SqlStorage]:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    migrate(url)
    storage = SqlStorage(url)
    yield storage
    storage.close()


def plans(storage: SqlStorage, action: Callable[[], Any]) -> list[str]:
    """How SQLite does each statement of an action."""
    found: list[str] = []

    def explain(driver: sqlite3.Connection, statement: str, parameters: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            asked = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.extend(row[3] for row in asked)

    def before(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        explain(cursor.connection, statement, parameters)

    class Explaining:
        """A driver's connection as prepared statements use it."""

        def __init__(self, connection: Connection) -> None:
            self._driver = driver_of(connection)

        def execute(self, statement: str, parameters: Any) -> Any:
            explain(self._driver, statement, parameters)
            return self._driver.execute(statement, parameters)

        def executemany(self, statement: str, several: Any) -> None:
            explain(self._driver, statement, several[0])
            self._driver.executemany(statement, several)

    engine, driver_of = storage._database._engine, prepared._driver
    event.listen(engine, "before_cursor_execute", before)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(prepared, "_driver", Explaining)
            action()
    finally:
        event.remove(engine, "before_cursor_execute", before)
    return found


CURSOR = encode_time(at(5), "r5")

EVERYTHING_ASKED = RankingFilter(musts_met=True, min_months=36, language="german", moved=True)

ASKED_OFTEN: dict[str, Callable[[SqlStorage], Any]] = {
    "due": lambda s: s.due_work(now=at(9), dispatched_before=at(9), limit=10),
    "expired": lambda s: s.expired_work(now=at(9), limit=10),
    "backlog": lambda s: s.count_work(),
    "oldest": lambda s: s.oldest_waiting(),
    "claim": lambda s: claim(s, "r1"),
    "get": lambda s: s.get_resume("r1"),
    "result": lambda s: s.get_result("r1"),
    "events": lambda s: s.resume_events("r1"),
    "list": lambda s: s.list_resumes(tenant="default", limit=9),
    "next page": lambda s: s.list_resumes(tenant="default", limit=9, cursor=CURSOR),
    "by state": lambda s: s.list_resumes(
        tenant="default", limit=9, status=ResumeStatus.DONE, cursor=CURSOR
    ),
    "same bytes": lambda s: s.find_same("a" * 64, tenant="default", pipeline_version="v1"),
    "external id": lambda s: s.list_resumes(tenant="default", limit=9, external_id="A-7"),
    "batch": lambda s: s.list_resumes(tenant="default", limit=9, batch_id="b1", cursor=CURSOR),
    "progress": lambda s: s.list_batches(tenant="default", limit=9),
    "blob": lambda s: s.blob_in_use("resumes/r1"),
    "ranking": lambda s: s.ranking("j1", limit=9),
    "next of ranking": lambda s: s.ranking("j1", limit=9, cursor=encode(500, "r1")),
    "filtered ranking": lambda s: s.ranking(
        "j1", limit=9, cursor=encode(500, "r1"), only=EVERYTHING_ASKED
    ),
    "chunk": lambda s: s.candidates(
        ScoringPart("j1"), version="1", tenant="default", after="r1", limit=9
    ),
    "how far": lambda s: s.scoring_progress("j1"),
    "jobs": lambda s: s.list_jobs(tenant="default", limit=9, cursor=CURSOR),
    "idempotency": lambda s: s.add_resume(new_resume("r9", idempotency=("key", "digest"))),
    "next delivery": lambda s: s.claim_delivery(owner="s", now=at(9), lease_until=at(10)),
    "deliveries": lambda s: s.list_deliveries("w1", tenant="default", limit=9, cursor=CURSOR),
    "old deliveries": lambda s: s.purge_deliveries(before=at(0)),
    "key in use": lambda s: s.is_key_used("key", tenant="default"),
    "hold": lambda s: s.hold_key("k", tenant="default", holder="h", now=at(1), until=at(9)),
    "twin": lambda s: s.is_parsed_elsewhere(s.get_resume("r1")),
    "finish": lambda s: finish(s, "r8", done(score("r8"))),
    "delete": lambda s: s.delete_resume("r1", tenant="default", now=at(9)),
    "erasures": lambda s: s.unfinished_erasures(limit=9),
    "which exist": lambda s: s.which_exist(["r1", "r2"]),
    "applicants": lambda s: s.applicants_before(at(1), job_id="j1", tenant="default", limit=9),
    "kept": lambda s: s.resumes_before(at(1), tenant="default", limit=9),
}

#: What must narrow the search, where a worse index would do as well for a few rows.
NARROWED_BY = {
    "due": "state=? AND priority=? AND available_at<?",
    "by state": "tenant=? AND status=? AND (created_at,id)<(?,?)",
    "same bytes": "tenant=? AND sha256=?",
    "next delivery": "state=? AND available_at<?",
    "deliveries": "webhook_id=? AND (created_at,id)<(?,?)",
    "old deliveries": "state=? AND created_at<?",
    "key in use": "tenant=? AND idempotency_key=?",
    "hold": "until<?",
    "twin": "tenant=? AND sha256=? AND (created_at,id)<(?,?)",
    "external id": "tenant=? AND external_id=?",
    "batch": "batch_id=? AND (created_at,id)<(?,?)",
    "progress": "batch_id=?",
    "ranking": "ix_scores_ranking (job_id=?",
    "next of ranking": "job_id=? AND total<?",
    "filtered ranking": "ix_scores_ranking (job_id=? AND total<?",
    "how far": "COVERING INDEX",
    "applicants": "tenant=? AND created_at<?",
    "kept": "tenant=? AND created_at<?",
    "delete": "resume_id=?",
    "chunk": "tenant=? AND resume_id>?",
    "idempotency": "tenant=? AND idempotency_key=?",
}

#: Where all rows of an index are read, but nothing else, and no rows are sorted.
COUNTS = {"backlog"}

#: Where an index holds only the rows that are asked for.
NOTHING_ELSE_IN_IT = {"erasures": "USING INDEX ix_tombstones_unfinished"}


@pytest.mark.parametrize("name", ASKED_OFTEN)
def test_from_an_index(storage: SqlStorage, name: str) -> None:
    storage.add_job(job())
    storage.add_batch(Batch("b1", "default", at(0)))
    storage.add_resume(new_resume("r1", batch_id="b1"))
    webhooks.hook(storage)
    steps = plans(storage, lambda: ASKED_OFTEN[name](storage))
    assert steps
    assert NARROWED_BY.get(name, "") in "\n".join(steps)
    for step in steps:
        assert "TEMP B-TREE" not in step, steps
        if name in NOTHING_ELSE_IN_IT:
            assert NOTHING_ELSE_IN_IT[name] in step, steps
        elif name in COUNTS:
            assert "USING COVERING INDEX" in step, steps
        else:
            assert not step.startswith("SCAN") or "CONSTANT ROW" in step, steps
