from contextlib import contextmanager
from dataclasses import replace

import pytest

from resume_processor.errors import BrokerUnavailable
from resume_processor.resume.record import Priority
from resume_processor.runtime import dispatch_window
from resume_processor.runtime.dispatch_window import LEAST
from resume_processor.runtime.dispatcher import BATCH, Dispatcher
from resume_processor.settings import Settings
from resume_processor.workflow.ports import WorkKind


class Queue:
    """A queue of a given length, or one that is away."""

    def __init__(self, length=0):
        self.length = length

    def depth(self):
        if self.length is None:
            raise BrokerUnavailable
        return self.length


def with_settings(services, **changes):
    return replace(services, settings=Settings(**{**services.settings.model_dump(), **changes}))


def test_what_waits_is_published_once(services, upload, published):
    ids = [upload() for _ in range(3)]
    dispatcher = Dispatcher(services, Queue(length=1))
    assert dispatcher.step() == 3
    assert sorted(published) == sorted(ids)
    assert dispatcher.step() == 0


def test_what_nobody_claimed_is_published_again(services, upload, published, clock):
    resume_id = upload()
    dispatcher = Dispatcher(services, Queue(length=1))
    dispatcher.step()
    clock.advance(services.settings.redispatch_seconds - 1)
    assert dispatcher.step() == 0
    clock.advance(2)
    assert dispatcher.step() == 1
    assert published == [resume_id] * 2


def test_with_an_empty_queue_it_is_published_again_soon(services, upload, published, clock):
    upload()
    dispatcher = Dispatcher(services, Queue())
    dispatcher.step()
    assert dispatcher.step() == 0
    clock.advance(4)
    assert dispatcher.step() == 1
    assert len(published) == 2


def test_what_is_claimed_is_not_published(services, upload, published, clock):
    resume_id = upload()
    services.storage.claim(
        WorkKind.PROCESS_RESUME,
        resume_id,
        owner="worker",
        now=clock.now(),
        lease_until=clock.now().replace(year=2100),
        max_attempts=3,
    )
    clock.advance(1000)
    assert Dispatcher(services, Queue()).step() == 0
    assert published == []


def test_no_more_than_the_window_is_out(services, upload, published):
    services = with_settings(services, dispatch_window=10)
    for _ in range(20):
        upload()
    dispatcher = Dispatcher(services, queue := Queue(length=4))
    assert dispatcher.step() == 6
    queue.length = 10
    assert dispatcher.step() == 0
    queue.length = 8  # a message alone would cost as much as several
    assert dispatcher.step() == 0
    queue.length = 7
    assert dispatcher.step() == 3
    assert len(set(published)) == 9


def test_messages_go_out_together_and_are_noted_afterwards(services, upload, published):
    ids = [upload() for _ in range(3)]

    @contextmanager
    def lost_at_the_end():
        yield
        raise ConnectionError

    with pytest.raises(ConnectionError):
        Dispatcher(replace(services, published_together=lost_at_the_end), Queue(length=1)).step()
    assert Dispatcher(services, Queue(length=1)).step() == 3
    assert sorted(published) == sorted(ids * 2)


def test_a_batch_is_bounded(services, upload, monkeypatch):
    monkeypatch.setattr(dispatch_window, "LEAST", 400)
    for _ in range(BATCH + 5):
        upload()
    dispatcher = Dispatcher(services, Queue(length=1))
    assert dispatcher.step() == BATCH
    assert dispatcher.step() == 5


def test_where_workers_take_all_more_is_out_at_a_time(services, upload):
    for _ in range(200):
        upload()
    dispatcher = Dispatcher(services, Queue(length=0))
    assert [dispatcher.step() for _ in range(3)] == [LEAST, 2 * LEAST, BATCH]


def test_interactive_goes_first_and_bulk_is_not_starved(services, upload, published):
    bulk = [upload(priority=Priority.BULK) for _ in range(20)]
    interactive = [upload() for _ in range(20)]
    services = with_settings(services, dispatch_window=12)
    Dispatcher(services, Queue(length=0)).step()
    assert published[0] in interactive
    assert 1 <= sum(one in bulk for one in published) <= 4


def test_a_queue_that_is_away_costs_nothing(services, upload, published):
    resume_id = upload()
    queue = Queue(length=None)
    dispatcher = Dispatcher(services, queue)
    with pytest.raises(BrokerUnavailable):
        dispatcher.step()
    queue.length = 0
    assert dispatcher.step() == 1
    assert published == [resume_id]


def test_what_was_published_before_a_failure_is_noted(services, upload, published):
    ids = [upload() for _ in range(3)]

    def fails_at_the_third(subject_id):
        if len(published) == 2:
            raise ConnectionError
        published.append(subject_id)

    dispatchers = dict.fromkeys(WorkKind, fails_at_the_third)
    with pytest.raises(ConnectionError):
        Dispatcher(replace(services, dispatchers=dispatchers), Queue(length=1)).step()
    Dispatcher(services, Queue(length=1)).step()
    assert sorted(published) == sorted(ids)


def test_it_is_woken_by_an_upload(services, upload):
    services = with_settings(services, dispatch_seconds=30)
    upload()
    dispatcher = Dispatcher(services, Queue(length=1))
    assert dispatcher.step() == 1
    assert dispatcher.step() == 0  # returns at once: the bell had rung
