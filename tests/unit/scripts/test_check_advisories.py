"""The audit fails where something is known, and says so where nothing can be known."""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from scripts import check_advisories
from scripts.check_advisories import CLEAN, FOUND, LOCKS, NOT_CHECKED, ROOT, check, pip_audit

GOOD = {"name": "good", "version": "1.0", "vulns": []}
BAD = {
    "name": "bad",
    "version": "2.0",
    "vulns": [
        {"id": "PYSEC-1", "fix_versions": ["2.1", "3.0"]},
        {"id": "GHSA-2", "fix_versions": []},
    ],
}
UNKNOWN = {"name": "odd", "skip_reason": "Dependency not found on PyPI"}
ADVISORIES = {"vulnerabilities": [{"id": "PYSEC-2018-28"}]}


class Database:
    """Answers each request with the next of these bodies; with the last one again and again."""

    def __init__(self, *answers: tuple[int, bytes]) -> None:
        left = list(answers)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = left.pop(0) if len(left) > 1 else left[0]
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/pypi/requests/2.19.0/json"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def told(body: object) -> tuple[int, bytes]:
    return 200, json.dumps(body).encode()


@pytest.fixture
def database():
    made = []

    def make(*answers: tuple[int, bytes]) -> str:
        made.append(Database(*answers))
        return made[-1].url

    yield make
    for one in made:
        one.close()


def auditor(*dependencies: object, status: int = 0) -> list[str]:
    """A command that says of these packages what pip-audit would."""
    said = json.dumps({"dependencies": dependencies, "fixes": []})
    return [sys.executable, "-c", f"import sys; print({said!r}); sys.exit({status})"]


def broken(why: str) -> list[str]:
    return [sys.executable, "-c", f"import sys; print({why!r}, file=sys.stderr); sys.exit(1)"]


def test_nothing_known_is_good(database, capsys):
    assert check(database(told(ADVISORIES)), auditor(GOOD, GOOD)) == CLEAN
    assert capsys.readouterr().out == "audit: 2 packages, 0 findings\n"


def test_a_known_vulnerability_fails(database, capsys):
    assert check(database(told(ADVISORIES)), auditor(GOOD, BAD, status=1)) == FOUND
    assert capsys.readouterr().out.splitlines() == [
        "bad 2.0: PYSEC-1, fixed in 2.1, 3.0",
        "bad 2.0: GHSA-2, fixed in no version",
        "audit: 2 packages, 2 findings",
    ]


def test_a_package_that_nobody_knows_fails(database, capsys):
    assert check(database(told(ADVISORIES)), auditor(GOOD, UNKNOWN)) == FOUND
    assert "odd: Dependency not found on PyPI" in capsys.readouterr().out


@pytest.mark.parametrize(
    "answer",
    [
        (404, b"not found"),
        (503, b""),
        (200, b"<html>Please sign in to the network</html>"),
        (200, b"[]"),
        told({"info": {}}),
        told({"vulnerabilities": []}),
    ],
    ids=["mirror", "down", "portal", "list", "no advisories", "none at all"],
)
def test_what_tells_no_advisories_is_no_good_sign(database, capsys, answer):
    assert check(database(answer), auditor(GOOD)) == NOT_CHECKED
    assert capsys.readouterr().out == "not checked: advisories cannot be reached\n"


def test_without_a_network_nothing_is_checked(capsys):
    assert check("http://127.0.0.1:1/", broken("never run")) == NOT_CHECKED
    assert capsys.readouterr().out == "not checked: advisories cannot be reached\n"


def test_a_network_that_goes_away_meanwhile(database, capsys):
    url = database(told(ADVISORIES), (503, b""))
    assert check(url, broken("connection reset")) == NOT_CHECKED
    assert capsys.readouterr().out == "not checked: advisories cannot be reached\n"


@pytest.mark.parametrize("command", [broken("no such option"), auditor()], ids=["broken", "empty"])
def test_an_audit_that_says_nothing_fails(database, capsys, command):
    assert check(database(told(ADVISORIES)), command) == FOUND
    assert "audit: failed" in capsys.readouterr().out


def test_it_asks_about_all_that_ships(monkeypatch):
    monkeypatch.setattr(check_advisories, "ACCEPTED", {"PYSEC-9": "not used"})
    command = pip_audit(LOCKS)
    assert command[-4:] == ["-r", "requirements/base.lock", "-r", "requirements/tracing.lock"]
    assert command[command.index("--ignore-vuln") + 1] == "PYSEC-9"
    assert all((ROOT / lock).is_file() for lock in LOCKS)


def test_the_checks_tell_the_two_apart():
    """``.ci/run`` goes on only where the audit is clean or says that it could not be made."""
    text = (Path(ROOT) / ".ci/run").read_text("utf-8")
    assert "scripts.check_advisories" in text
    assert f'"$audit" = {NOT_CHECKED}' in text
