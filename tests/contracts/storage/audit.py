"""What every storage does with the audit log. Subclasses bring ``storage``, and ``url`` of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Connection, create_engine, exc, text

from resume_processor.resume.corrections import Correction
from resume_processor.resume.record import ResumeStatus
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.audit_chain import (
    Flaw,
    digest,
    entries_of,
    entry_to_json,
    hash_of,
    head_of,
    seal_all,
    verify_storage,
)
from resume_processor.workflow.audit_port import (
    Action,
    AuditEntry,
    AuditHead,
    Happening,
    Seen,
    Viewing,
)
from resume_processor.workflow.ports import Batch, ScoreInputs, ScoringPart, Storage
from resume_processor.workflow.webhook_port import EventType, Webhook
from tests.contracts.storage.other_process import VIEWED, go, killed_after, lines, start, told
from tests.contracts.storage.samples import (
    PROCESS,
    SCORE,
    at,
    claim,
    done,
    failed,
    finish,
    job,
    kill_until_dead,
    new_resume,
    parsed,
    score,
)

INPUTS = ScoreInputs("p" * 64, "q" * 64)


def log_of(storage: Storage, tenant: str = "default") -> list[AuditEntry]:
    seal_all(storage)
    return list(entries_of(storage, tenant))


def actions(storage: Storage) -> list[tuple[str, str]]:
    return [(entry.action, entry.subject_id) for entry in log_of(storage)]


def flaws(storage: Storage, *known: AuditHead) -> list[Flaw]:
    return [flaw for report in verify_storage(storage, known) for flaw in report.flaws]


class AuditContract:
    def test_a_resume_from_upload_to_erasure(self, storage: Storage) -> None:
        storage.acting_as("local").add_job(job())
        acting = storage.acting_as("worker")
        finish(acting, "r1", done(replace(score(), inputs=INPUTS)))
        storage.acting_as("key one").delete_resume("r1", tenant="default", now=at(9))
        created, accepted, parsed_entry, scored, deleted = log_of(storage)
        assert (created.action, created.actor) == ("job.created", "local")
        assert created.detail == {"requirements": digest(job().requirements)}
        assert (accepted.action, accepted.subject_id, accepted.at) == (
            "resume.accepted",
            "r1",
            at(0),
        )
        assert parsed_entry.detail == {
            "status": "DONE",
            "version": "v1",
            "sha256": f"{'r1':0>64}",
            "result": digest(parsed()),
        }
        assert (scored.action, scored.subject_id, scored.job_id) == ("resume.scored", "r1", "j1")
        assert scored.detail == {
            "version": "1",
            "total": 500,
            "ledger": digest(score().ledger),
            "profile": "p" * 64,
            "requirements": "q" * 64,
        }
        assert (deleted.action, deleted.actor, deleted.at) == ("resume.deleted", "key one", at(9))

    def test_nothing_of_a_person_is_in_it(self, storage: Storage) -> None:
        finish(storage, "r1", done(score(), name="Mara Vogel"), file_name="mara-vogel.pdf")
        said = Correction("r1", "/basics/name", "Mara Vogl", "Mara Vogel", "Robin Sample", at(9))
        storage.put_correction(said, tenant="default")
        storage.put_correction(replace(said, pointer="/Mara Vogel/x"), tenant="default")
        text_of_log = json.dumps([entry_to_json(entry) for entry in log_of(storage)]).lower()
        assert "corrected" in text_of_log
        for word in ("mara", "vogel", "robin", "sample"):
            assert word not in text_of_log

    def test_a_refused_move_notes_nothing(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1"))
        assert claim(storage, "r1")
        assert not storage.finish_resume("r1", done(), owner="another", now=at(2))
        with pytest.raises(Exception, match="such resume"):
            storage.delete_resume("r1", tenant="other", now=at(3))
        assert actions(storage) == [("resume.accepted", "r1")]
        assert not log_of(storage, "other")

    def test_failures_and_what_people_ask_for(self, storage: Storage) -> None:
        finish(storage, "r1", failed("corrupt"))
        storage.reprocess_resume("r1", tenant="default", now=at(3))
        storage.cancel_resume("r1", tenant="default", now=at(4))
        assert actions(storage) == [
            ("resume.accepted", "r1"),
            ("resume.failed", "r1"),
            ("resume.reprocessed", "r1"),
            ("resume.cancelled", "r1"),
        ]
        assert log_of(storage)[1].detail == {"code": "corrupt", "version": "v1"}

    def test_dead_letters(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1"))
        kill_until_dead(storage)
        storage.replay(PROCESS, "r1", now=at(500), tenant="default")
        (_, gave_up, replayed) = log_of(storage)
        assert (gave_up.action, gave_up.detail["code"]) == ("resume.failed", "worker_crashed")
        assert (replayed.action, replayed.detail) == ("work.replayed", {"kind": "process_resume"})

    def test_jobs_batches_and_webhooks(self, storage: Storage) -> None:
        finish(storage, "r1")
        storage.add_job(job())
        assert claim(storage, "j1", "scorer", kind=SCORE)
        scores = [score(seconds=5)]
        assert storage.save_scores(
            scores, part=ScoringPart("j1"), owner="scorer", progress="r1", now=at(5)
        )
        storage.score_again("j1", tenant="default", now=at(6))
        storage.delete_job("j1", tenant="default", now=at(7))
        storage.add_batch(Batch("b1", "default", at(8), expected=3))
        hook = Webhook("w1", "default", "https://x.example", (EventType.RESUME_DONE,), "s", at(9))
        storage.add_webhook(hook)
        storage.delete_webhook("w1", tenant="default", now=at(10))
        assert actions(storage)[2:] == [
            ("job.created", "j1"),
            ("resume.scored", "r1"),
            ("job.rescored", "j1"),
            ("job.deleted", "j1"),
            ("batch.accepted", "b1"),
            ("webhook.created", "w1"),
            ("webhook.deleted", "w1"),
        ]

    def test_it_is_chained_for_each_tenant(self, storage: Storage) -> None:
        for number, tenant in enumerate(["default", "other", "default"]):
            storage.add_resume(new_resume(f"r{number}", number, tenant=tenant))
        first, second = log_of(storage)
        (other,) = log_of(storage, "other")
        assert (first.sequence, second.sequence, other.sequence) == (1, 2, 1)
        assert first.previous == other.previous == "0" * 64
        assert second.previous == first.hash == hash_of(first)
        assert list(storage.audit_heads()) == [head_of(second), head_of(other)]
        assert list(storage.audit_tenants()) == ["default", "other"]
        assert not flaws(storage, head_of(first), head_of(other))

    def test_the_chain_goes_on_where_it_ended(self, storage: Storage) -> None:
        for number in range(7):
            storage.note(
                Happening(Action.RESUME_EXPORTED, f"r{number}"), tenant="default", now=at(number)
            )
            if number % 2:
                assert storage.seal_audit(limit=100) == 2
        assert storage.count_unsealed() == 1
        assert [entry.sequence for entry in log_of(storage)] == list(range(1, 8))
        assert storage.count_unsealed() == storage.seal_audit(limit=100) == 0
        assert not flaws(storage)

    def test_sealing_in_parts(self, storage: Storage) -> None:
        both = [Happening(Action.RESUME_EXPORTED, name) for name in ("a", "b")]
        for number in range(3):
            storage.note(*both, tenant="default", now=at(number))
        assert [storage.seal_audit(limit=3) for _ in range(3)] == [4, 2, 0]

    def test_pages(self, storage: Storage) -> None:
        for number in range(5):
            storage.note(
                Happening(Action.RESUME_EXPORTED, f"r{number % 2}"), tenant="default", now=at(1)
            )
        seal_all(storage)
        page = storage.list_audit(tenant="default", limit=2)
        assert [entry.sequence for entry in page.rows] == [5, 4]
        page = storage.list_audit(tenant="default", limit=3, cursor=page.cursor)
        assert ([entry.sequence for entry in page.rows], page.cursor) == ([3, 2, 1], None)
        page = storage.list_audit(tenant="default", limit=9, subject_id="r1")
        assert [entry.sequence for entry in page.rows] == [4, 2]
        assert not storage.list_audit(tenant="other", limit=9).rows
        behind = storage.audit_entries(tenant="default", after=3, limit=1)
        assert [entry.sequence for entry in behind] == [4]

    def test_who_looks_again_and_again_is_noted_once_an_hour(self, storage: Storage) -> None:
        first = Viewing("default", "key:k1", "r1", Seen.RECORD, at(10))
        others = [
            replace(first, actor="key:k2", at=at(11)),
            replace(first, resume_id="r2", at=at(12)),
            replace(first, what=Seen.PAGES, at=at(13)),
            replace(first, blind=True, at=at(14)),
            replace(first, what=Seen.SCORE, job_id="j1", at=at(15)),
            replace(first, what=Seen.SCORE, job_id="j2", at=at(16)),
        ]
        again = replace(first, at=at(59))
        assert storage.note_viewings([first, again, *others], forget_before=at(-3600)) == 7
        assert storage.note_viewings([again, *others], forget_before=at(-3600)) == 0
        next_hour = replace(first, at=at(3601))
        assert storage.note_viewings([next_hour], forget_before=at(-3600)) == 1
        entries = log_of(storage)
        assert [(one.at, one.actor, one.subject_id, one.job_id) for one in entries] == [
            (one.at, one.actor, one.resume_id, one.job_id) for one in (first, *others, next_hour)
        ]
        assert {one.action for one in entries} == {"resume.viewed"}
        assert entries[0].detail == {"what": "record", "blind": False}
        assert entries[4].detail == {"what": "record", "blind": True}
        assert not flaws(storage)

    def test_viewings_of_each_tenant_are_in_its_own_log(self, storage: Storage) -> None:
        one = Viewing("default", "local", "r1", Seen.FILE, at(1))
        assert (
            storage.note_viewings([one, replace(one, tenant="other")], forget_before=at(-3600)) == 2
        )
        assert len(log_of(storage)) == len(log_of(storage, "other")) == 1

    def test_what_is_forgotten_is_noted_again(self, storage: Storage) -> None:
        one = Viewing("default", "local", "r1", Seen.FILE, at(1))
        storage.note_viewings([one], forget_before=at(-3600))
        assert storage.note_viewings([one], forget_before=one.hour) == 0
        assert storage.note_viewings([one], forget_before=at(3600)) == 1

    def test_of_many_who_note_the_same_one_does(self, storage: Storage) -> None:
        some = [Viewing("default", "local", f"r{n}", Seen.FILE, at(n)) for n in range(20)]
        orders = [some, some[::-1], some[10:] + some[:10], some[5:]]
        with ThreadPoolExecutor(4) as pool:
            noted = pool.map(
                lambda ones: storage.note_viewings(ones, forget_before=at(-3600)), orders
            )
            assert sum(noted) == 20
        assert sorted(one.subject_id for one in log_of(storage)) == sorted(
            one.resume_id for one in some
        )

    def test_many_note_and_several_seal_at_once(self, storage: Storage) -> None:
        def work(number: int) -> None:
            storage.add_resume(new_resume(f"r{number:02}", number))
            if number % 3 == 0:
                storage.seal_audit(limit=5)

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(work, range(30)))
        entries = log_of(storage)
        assert sorted(entry.subject_id for entry in entries) == [f"r{n:02}" for n in range(30)]
        assert not flaws(storage)


class SealingProcessContract:
    def test_kill_9_leaves_a_whole_chain_and_one_entry_for_each_thing(
        self, storage: SqlStorage, url: str
    ) -> None:
        adders = [start(url, "add", prefix) for prefix in ("a", "b")]
        sealers = [start(url, "seal") for _ in range(2)]
        with killed_after(*sealers, *adders):
            go(*adders, *sealers)
            for process in adders:
                assert all(told(process) for _ in range(60))
            assert [told(sealer) for sealer in sealers] == ["sealed", "sealed"]
        entries = log_of(storage)
        assert not flaws(storage)
        records = storage.list_resumes(tenant="default", limit=10_000).rows
        said = [(entry.action, entry.subject_id) for entry in entries]
        assert sorted(said) == sorted(
            [("resume.accepted", record.id) for record in records]
            + [("resume.parsed", one.id) for one in records if one.status is ResumeStatus.DONE]
        )


class ViewingProcessContract:
    def test_several_processes_note_what_the_same_person_looks_at(
        self, storage: SqlStorage, url: str
    ) -> None:
        viewers = [start(url, "view", str(number)) for number in range(3)]
        sealers = [start(url, "seal") for _ in range(2)]
        with killed_after(*sealers):
            go(*viewers, *sealers)
            counts = [int(lines(viewer)[0]) for viewer in viewers]
        assert sum(counts) == VIEWED
        entries = log_of(storage)
        assert len({entry.subject_id for entry in entries}) == len(entries) == VIEWED
        assert not flaws(storage)


#: What somebody might do who may write to the database, and what gives it away.
TAMPERED = {
    "changed": ("UPDATE audit_entries SET detail = '{\"total\":9}' WHERE sequence = 2", [2]),
    "another actor": ("UPDATE audit_entries SET actor = 'x' WHERE sequence = 3", [3]),
    "removed": ("DELETE FROM audit_entries WHERE sequence = 2", [2, 3]),
    "first removed": ("DELETE FROM audit_entries WHERE sequence = 1", [1, 2]),
    "truncated": ("DELETE FROM audit_entries WHERE sequence > 2", [3]),
    "end forgotten": ("DELETE FROM audit_heads", [5]),
    "all removed": ("DELETE FROM audit_entries", [1]),
}


@contextmanager
def without_triggers(url: str) -> Iterator[Connection]:
    """As its owner could use the database."""
    engine = create_engine(url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
        else:
            names = connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            for name, _ in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
            yield connection
            for _, statement in names:
                connection.exec_driver_sql(statement)
    engine.dispose()


class TamperingContract:
    @pytest.fixture
    def sealed(self, storage: SqlStorage) -> SqlStorage:
        for number in range(4):
            storage.add_resume(new_resume(f"r{number}", number))
        seal_all(storage)
        return storage

    @pytest.mark.parametrize("how", TAMPERED)
    def test_found(self, sealed: SqlStorage, url: str, how: str) -> None:
        assert not flaws(sealed)
        statement, places = TAMPERED[how]
        with without_triggers(url) as connection:
            connection.exec_driver_sql(statement)
        assert sorted({flaw.sequence for flaw in flaws(sealed)}) == places

    def test_the_chain_goes_on_where_its_end_was_forgotten(
        self, sealed: SqlStorage, url: str
    ) -> None:
        with without_triggers(url) as connection:
            connection.exec_driver_sql("DELETE FROM audit_heads")
        sealed.add_resume(new_resume("r9"))
        assert [entry.sequence for entry in log_of(sealed)] == [1, 2, 3, 4, 5]
        assert not flaws(sealed)

    def test_reordered(self, sealed: SqlStorage, url: str) -> None:
        with without_triggers(url) as connection:
            for old, new in ((2, 99), (3, 2), (99, 3)):
                connection.exec_driver_sql(
                    f"UPDATE audit_entries SET sequence = {new} WHERE sequence = {old}"
                )
        assert {flaw.sequence for flaw in flaws(sealed)} >= {2, 3, 4}

    def test_an_end_that_was_cut_and_covered_up_is_found_by_who_noted_it(
        self, sealed: SqlStorage, url: str
    ) -> None:
        third = sealed.audit_entries(tenant="default", after=2, limit=1)[0]
        (noted,) = sealed.audit_heads()
        with without_triggers(url) as connection:
            connection.exec_driver_sql("DELETE FROM audit_entries WHERE sequence = 4")
            connection.exec_driver_sql(
                f"UPDATE audit_heads SET sequence = 3, hash = '{third.hash}'"
            )
        assert not flaws(sealed)  # nothing inside can tell
        assert [flaw.sequence for flaw in flaws(sealed, noted)] == [4]

    def test_a_chain_that_was_made_anew_is_found_by_who_noted_its_end(
        self, sealed: SqlStorage, url: str
    ) -> None:
        (noted,) = sealed.audit_heads()
        with without_triggers(url) as connection:
            for table in ("audit_entries", "audit_heads"):
                connection.exec_driver_sql(f"DELETE FROM {table}")
        for number in range(4):
            sealed.note(Happening(Action.RESUME_DELETED, f"r{number}"), tenant="default", now=at(1))
        seal_all(sealed)
        assert not flaws(sealed)
        assert [flaw.sequence for flaw in flaws(sealed, noted)] == [4]

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries WHERE sequence = 2"],
    )
    def test_the_database_itself_refuses(
        self, sealed: SqlStorage, url: str, statement: str
    ) -> None:
        engine = create_engine(url)
        with pytest.raises(exc.DBAPIError, match="audit log"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()
        assert not flaws(sealed)
