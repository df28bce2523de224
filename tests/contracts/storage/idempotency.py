"""What every storage does while a request is worked on, and with the same bytes sent twice."""

from __future__ import annotations

import pytest

from resume_processor.errors import IdempotencyMismatch, NotFound
from resume_processor.workflow.ports import Batch, Storage
from tests.contracts.storage.samples import at, claim, done, new_resume

BYTES = "a" * 64


def hold(storage: Storage, holder: str, seconds: float = 0, **options: str) -> bool:
    key, tenant = options.get("key", "key"), options.get("tenant", "default")
    return storage.hold_key(
        key, tenant=tenant, holder=holder, now=at(seconds), until=at(seconds + 10)
    )


class HoldContract:
    def test_one_holds_a_key_until_it_drops_it(self, storage: Storage) -> None:
        assert hold(storage, "one")
        assert not hold(storage, "two", 5)
        storage.drop_hold("key", tenant="default", holder="one")
        assert hold(storage, "two", 5)

    def test_a_hold_that_is_not_renewed_runs_out(self, storage: Storage) -> None:
        assert hold(storage, "one")
        assert not hold(storage, "two", 9.9)
        assert hold(storage, "two", 10)
        assert not hold(storage, "one", 11)

    def test_its_holder_renews_it(self, storage: Storage) -> None:
        assert hold(storage, "one")
        assert hold(storage, "one", 8)
        assert not hold(storage, "two", 15)

    def test_nobody_drops_what_another_one_holds(self, storage: Storage) -> None:
        hold(storage, "one")
        storage.drop_hold("key", tenant="default", holder="two")
        storage.drop_hold("unknown", tenant="default", holder="two")
        assert not hold(storage, "two", 1)

    def test_keys_and_tenants_are_apart(self, storage: Storage) -> None:
        assert hold(storage, "one")
        assert hold(storage, "two", key="another")
        assert hold(storage, "three", tenant="other")

    def test_what_is_stored_ends_the_hold(self, storage: Storage) -> None:
        hold(storage, "one")
        assert not storage.is_key_used("key", tenant="default")
        storage.add_resume(new_resume("one", idempotency=("key", "digest")))
        assert hold(storage, "two", 1)
        assert storage.is_key_used("key", tenant="default")
        assert not storage.is_key_used("key", tenant="other")

    def test_a_refusal_leaves_the_hold(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1", idempotency=("key", "digest")))
        hold(storage, "r2")
        with pytest.raises(IdempotencyMismatch):
            storage.add_resume(new_resume("r2", idempotency=("key", "other")))
        assert not hold(storage, "r3", 1)

    def test_so_does_the_refusal_of_a_batch(self, storage: Storage) -> None:
        storage.add_batch(Batch("b1", "default", at(0)), idempotency=("key", "digest"))
        hold(storage, "b2")
        with pytest.raises(IdempotencyMismatch):
            storage.add_batch(Batch("b2", "default", at(0)), idempotency=("key", "other"))
        assert not hold(storage, "b3", 1)

    def test_so_does_a_resume_of_no_batch(self, storage: Storage) -> None:
        hold(storage, "r1")
        with pytest.raises(NotFound):
            storage.add_resume(new_resume("r1", idempotency=("key", "digest"), batch_id="b404"))
        assert not hold(storage, "r2", 1)


class TwinContract:
    """The same bytes twice at the same time."""

    def test_the_later_one_knows_that_the_earlier_one_is_worked_on(self, storage: Storage) -> None:
        first, _ = storage.add_resume(new_resume("r1", 0, sha256=BYTES))
        second, _ = storage.add_resume(new_resume("r2", 1, sha256=BYTES))
        assert not storage.is_parsed_elsewhere(second)
        claim(storage, "r1", seconds=2)
        assert storage.is_parsed_elsewhere(second)
        assert not storage.is_parsed_elsewhere(first)

    def test_the_earlier_one_never_waits_for_the_later_one(self, storage: Storage) -> None:
        first, _ = storage.add_resume(new_resume("r1", 0, sha256=BYTES))
        second, _ = storage.add_resume(new_resume("r2", 0, sha256=BYTES))
        claim(storage, "r1", seconds=2)
        claim(storage, "r2", seconds=2)
        assert not storage.is_parsed_elsewhere(first)
        assert storage.is_parsed_elsewhere(second)

    def test_what_is_finished_is_not_worked_on(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1", 0, sha256=BYTES))
        second, _ = storage.add_resume(new_resume("r2", 1, sha256=BYTES))
        claim(storage, "r1", seconds=2)
        assert storage.finish_resume("r1", done(), owner="worker", now=at(3))
        assert not storage.is_parsed_elsewhere(second)

    def test_other_bytes_and_other_tenants_do_not_count(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1", 0, sha256=BYTES, tenant="other"))
        storage.add_resume(new_resume("r2", 0))
        third, _ = storage.add_resume(new_resume("r3", 1, sha256=BYTES))
        claim(storage, "r1", seconds=2)
        claim(storage, "r2", seconds=2)
        assert not storage.is_parsed_elsewhere(third)
