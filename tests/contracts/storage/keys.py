"""What every storage does with API keys and sign-ins. Subclasses bring the fixture ``storage``."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from resume_processor.errors import NotFound
from resume_processor.workflow.key_port import ApiKey, Scope, SignIn
from resume_processor.workflow.ports import Storage, WorkKind, WorkState
from tests.contracts.storage.samples import at, new_resume

KEY = ApiKey(
    id="k1",
    tenant="acme",
    name="careers site 🙂",
    prefix="rp_abcdef",
    digest="a" * 64,
    scopes=frozenset({Scope.SUBMIT, Scope.READ}),
    created_at=at(1),
)
OTHER = replace(KEY, id="k2", tenant="other", digest="b" * 64, created_at=at(2))
SESSION = SignIn(
    digest="c" * 64,
    tenant="acme",
    scopes=KEY.scopes,
    key_id="k1",
    created_at=at(3),
    expires_at=at(60),
)
LINK = replace(SESSION, digest="d" * 64, key_id=None, once=True)


class KeyContract:
    def test_a_key_is_found_by_its_digest_alone(self, storage: Storage) -> None:
        assert not storage.has_keys()
        assert storage.add_key(KEY)
        assert storage.has_keys()
        assert storage.find_key(KEY.digest) == KEY
        assert storage.find_key("e" * 64) is None

    def test_the_same_key_is_stored_once(self, storage: Storage) -> None:
        assert storage.add_key(KEY)
        assert not storage.add_key(replace(KEY, id="k9", name="again"))
        assert storage.list_keys() == [KEY]

    def test_keys_are_listed_newest_first_for_their_tenant(self, storage: Storage) -> None:
        storage.add_key(KEY)
        storage.add_key(OTHER)
        third = replace(KEY, id="k3", digest="f" * 64, created_at=at(3))
        storage.add_key(third)
        assert storage.list_keys() == [third, OTHER, KEY]
        assert storage.list_keys(tenant="acme") == [third, KEY]
        assert storage.list_keys(tenant="nobody") == []

    def test_a_revoked_key_is_known_as_such_for_ever(self, storage: Storage) -> None:
        storage.add_key(KEY)
        revoked = storage.revoke_key("k1", tenant="acme", now=at(5))
        assert revoked == replace(KEY, revoked_at=at(5))
        assert storage.revoke_key("k1", now=at(9)) == revoked
        assert storage.find_key(KEY.digest) == revoked
        assert storage.has_keys()

    def test_when_a_key_ends_is_kept_and_told(self, storage: Storage) -> None:
        ending = replace(KEY, expires_at=at(40))
        storage.add_key(ending)
        assert storage.find_key(KEY.digest) == ending
        assert storage.list_keys() == [ending]
        while storage.seal_audit(limit=99):
            pass
        (entry,) = storage.audit_entries(tenant="acme", after=0, limit=99)
        assert entry.detail["expires_at"] == at(40).isoformat()

    def test_another_tenant_cannot_revoke_it(self, storage: Storage) -> None:
        storage.add_key(KEY)
        for key_id, tenant in (("k1", "other"), ("k7", "acme")):
            with pytest.raises(NotFound):
                storage.revoke_key(key_id, tenant=tenant, now=at(5))
        assert storage.find_key(KEY.digest) == KEY

    def test_the_audit_log_tells_of_it_once_and_nothing_of_the_key(self, storage: Storage) -> None:
        acting = storage.acting_as("key:k0")
        for _ in range(2):
            acting.add_key(KEY)
        for second in (5, 6):
            acting.revoke_key("k1", now=at(second))
        while storage.seal_audit(limit=99):
            pass
        entries = storage.audit_entries(tenant="acme", after=0, limit=99)
        assert [(one.action, one.subject_id, one.actor) for one in entries] == [
            ("key.created", "k1", "key:k0"),
            ("key.revoked", "k1", "key:k0"),
        ]
        assert entries[0].detail == {"scopes": ["read", "submit"], "expires_at": None}

    def test_its_use_is_noted(self, storage: Storage) -> None:
        storage.add_key(KEY)
        storage.note_key_use("k1", now=at(5))
        storage.note_key_use("unknown", now=at(5))
        assert storage.list_keys() == [replace(KEY, last_used_at=at(5))]

    def test_a_session_holds_until_it_runs_out_or_ends(self, storage: Storage) -> None:
        storage.add_key(KEY)
        storage.add_sign_in(SESSION)
        assert storage.find_sign_in(SESSION.digest, now=at(59)) == SESSION
        assert storage.find_sign_in(SESSION.digest, now=at(60)) is None
        storage.end_sign_in(SESSION.digest)
        storage.end_sign_in(SESSION.digest)
        assert storage.find_sign_in(SESSION.digest, now=at(4)) is None

    def test_a_session_ends_with_its_key(self, storage: Storage) -> None:
        storage.add_key(KEY)
        storage.add_sign_in(SESSION)
        own = replace(SESSION, digest="9" * 64, key_id=None)
        storage.add_sign_in(own)
        storage.revoke_key("k1", now=at(5))
        assert storage.find_sign_in(SESSION.digest, now=at(6)) is None
        assert storage.find_sign_in(own.digest, now=at(6)) == own

    def test_a_session_ends_when_its_key_does(self, storage: Storage) -> None:
        storage.add_key(replace(KEY, expires_at=at(40)))
        storage.add_sign_in(SESSION)
        link = replace(LINK, key_id="k1")
        storage.add_sign_in(link)
        assert storage.find_sign_in(SESSION.digest, now=at(39)) == SESSION
        assert storage.find_sign_in(SESSION.digest, now=at(40)) is None
        assert storage.take_link(link.digest, now=at(40)) is None

    def test_sessions_that_ran_out_are_removed(self, storage: Storage) -> None:
        storage.add_key(KEY)
        storage.add_sign_in(SESSION)
        storage.add_sign_in(replace(SESSION, digest="8" * 64, created_at=at(60), expires_at=at(90)))
        assert storage.find_sign_in(SESSION.digest, now=at(5)) is None

    def test_a_link_is_no_session_and_works_once(self, storage: Storage) -> None:
        storage.add_sign_in(LINK)
        assert storage.find_sign_in(LINK.digest, now=at(5)) is None
        assert storage.take_link(LINK.digest, now=at(60)) is None
        assert storage.take_link(LINK.digest, now=at(5)) == LINK
        assert storage.take_link(LINK.digest, now=at(5)) is None

    def test_a_session_is_no_link(self, storage: Storage) -> None:
        storage.add_key(KEY)
        storage.add_sign_in(SESSION)
        assert storage.take_link(SESSION.digest, now=at(5)) is None
        assert storage.find_sign_in(SESSION.digest, now=at(5)) == SESSION

    def test_of_many_who_open_a_link_one_is_signed_in(self, storage: Storage) -> None:
        storage.add_sign_in(LINK)
        with ThreadPoolExecutor(8) as pool:
            taken = list(pool.map(lambda _: storage.take_link(LINK.digest, now=at(5)), range(8)))
        assert [one for one in taken if one is not None] == [LINK]

    def test_a_task_belongs_to_the_tenant_of_its_resume(self, storage: Storage) -> None:
        record, _ = storage.add_resume(new_resume("r1", tenant="acme"))
        assert storage.is_task_of(record.task_id, tenant="acme")
        assert not storage.is_task_of(record.task_id, tenant="other")
        assert not storage.is_task_of("r1", tenant="acme")
        storage.delete_resume("r1", tenant="acme", now=at(5))
        assert not storage.is_task_of(record.task_id, tenant="acme")

    def test_work_is_counted_by_tenant(self, storage: Storage) -> None:
        storage.add_resume(new_resume("r1", tenant="acme"))
        storage.add_resume(new_resume("r2", tenant="other"))
        storage.add_resume(new_resume("r3", tenant="other"))
        waits = (WorkKind.PROCESS_RESUME, WorkState.WAITING)
        assert storage.count_work() == {waits: 3}
        assert storage.count_work(tenant="other") == {waits: 2}
        assert storage.count_work(tenant="nobody") == {}
        assert storage.oldest_waiting(tenant="acme") is not None
        assert storage.oldest_waiting(tenant="nobody") is None
