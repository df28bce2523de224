import socket
import time

import pytest
import redis

from resume_processor.errors import BrokerUnavailable
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.embedded_redis import answers

pytestmark = pytest.mark.integration


def test_it_counts_all_priorities(service, patiently):
    service.start("redis")
    broker, client = Broker(service.redis.url), redis.Redis.from_url(service.redis.url)
    patiently(lambda: answers(service.redis.url))
    broker.ping()
    assert broker.depth() == 0
    client.lpush("celery", "a", "b")
    client.lpush("celery\x06\x163", "c")
    assert broker.depth() == 3
    client.close()
    broker.close()


def test_it_warns_of_what_may_lose_messages(service, patiently):
    service.start("redis")
    patiently(lambda: answers(service.redis.url))
    broker, client = Broker(service.redis.url), redis.Redis.from_url(service.redis.url)
    assert broker.warnings() == []
    client.config_set("maxmemory-policy", "allkeys-lru")
    client.config_set("appendonly", "no")
    eviction, persistence = broker.warnings()
    assert "allkeys-lru" in eviction
    assert "appendonly" in persistence
    client.close()
    broker.close()


def test_one_that_refuses_is_named_unavailable():
    broker = Broker("redis://127.0.0.1:1/0")
    with pytest.raises(BrokerUnavailable):
        broker.ping()
    with pytest.raises(BrokerUnavailable):
        broker.depth()
    assert broker.warnings() == [BrokerUnavailable.default_message]


def test_one_that_never_answers_is_given_up_in_time():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        broker = Broker(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", timeout=0.3)
        begin = time.monotonic()
        with pytest.raises(BrokerUnavailable):
            broker.ping()
        assert time.monotonic() - begin < 5
        broker.close()
