"""What Celery and Kombu are fitted with, against a real Redis."""

import json
from contextlib import nullcontext

import pytest
import redis
from celery import states
from kombu import Connection

from resume_processor.celery_config import late_states
from resume_processor.celery_config.celery_app import celery_app
from resume_processor.celery_config.publishing import published_together
from resume_processor.celery_config.result_backend import ResultBackend
from resume_processor.resume.record import task_id_for
from resume_processor.runtime.embedded_redis import answers
from resume_processor.tasks import process_resume_background

pytestmark = [
    pytest.mark.integration,
    pytest.mark.filterwarnings("ignore:Call to deprecated setex"),  # Celery's own
]

TRANSPORT = "resume_processor.celery_config.broker_transport:Transport"


@pytest.fixture
def url(service, patiently):
    service.start("redis")
    patiently(lambda: answers(service.redis.url))
    return service.redis.url


@pytest.fixture
def backend(url):
    backend = ResultBackend(app=celery_app, url=url)
    yield backend
    backend.client.close()


@pytest.fixture
def state_of(backend):
    return lambda task_id: backend.get_task_meta(task_id, cache=False)["status"]


@pytest.fixture
def long_moment(monkeypatch):
    """So long that nothing which holds the machine up is longer."""
    monkeypatch.setattr(late_states, "LASTING_SECONDS", 3.0)


@pytest.mark.usefixtures("long_moment")
def test_a_start_is_stored_where_the_task_still_runs_after_a_moment(backend, state_of, patiently):
    for task_id in ("over", "forgotten", "long"):
        backend.store_result(task_id, None, states.STARTED)
    backend.over("over")
    backend.forget("forgotten")
    patiently(lambda: state_of("long") == states.STARTED)  # the others would have been before it
    assert (state_of("over"), state_of("forgotten")) == (states.PENDING, states.PENDING)
    backend.forget("long")
    assert state_of("long") == states.PENDING


def test_a_success_is_replaced_by_a_later_one_only(backend, state_of, patiently):
    backend.store_result("t", None, states.STARTED)
    patiently(lambda: state_of("t") == states.STARTED)
    backend.store_result("t", {"n": 1}, states.SUCCESS)
    backend.store_result("t", ValueError(), states.FAILURE)
    assert backend.get_task_meta("t", cache=False)["result"] == {"n": 1}
    for task_id in ("t", "other"):
        backend.store_result(task_id, None, states.STARTED)
    patiently(lambda: state_of("other") == states.STARTED)
    assert backend.get_task_meta("t", cache=False)["result"] == {"n": 1}
    backend.store_result("t", {"n": 2}, states.SUCCESS)
    assert backend.get_task_meta("t", cache=False)["result"] == {"n": 2}


def test_a_failure_is_replaced_by_another_attempt(backend, state_of, patiently):
    backend.store_result("t", ValueError("lost"), states.FAILURE)
    backend.store_result("t", None, states.STARTED)
    patiently(lambda: state_of("t") == states.STARTED)


def test_every_state_expires_and_is_told(backend, url):
    client = redis.Redis.from_url(url)
    key = backend.get_key_for_task("t")
    listener = client.pubsub()
    listener.subscribe(key)
    assert listener.get_message(timeout=5)["type"] == "subscribe"
    for state in (states.STARTED, states.SUCCESS):
        backend.store_result("t", None, state)
        assert state.encode() in listener.get_message(timeout=5)["data"]
        assert 0 < client.ttl(key) <= celery_app.conf.result_expires
    listener.close()
    client.close()


def test_a_channel_has_one_client_and_a_new_one_for_a_new_pool(url):
    with Connection(url, transport=TRANSPORT) as connection:
        channel = connection.default_channel
        first = channel._create_client()
        assert channel._create_client() is first
        assert channel._create_client(asynchronous=True) is not first
        channel._disconnect_pools()
        second = channel._create_client()
        assert second is not first
        assert second.ping()


@pytest.fixture
def published_to(url, monkeypatch):
    """Which tasks wait in the queue of a Redis of its own, to which they are published."""
    client = redis.Redis.from_url(url, decode_responses=True)
    with Connection(url, transport=TRANSPORT) as connection:

        def producer_or_acquire(producer=None):
            return nullcontext(producer or connection.Producer())

        monkeypatch.setattr(celery_app, "producer_or_acquire", producer_or_acquire)
        yield lambda: [json.loads(one)["headers"]["id"] for one in client.lrange("celery", 0, -1)]
    client.close()


def test_what_is_published_together_goes_out_at_the_end(published_to):
    with published_together():
        for resume_id in ("r1", "r2"):
            process_resume_background.delay(resume_id)
        assert published_to() == []
    assert sorted(published_to()) == sorted([task_id_for("r1"), task_id_for("r2")])
    process_resume_background.delay("r3")
    assert len(published_to()) == 3


def test_of_a_block_that_fails_nothing_goes_out(published_to):
    def publish_and_fail():
        with published_together():
            process_resume_background.delay("r1")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        publish_and_fail()
    assert published_to() == []


def test_messages_that_are_held_have_no_copy_and_go_back_at_the_end(url):
    options = celery_app.conf.broker_transport_options
    with Connection(url, transport=TRANSPORT, transport_options=options) as connection:
        connection.SimpleQueue("work").put({"n": 1})
        taken = connection.SimpleQueue("work").get(timeout=5)
        client = redis.Redis.from_url(url)
        assert taken.payload == {"n": 1}
        assert (client.llen("work"), client.exists("unacked")) == (0, 0)
    with Connection(url, transport=TRANSPORT, transport_options=options) as another:
        again = another.SimpleQueue("work").get(timeout=5)
        again.ack()
        assert again.payload == {"n": 1}
    assert client.llen("work") == 0
    client.close()
