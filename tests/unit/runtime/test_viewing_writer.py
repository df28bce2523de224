"""What was seen is stored in parts, kept while the database is away, and not lost at the end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from resume_processor.errors import StorageUnavailable
from resume_processor.runtime import viewing_writer as module
from resume_processor.runtime.viewing_writer import PAUSE_SECONDS, ViewingWriter
from resume_processor.storage.memory import MemoryStorage
from resume_processor.workflow.audit_chain import entries_of, seal_all
from resume_processor.workflow.audit_port import Seen
from resume_processor.workflow.viewings import Viewings, note_viewing


class Unreliable(MemoryStorage):
    """Takes no viewings for a while."""

    away = True

    def note_viewings(self, viewings, *, forget_before):
        if self.away:
            raise StorageUnavailable
        return super().note_viewings(viewings, forget_before=forget_before)


def look(services, count=1):
    for number in range(count):
        note_viewing(f"r{number}", Seen.RECORD, "default", services)


def log_of(services):
    seal_all(services.storage)
    return [one.subject_id for one in entries_of(services.storage, "default")]


def test_it_stores_in_parts_without_a_pause_between(services, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    writer = ViewingWriter(services)
    look(services, 3)
    assert (writer.step(), writer.pause()) == (2, 0.0)
    assert (writer.step(), writer.pause()) == (1, PAUSE_SECONDS)
    assert writer.step() == 0
    assert log_of(services) == ["r0", "r1", "r2"]


def test_two_processes_make_one_entry(services):
    other = replace(services, viewings=Viewings())
    for one in (services, other):
        look(one, 2)
        ViewingWriter(one).step()
    assert log_of(services) == ["r0", "r1"]


def test_the_hour_before_is_still_known_and_older_ones_are_forgotten(services):
    look(services)
    ViewingWriter(services).step()
    again = replace(services, viewings=Viewings())
    look(again)
    services.clock.time += timedelta(minutes=90)
    ViewingWriter(again).step()
    assert log_of(services) == ["r0"]
    services.clock.time += timedelta(hours=2)
    look(services)
    ViewingWriter(services).step()
    assert log_of(services) == ["r0", "r0"]


def test_what_the_database_does_not_take_waits(services):
    services = replace(services, storage=Unreliable())
    writer = ViewingWriter(services)
    look(services)
    with pytest.raises(StorageUnavailable):
        writer.step()
    services.storage.away = False
    assert writer.step() == 1
    assert log_of(services) == ["r0"]


def test_what_is_lost_is_said(services):
    services = replace(services, viewings=Viewings(most_waiting=1))
    look(services, 3)
    with capture_logs() as logs:
        ViewingWriter(services).step()
    assert [(one["event"], one["count"]) for one in logs] == [("viewings_lost", 2)]


def test_at_the_end_it_stores_all_that_it_can(services, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    look(services, 5)
    ViewingWriter(services).finish()
    assert len(log_of(services)) == 5
    away = replace(services, storage=Unreliable(), viewings=Viewings())
    look(away, 3)
    with capture_logs() as logs:
        ViewingWriter(away).finish()
    assert [(one["event"], one["count"]) for one in logs] == [("viewings_lost", 3)]
