"""Deliveries from real processes to a real receiver, which may be killed in between."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from standardwebhooks import Webhook as Verifier

from resume_processor.workflow.ports import WorkKind
from resume_processor.workflow.webhook_port import EventType
from resume_processor.workflow.webhooks import register_webhook

pytestmark = pytest.mark.integration

#: A private receiver, and claims that run out soon.
OPTIONS = {"webhook_allow_private": True, "webhook_timeout_seconds": 1.0}


class Receiver:
    """Keeps what it is sent; ``before_answer`` is called once with each delivery."""

    def __init__(self):
        self.received = []
        self.before_answer = lambda: None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.received.append((dict(self.headers), body))
                receiver.before_answer()
                self.send_response(204)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def ids(self):
        return [headers["webhook-id"] for headers, _ in self.received]

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


def test_every_effect_is_told_once_and_signed(make_service, receiver, patiently):
    service = make_service(**OPTIONS)
    hook = register_webhook(receiver.url, tuple(EventType), "default", service.services)
    service.start()
    ids = [service.upload() for _ in range(10)]
    service.wait_until_final(ids, 90)
    patiently(lambda: len(receiver.received) >= 10)
    events = [Verifier(hook.secret).verify(body, headers) for headers, body in receiver.received]
    assert sorted(event["data"]["resume_id"] for event in events) == sorted(ids)
    assert len(set(receiver.ids())) == 10
    # as a word: an id may hold the letters
    assert not any(re.search(rb"\bada\b", body.lower()) for _, body in receiver.received)


def test_a_sender_killed_between_sending_and_noting_sends_the_same_id(
    make_service, receiver, patiently
):
    service = make_service(**OPTIONS)
    register_webhook(receiver.url, (EventType.RESUME_FAILED,), "default", service.services)
    killed = []

    def kill_once():
        if not killed:
            killed.append(service.kill("dispatcher"))

    receiver.before_answer = kill_once
    resume_id = service.upload()
    storage, now = service.services.storage, service.services.clock.now()
    options = {"owner": "gone", "now": now, "lease_until": now, "max_attempts": 1}
    assert storage.claim(WorkKind.PROCESS_RESUME, resume_id, **options)
    (item,) = storage.expired_work(now=now, limit=9)
    storage.reap(item, now=now, available_at=now, max_attempts=1)
    service.start("redis", "dispatcher")
    patiently(lambda: len(receiver.received) >= 2, 90)
    assert len(set(receiver.ids())) == 1
    assert len({body for _, body in receiver.received}) == 1
