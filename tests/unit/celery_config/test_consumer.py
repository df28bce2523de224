import pytest
from celery.worker.consumer import Consumer as CelerysConsumer

from resume_processor.celery_config import consumer as module
from resume_processor.celery_config.celery_app import celery_app
from resume_processor.celery_config.consumer import Consumer


class Hub:
    """Notes what is to be called, and when."""

    def __init__(self):
        self.calls = []

    def call_later(self, delay, call):
        self.calls.append((delay, call))


class Events:
    def __init__(self):
        self.flushed = 0

    def flush(self):
        self.flushed += 1


@pytest.fixture
def now(monkeypatch):
    time = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: time[0])
    return time


@pytest.fixture
def consumer():
    """Without a worker around it."""
    made = Consumer.__new__(Consumer)
    made.hub, made.event_dispatcher = Hub(), Events()
    return made


def test_workers_use_it():
    assert celery_app.conf.worker_consumer.replace(":", ".") == f"{module.__name__}.Consumer"


def test_events_of_a_moment_are_sent_together(consumer, now):
    for _ in range(5):
        consumer.on_send_event_buffered()
    [(delay, send)] = consumer.hub.calls
    assert delay == module.EVENT_PAUSE_SECONDS
    send()
    assert consumer.event_dispatcher.flushed == 1


def test_the_next_moment_sends_again_also_where_a_timer_was_dropped(consumer, now):
    consumer.on_send_event_buffered()
    now[0] += module.EVENT_PAUSE_SECONDS
    consumer.on_send_event_buffered()
    assert len(consumer.hub.calls) == 2


def test_what_waits_goes_out_before_the_connection_closes(consumer, monkeypatch):
    closed = []
    monkeypatch.setattr(
        CelerysConsumer, "on_close", lambda self: closed.append(self.event_dispatcher.flushed)
    )
    consumer.on_close()
    assert closed == [1]
