import re
from datetime import timedelta

import pytest
from standardwebhooks import Webhook as Verifier

from resume_processor.settings import Settings
from resume_processor.workflow.process_resume import process_resume
from resume_processor.workflow.webhook_port import DeliveryState, EventType
from resume_processor.workflow.webhooks import Answer, pause_before, register_webhook, send_next


class Receiver:
    """Answers as told; keeps what it was sent."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.received = []

    def __call__(self, url, headers, body):
        self.received.append((url, headers, body))
        return self.answers.pop(0) if self.answers else Answer(204)


@pytest.fixture
def webhook(parts):
    return register_webhook("https://app.example.org/hook", tuple(EventType), "default", parts)


@pytest.fixture
def told(parts, upload, webhook):
    """A resume that is done, and so is to be told of."""
    record = upload()
    process_resume(record.id, parts, owner="me")
    return record


def log_of(parts, webhook):
    return parts.storage.list_deliveries(webhook.id, tenant="default", limit=9).rows


def test_a_delivery_is_signed_and_says_ids_and_states_only(parts, webhook, told, monkeypatch):
    receiver = Receiver()
    assert send_next(parts, receiver, owner="s")
    ((url, headers, body),) = receiver.received
    assert url == webhook.url
    monkeypatch.setattr(
        "standardwebhooks.webhooks.datetime",
        type(
            "",
            (),
            {
                "now": staticmethod(lambda tz=None: parts.clock.now()),
                "fromtimestamp": staticmethod(type(parts.clock.now()).fromtimestamp),
            },
        ),
    )
    event = Verifier(webhook.secret).verify(body, headers)
    assert event["data"]["resume_id"] == told.id
    assert event["type"] in ("resume.done", "resume.needs_review")
    assert not re.search(rb"\bada\b", body.lower())  # as a word: an id may hold the letters
    assert not send_next(parts, receiver, owner="s")
    (delivery,) = log_of(parts, webhook)
    assert (delivery.id, delivery.state) == (headers["webhook-id"], DeliveryState.DELIVERED)


def test_every_attempt_has_the_same_id_and_body(parts, webhook, told, clock):
    receiver = Receiver(Answer(500), Answer(error="timed_out"))
    for _ in range(3):
        assert send_next(parts, receiver, owner="s")
        assert not send_next(parts, receiver, owner="s")
        clock.advance(3600)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.received}) == 1
    assert len({body for _, _, body in receiver.received}) == 1
    assert len({headers["webhook-timestamp"] for _, headers, _ in receiver.received}) == 3
    (delivery,) = log_of(parts, webhook)
    assert [(one.status_code, one.error) for one in delivery.attempts] == [
        (500, None),
        (None, "timed_out"),
        (204, None),
    ]


def test_a_sender_that_is_killed_after_sending_sends_the_same_again(parts, webhook, told, clock):
    received = []

    def killed(_url, headers, body):
        received.append((headers["webhook-id"], body))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_next(parts, killed, owner="killed")
    receiver = Receiver()
    assert not send_next(parts, receiver, owner="other")
    clock.advance(parts.settings.webhook_timeout_seconds + 6)
    assert send_next(parts, receiver, owner="other")
    ((_, headers, body),) = receiver.received
    assert received == [(headers["webhook-id"], body)]


def test_it_is_given_up_at_the_limit(parts, webhook, told, clock):
    receiver = Receiver(*[Answer(503)] * 99)
    for _ in range(parts.settings.webhook_max_attempts):
        assert send_next(parts, receiver, owner="s")
        clock.advance(24 * 3600)
    assert not send_next(parts, receiver, owner="s")
    assert log_of(parts, webhook)[0].state is DeliveryState.FAILED


def test_a_receiver_that_is_gone_is_told_nothing_more(parts, webhook, told, clock, upload):
    assert send_next(parts, Receiver(Answer(410)), owner="s")
    assert parts.storage.get_webhook(webhook.id, tenant="default").disabled_at
    process_resume(upload(b"another").id, parts, owner="me")
    clock.advance(99_999)
    assert not send_next(parts, Receiver(), owner="s")


def test_a_receiver_may_ask_for_time(parts, webhook, told, clock):
    assert send_next(parts, Receiver(Answer(429, retry_after=120.0)), owner="s")
    (delivery,) = log_of(parts, webhook)
    assert delivery.available_at >= clock.now() + timedelta(seconds=120)


def test_pauses_grow_four_times_with_jitter_up_to_the_longest():
    settings = Settings()
    for tries, longest in ((1, 5), (2, 20), (3, 80), (4, 320), (10, 43_200), (10**6, 43_200)):
        pauses = [pause_before(tries, settings).total_seconds() for _ in range(50)]
        assert longest / 2 <= min(pauses) < max(pauses) <= longest


def test_each_webhook_has_a_secret_of_its_own(parts, webhook):
    other = register_webhook("https://b.example.org", (EventType.RESUME_DONE,), "default", parts)
    assert webhook.secret.startswith("whsec_")
    assert webhook.secret != other.secret
