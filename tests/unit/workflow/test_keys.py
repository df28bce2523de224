"""Keys and sign-ins: what is made, what is kept of it, when it ends."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from resume_processor.bootstrap import Services
from resume_processor.errors import Forbidden, InvalidRequest
from resume_processor.settings import Settings
from resume_processor.storage.blobs.local import LocalBlobs
from resume_processor.storage.memory import MemoryStorage
from resume_processor.workflow.key_port import ALL_SCOPES, Scope
from resume_processor.workflow.keys import (
    LINK_LIFE,
    LONGEST_LIFE,
    OPEN_CALLER,
    caller_of_key,
    caller_of_session,
    create_key,
    end_by,
    ensure_bootstrap_key,
    sign_in_link,
    sign_in_with_key,
    sign_in_with_link,
    sign_out,
)
from resume_processor.workflow.this_machine import is_loopback

LONG = "correct-horse-battery-staple-and-more"


class Clock:
    def __init__(self):
        self.time = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def now(self):
        return self.time


@pytest.fixture
def make(tmp_path):
    storage, clock = MemoryStorage(), Clock()

    def build(**settings):
        return Services(
            settings=Settings(data_dir=tmp_path, **settings),
            storage=storage,
            blobs=LocalBlobs(tmp_path / "blobs"),
            clock=clock,
        )

    return build


@pytest.fixture
def services(make):
    return make()


def test_of_a_key_its_digest_and_beginning_are_kept(services):
    new = create_key(" careers site ", [Scope.SUBMIT], "acme", services)
    (stored,) = services.storage.list_keys()
    assert stored == new.key
    assert stored.name == "careers site"
    assert new.secret not in repr(stored)
    assert new.secret.startswith(stored.prefix)
    assert len(stored.prefix) < 10
    caller = caller_of_key(new.secret, services)
    assert (caller.tenant, caller.scopes, caller.key_id) == ("acme", {Scope.SUBMIT}, stored.id)


def test_no_two_keys_are_alike(services):
    secrets = {create_key("x", [Scope.READ], "acme", services).secret for _ in range(50)}
    assert len(secrets) == 50


def test_manage_includes_submit_and_read_but_never_operate(services):
    secret = create_key("x", [Scope.MANAGE], "acme", services).secret
    assert caller_of_key(secret, services).scopes == {Scope.MANAGE, Scope.READ, Scope.SUBMIT}


def test_a_key_that_ends_holds_until_then(services):
    end = services.clock.now() + timedelta(days=90)
    new = create_key("x", [Scope.READ], "acme", services, expires_at=end)
    session = sign_in_with_key(new.secret, services)
    assert new.key.expires_at == end
    services.clock.time = end - timedelta(microseconds=1)
    assert caller_of_key(new.secret, services) is not None
    services.clock.time = end
    assert caller_of_key(new.secret, services) is None
    assert sign_in_with_key(new.secret, services) is None
    assert caller_of_session(session, services) is None


def test_an_end_is_kept_in_utc(services):
    end = services.clock.now().astimezone(timezone(timedelta(hours=5))) + timedelta(days=1)
    stored = create_key("x", [Scope.READ], "acme", services, expires_at=end).key
    assert stored.expires_at == end
    assert stored.expires_at.tzinfo is UTC


@pytest.mark.parametrize("life", [timedelta(0), timedelta(days=-1), 2 * LONGEST_LIFE])
def test_a_key_ends_neither_at_once_nor_after_centuries(services, life):
    with pytest.raises(InvalidRequest, match="future"):
        create_key("x", [Scope.READ], "acme", services, expires_at=services.clock.now() + life)
    assert not services.storage.has_keys()


def test_a_key_makes_none_that_outlives_it(services):
    end = services.clock.now() + timedelta(days=90)
    secret = create_key("x", [Scope.MANAGE], "acme", services, expires_at=end).secret
    maker = caller_of_key(secret, services)
    assert end_by(maker, None, services) == end
    assert end_by(maker, end - timedelta(days=1), services) == end - timedelta(days=1)
    with pytest.raises(Forbidden, match="longer"):
        end_by(maker, end + timedelta(seconds=1), services)
    endless = caller_of_key(create_key("y", [Scope.MANAGE], "acme", services).secret, services)
    for caller in (endless, OPEN_CALLER):
        assert end_by(caller, None, services) is None
        assert end_by(caller, end, services) == end


@pytest.mark.parametrize("tenant", ["", "A", "a b", "../a", "a" * 64, "ä", "a\n"])
def test_a_tenants_name_is_plain(services, tenant):
    with pytest.raises(InvalidRequest, match="tenant"):
        create_key("x", [Scope.READ], tenant, services)


def test_a_session_ends_after_its_hours_or_by_hand_or_with_its_key(make):
    services = make(session_hours=2)
    new = create_key("x", [Scope.READ], "acme", services)
    first, second, third = (sign_in_with_key(new.secret, services) for _ in range(3))
    assert caller_of_session(first, services) == caller_of_key(new.secret, services)
    sign_out(first, services)
    assert caller_of_session(first, services) is None
    services.clock.time += timedelta(hours=2)
    assert caller_of_session(second, services) is None
    services.clock.time -= timedelta(hours=2)
    services.storage.revoke_key(new.key.id, now=services.clock.now())
    assert caller_of_session(third, services) is None
    assert sign_in_with_key(new.secret, services) is None


def test_a_link_signs_in_once_and_soon(services):
    link, late = sign_in_link(services), sign_in_link(services)
    session = sign_in_with_link(link, services)
    assert caller_of_session(session, services) == OPEN_CALLER
    assert caller_of_session(link, services) is None
    assert sign_in_with_link(link, services) is None
    assert sign_in_with_link(session, services) is None
    services.clock.time += LINK_LIFE
    assert sign_in_with_link(late, services) is None


def test_the_key_of_the_settings_is_in_force_until_another_takes_its_place(make):
    first = make(bootstrap_key=LONG)
    ensure_bootstrap_key(first)
    ensure_bootstrap_key(first)
    assert caller_of_key(LONG, first).scopes == ALL_SCOPES
    assert len(first.storage.list_keys()) == 1
    second = make(bootstrap_key=LONG.upper())
    ensure_bootstrap_key(second)
    assert caller_of_key(LONG.upper(), second) is not None
    assert caller_of_key(LONG, second) is None


def test_a_revoked_key_of_the_settings_stays_revoked(make):
    services = make(bootstrap_key=LONG)
    ensure_bootstrap_key(services)
    (key,) = services.storage.list_keys()
    services.storage.revoke_key(key.id, now=services.clock.now())
    ensure_bootstrap_key(services)
    assert caller_of_key(LONG, services) is None


def test_a_short_key_of_the_settings_is_refused_without_being_shown(make):
    with pytest.raises(InvalidRequest, match="32 characters") as refused:
        ensure_bootstrap_key(make(bootstrap_key="hunter2hunter2"))
    assert "hunter2" not in str(refused.value)


def test_an_empty_variable_is_no_key(make):
    services = make(bootstrap_key="")
    ensure_bootstrap_key(services)
    assert not services.storage.has_keys()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LocalHost"]
)
def test_addresses_of_this_machine(host):
    assert is_loopback(host)
    assert not is_loopback("")


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "10.0.0.1", "example.org", "localhost.example.org", "127.1"]
)
def test_addresses_that_others_may_reach(host):
    assert not is_loopback(host)
