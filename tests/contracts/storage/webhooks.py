"""What every storage does with webhooks: told in the transaction that makes it true, once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from resume_processor.errors import Conflict, NotFound
from resume_processor.resume.record import Failure, ResumeStatus
from resume_processor.workflow.ports import Storage
from resume_processor.workflow.webhook_port import (
    Delivery,
    DeliveryAttempt,
    DeliveryState,
    EventType,
    Verdict,
    Webhook,
)
from tests.contracts.storage import batches
from tests.contracts.storage.samples import (
    LEASE,
    at,
    claim,
    done,
    failed,
    finish,
    kill_until_dead,
    new_resume,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def hook(storage: Storage, webhook_id: str = "w1", seconds: float = 0, **changes: Any) -> Webhook:
    webhook = Webhook(
        id=webhook_id,
        tenant="default",
        url="https://app.example.org/hook",
        events=tuple(EventType),
        secret=SECRET,
        created_at=at(seconds),
    )
    return storage.add_webhook(replace(webhook, **changes))


def told(storage: Storage, webhook_id: str = "w1") -> list[Delivery]:
    """The outbox of a webhook, oldest first."""
    page = storage.list_deliveries(webhook_id, tenant="default", limit=99)
    return list(page.rows)[::-1]


def send(storage: Storage, owner: str = "s", seconds: float = 10) -> Delivery | None:
    found = storage.claim_delivery(owner=owner, now=at(seconds), lease_until=at(seconds + LEASE))
    return None if found is None else found[0]


def verdict(seconds: float = 10, status: int | None = 204, **changes: Any) -> Verdict:
    attempt = DeliveryAttempt(at=at(seconds), seconds=0.25, status_code=status)
    return replace(Verdict(attempt, again_at=None, rest_until=None), **changes)


class WebhookContract:
    def test_it_comes_back_as_it_was(self, storage: Storage) -> None:
        first = hook(storage, "w1", events=(EventType.BATCH_COMPLETED, EventType.RESUME_DONE))
        second = hook(storage, "w2", 1)
        assert storage.get_webhook("w1", tenant="default") == first
        assert list(storage.list_webhooks(tenant="default")) == [second, first]

    def test_another_tenant_sees_nothing(self, storage: Storage) -> None:
        hook(storage)
        finish(storage, "r1")
        assert list(storage.list_webhooks(tenant="other")) == []
        (delivery,) = told(storage)
        for action in (
            lambda: storage.get_webhook("w1", tenant="other"),
            lambda: storage.delete_webhook("w1", tenant="other", now=at(50)),
            lambda: storage.list_deliveries("w1", tenant="other", limit=9),
            lambda: storage.resend_delivery("w1", delivery.id, tenant="other", now=at(9)),
        ):
            with pytest.raises(NotFound):
                action()

    def test_deleting_it_takes_its_deliveries_along(self, storage: Storage) -> None:
        hook(storage)
        finish(storage, "r1")
        storage.delete_webhook("w1", tenant="default", now=at(50))
        assert send(storage) is None
        with pytest.raises(NotFound):
            storage.get_webhook("w1", tenant="default")


class OutboxContract:
    def test_each_end_is_told_once(self, storage: Storage) -> None:
        hook(storage)
        finish(storage, "r1", seconds=2)
        finish(storage, "r2", failed(), seconds=3)
        finish(storage, "r3", replace(done(), status=ResumeStatus.NEEDS_REVIEW), seconds=4)
        assert [one.type.value for one in told(storage)] == [
            "resume.done",
            "resume.failed",
            "resume.needs_review",
        ]
        first, second, _ = told(storage)
        data = first.payload["data"]
        assert (data["resume_id"], data["status"], data["code"]) == ("r1", "DONE", None)
        assert second.payload["data"]["code"] == "corrupt"
        assert first.payload["type"] == "resume.done"
        assert first.id.startswith("msg_")
        assert len({one.id for one in told(storage)}) == 3

    def test_nothing_of_the_document_is_told(self, storage: Storage) -> None:
        hook(storage)
        finish(storage, "r1", done(name="Mara Vogel"), external_id="mara@example.org")
        text = str(told(storage)[0].payload)
        assert "Mara" not in text
        assert "example.org" not in text
        assert "r1.pdf" not in text

    def test_only_what_was_asked_for_and_only_from_then_on(self, storage: Storage) -> None:
        finish(storage, "r0")
        hook(storage, "w1", events=(EventType.RESUME_FAILED,))
        hook(storage, "w2", events=(EventType.RESUME_DONE,))
        hook(storage, "w3", disabled_at=at(0))
        finish(storage, "r1")
        assert [len(told(storage, one)) for one in ("w1", "w2", "w3")] == [0, 1, 0]

    def test_another_tenants_webhooks_are_told_nothing(self, storage: Storage) -> None:
        hook(storage, tenant="other")
        finish(storage, "r1")
        assert storage.list_deliveries("w1", tenant="other", limit=9).rows == ()

    def test_a_worker_that_was_fenced_off_tells_nothing(self, storage: Storage) -> None:
        hook(storage)
        storage.add_resume(new_resume())
        assert claim(storage, owner="first", seconds=1)
        assert claim(storage, owner="second", seconds=2 + LEASE)
        assert not storage.finish_resume("r1", done(), owner="first", now=at(40))
        assert told(storage) == []
        assert storage.finish_resume("r1", done(), owner="second", now=at(41))
        assert not storage.finish_resume("r1", failed(), owner="first", now=at(42))
        assert [one.type.value for one in told(storage)] == ["resume.done"]

    def test_cancelling_tells_nothing_and_giving_up_does(self, storage: Storage) -> None:
        hook(storage)
        storage.add_resume(new_resume("r1"))
        storage.cancel_resume("r1", tenant="default", now=at(1))
        storage.add_resume(new_resume("r2"))
        kill_until_dead(storage, "r2")
        (delivery,) = told(storage)
        assert (delivery.type.value, delivery.payload["data"]["code"]) == (
            "resume.failed",
            "worker_crashed",
        )

    def test_processing_again_is_a_new_effect(self, storage: Storage) -> None:
        hook(storage)
        finish(storage, "r1")
        storage.reprocess_resume("r1", tenant="default", now=at(5))
        batches.work_on(storage, "r1", 6)
        first, second = told(storage)
        assert first.id != second.id
        assert first.payload["data"]["revision"] < second.payload["data"]["revision"]

    def test_a_batch_is_told_once_and_its_bad_files_each(self, storage: Storage) -> None:
        hook(storage)
        batches.add(storage)
        assert claim(storage, "b1", "unpacker", kind=batches.UNPACK)
        bad = new_resume("r1", 1, failure=Failure("unsafe_path", "It leads out."))
        assert batches.add_members(storage, [bad, new_resume("r2", 1)])
        assert batches.end(storage, 2)
        assert [one.type.value for one in told(storage)] == ["resume.failed"]
        batches.work_on(storage, "r2", 5)
        *_, last = told(storage)
        assert {one.type.value for one in told(storage)} == {
            "resume.failed",
            "resume.done",
            "batch.completed",
        }
        complete = [one for one in told(storage) if one.type is EventType.BATCH_COMPLETED]
        assert [one.payload["data"]["batch_id"] for one in complete] == ["b1"]
        assert last.created_at == at(5)


class DeliveryContract:
    def test_one_sender_has_it(self, storage: Storage) -> None:
        hook(storage)
        finish(storage, "r1")
        found = storage.claim_delivery(owner="s", now=at(10), lease_until=at(40))
        assert found is not None
        delivery, webhook = found
        assert (delivery.state, delivery.tries) == (DeliveryState.SENDING, 1)
        assert webhook.secret == SECRET
        assert send(storage, "other") is None
        assert storage.note_delivery(delivery.id, verdict(), owner="s")
        (after,) = told(storage)
        assert (after.state, after.attempts) == (DeliveryState.DELIVERED, (verdict().attempt,))
        assert send(storage, "other", 99) is None

    def test_one_whose_sender_is_gone_is_sent_again_under_its_id(self, storage: Storage) -> None:
        hook(storage)
        finish(storage, "r1")
        first = send(storage, "killed")
        assert first is not None
        assert send(storage, "later", 9 + LEASE) is None
        again = send(storage, "later", 10 + LEASE)
        assert again is not None
        assert (again.id, again.tries) == (first.id, 2)
        assert not storage.note_delivery(first.id, verdict(), owner="killed")
        assert storage.note_delivery(first.id, verdict(50), owner="later")

    def test_what_failed_comes_again_when_it_is_due(self, storage: Storage) -> None:
        hook(storage)
        finish(storage, "r1")
        delivery = send(storage)
        assert delivery is not None
        bad = verdict(10, 500, again_at=at(30), rest_until=at(11))
        assert storage.note_delivery(delivery.id, bad, owner="s")
        assert storage.get_webhook("w1", tenant="default").failures == 1
        assert send(storage, seconds=29) is None
        again = send(storage, seconds=30)
        assert again is not None
        assert storage.note_delivery(again.id, verdict(30), owner="s")
        assert storage.get_webhook("w1", tenant="default").failures == 0
        assert [one.status_code for one in told(storage)[0].attempts] == [500, 204]

    def test_a_webhook_that_rests_or_is_gone_is_left_alone(self, storage: Storage) -> None:
        hook(storage, "w1")
        hook(storage, "w2", url="https://two.example.org")
        finish(storage, "r1")
        for name in ("a", "b"):
            taken = send(storage, name)
            assert taken is not None
            resting = taken.webhook_id == "w1"
            rest = at(60) if resting else None
            said = verdict(10, 410, rest_until=rest, disable=not resting)
            assert storage.note_delivery(taken.id, said, owner=name)
        assert storage.get_webhook("w2", tenant="default").disabled_at == at(10)
        finish(storage, "r2")
        assert told(storage, "w2")[1:] == []
        assert send(storage, seconds=59) is None
        assert send(storage, seconds=60) is not None

    def test_one_webhook_takes_few_senders(self, storage: Storage) -> None:
        hook(storage, "w1")
        for number in range(4):
            finish(storage, f"r{number}")
        taken = [send(storage, f"s{number}") for number in range(3)]
        assert [one is not None for one in taken] == [True, True, False]
        assert taken[0] is not None
        bad = verdict(10, 500, again_at=at(999))
        assert storage.note_delivery(taken[0].id, bad, owner="s0")
        assert send(storage, "s4", 11) is None, "it fails, and another sender has it"

    def test_what_was_given_up_can_be_sent_again(self, storage: Storage) -> None:
        hook(storage)
        finish(storage, "r1")
        delivery = send(storage)
        assert delivery is not None
        with pytest.raises(Conflict):
            storage.resend_delivery("w1", delivery.id, tenant="default", now=at(11))
        storage.note_delivery(delivery.id, verdict(10, 500), owner="s")
        assert told(storage)[0].state is DeliveryState.FAILED
        again = storage.resend_delivery("w1", delivery.id, tenant="default", now=at(20))
        assert (again.state, again.tries, len(again.attempts)) == (DeliveryState.WAITING, 0, 1)
        resent = send(storage, seconds=20)
        assert resent is not None
        assert resent.id == delivery.id
        with pytest.raises(NotFound):
            storage.resend_delivery("w2", delivery.id, tenant="default", now=at(20))
        with pytest.raises(NotFound):
            storage.resend_delivery("w1", "msg_404", tenant="default", now=at(20))

    def test_the_log_in_pages_and_cleared(self, storage: Storage) -> None:
        hook(storage)
        for number in range(3):
            finish(storage, f"r{number}", seconds=number + 2)
        delivery = send(storage)
        assert delivery is not None
        storage.note_delivery(delivery.id, verdict(), owner="s")
        page = storage.list_deliveries("w1", tenant="default", limit=2)
        rest = storage.list_deliveries("w1", tenant="default", limit=2, cursor=page.cursor)
        ids = [one.payload["data"]["resume_id"] for one in (*page.rows, *rest.rows)]
        assert ids == ["r2", "r1", "r0"]
        assert storage.purge_deliveries(before=at(1)) == 0
        assert storage.purge_deliveries(before=at(99)) == 1
        assert len(told(storage)) == 2
