"""What a deletion began is finished, whatever was in the way."""

from dataclasses import replace

import pytest

from resume_processor.errors import BrokerUnavailable, NotFound, StorageUnavailable
from resume_processor.resume.record import task_id_for
from resume_processor.runtime import eraser as module
from resume_processor.runtime.eraser import Eraser
from resume_processor.workflow.delete_resume import delete_resume


@pytest.fixture
def forgotten(services):
    """Ids of tasks that the result backend was told to forget, and the services that tell it."""
    told = []
    return told, replace(services, forget_task=told.append)


def test_the_task_is_forgotten_and_the_tombstone_completed(forgotten, upload):
    told, services = forgotten
    resume_id, kept = upload(), upload()
    delete_resume(resume_id, "default", services)
    assert told == []  # nobody waits for Redis
    assert Eraser(services).step() == 1
    assert told == [task_id_for(resume_id)]
    assert services.storage.unfinished_erasures(limit=9) == ()
    assert services.storage.deleted_at(resume_id, tenant="default") == services.clock.now()
    assert services.storage.get_resume(kept).id == kept


def test_a_file_that_could_not_be_removed_is_removed_later(services, upload, monkeypatch):
    resume_id = upload()
    key, delete = services.storage.get_resume(resume_id).blob_key, services.blobs.delete

    def refuse(_key):
        raise StorageUnavailable

    monkeypatch.setattr(services.blobs, "delete", refuse)
    delete_resume(resume_id, "default", services)  # the record is gone, so it is told as done
    with pytest.raises(NotFound):
        services.storage.get_resume(resume_id)
    assert services.blobs.exists(key)
    eraser = Eraser(services)
    with pytest.raises(StorageUnavailable):
        eraser.step()
    monkeypatch.setattr(services.blobs, "delete", delete)
    assert eraser.step() == 1
    assert not services.blobs.exists(key)


def test_a_broker_that_is_away_is_asked_again(services, upload):
    def away(_task_id):
        raise BrokerUnavailable

    resume_id = upload()
    delete_resume(resume_id, "default", services)
    with pytest.raises(BrokerUnavailable):
        Eraser(replace(services, forget_task=away)).step()
    assert len(services.storage.unfinished_erasures(limit=9)) == 1
    assert Eraser(services).step() == 1


def test_the_database_is_rewritten_now_and_then_only(forgotten, upload, monkeypatch):
    told, services = forgotten
    eraser = Eraser(services)
    for _ in range(2):
        delete_resume(upload(), "default", services)
        eraser.step()
        eraser.step()
    assert len(told) == 2  # at once, and once
    assert len(services.storage.unfinished_erasures(limit=9)) == 1
    later = module.time.monotonic() + module.REBUILD_PAUSE_SECONDS + 1
    monkeypatch.setattr(module.time, "monotonic", lambda: later)
    assert eraser.step() == 1
    assert len(told) == 2


def test_who_is_in_the_way_is_waited_for(services, upload, monkeypatch):
    delete_resume(upload(), "default", services)
    eraser, scrub = Eraser(services), services.storage.scrub
    monkeypatch.setattr(services.storage, "scrub", lambda **_: False)
    assert eraser.step() == 0
    monkeypatch.setattr(services.storage, "scrub", scrub)
    assert eraser.step() == 1
