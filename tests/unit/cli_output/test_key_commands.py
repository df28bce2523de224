"""``keys`` on the command line, over a real database file."""

import re
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from resume_processor.bootstrap import build_services
from resume_processor.cli import app
from resume_processor.errors import InvalidRequest, NotFound
from resume_processor.runtime.open_address import refuse_without_keys
from resume_processor.settings import Settings
from resume_processor.workflow.keys import caller_of_key


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path)


@pytest.fixture
def keys(tmp_path):
    def run(*arguments):
        options = ["--data-dir", str(tmp_path)]
        return CliRunner().invoke(app, ["keys", *arguments, *options], env={"COLUMNS": "200"})

    return run


def test_a_key_is_made_listed_and_revoked(keys, settings):
    made = keys(
        "create", "careers site", "--scope", "submit", "--scope", "read", "--tenant", "acme"
    )
    assert made.exit_code == 0
    secret = made.stdout.strip()
    assert re.fullmatch(r"rp_[A-Za-z0-9_-]{43}", secret)
    assert "read, submit" in made.stderr
    services = build_services(settings)
    assert caller_of_key(secret, services).tenant == "acme"
    listed = keys("list").stdout
    assert "careers site" in listed
    assert secret[:9] in listed
    assert secret not in listed
    assert "careers site" not in keys("list", "--tenant", "other").stdout
    key_id = services.storage.list_keys()[0].id
    assert keys("revoke", key_id).exit_code == 0
    assert caller_of_key(secret, services) is None
    services.close()
    assert isinstance(keys("revoke", "unknown").exception, NotFound)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2126-03-01", datetime(2126, 3, 1, tzinfo=UTC)),
        ("2126-03-01T09:30", datetime(2126, 3, 1, 9, 30, tzinfo=UTC)),
        ("2126-03-01T09:30:00+01:00", datetime(2126, 3, 1, 8, 30, tzinfo=UTC)),
        ("2126-03-01T09:30:00Z", datetime(2126, 3, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_key_may_end(keys, settings, said, meant):
    made = keys("create", "for a while", "--expires-at", said)
    assert made.exit_code == 0, made.stderr
    assert f"until {meant:%Y-%m-%d %H:%M} UTC" in made.stderr
    services = build_services(settings)
    (key,) = services.storage.list_keys()
    services.close()
    assert key.expires_at == meant
    assert f"{meant:%Y-%m-%d %H:%M}" in keys("list").stdout


def test_a_key_that_would_hold_never_is_refused(keys):
    assert isinstance(keys("create", "x", "--expires-at", "2001-01-01").exception, InvalidRequest)
    assert keys("create", "x", "--expires-at", "soon").exit_code == 2


def test_the_address_that_others_reach_needs_a_key_first(keys, settings):
    refuse_without_keys(settings, "127.0.0.1")
    with pytest.raises(InvalidRequest, match=r"0\.0\.0\.0.*keys create.*BOOTSTRAP_KEY.*127"):
        refuse_without_keys(settings, "0.0.0.0")
    keys("create", "first")
    refuse_without_keys(settings, "0.0.0.0")


def test_the_key_of_the_settings_is_a_first_one(tmp_path):
    settings = Settings(data_dir=tmp_path, bootstrap_key="a" * 32)
    refuse_without_keys(settings, "0.0.0.0")
