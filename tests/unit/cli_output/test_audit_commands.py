"""``resume-processor audit`` on a real database."""

import json
import sqlite3
import zlib

import pytest
from typer.testing import CliRunner

from resume_processor.bootstrap import build_services
from resume_processor.cli_output.audit_commands import audit_app
from resume_processor.settings import Settings
from resume_processor.workflow.decision_port import Decision, Verdict
from tests.contracts.storage.samples import at, done, finish, job, new_resume, score


@pytest.fixture
def folder(tmp_path):
    services = build_services(Settings(data_dir=tmp_path / "data"))
    for number in range(3):
        services.storage.add_resume(new_resume(f"r{number}", number))
    services.close()
    return tmp_path / "data"


def run(*arguments):
    return CliRunner().invoke(audit_app, [str(one) for one in arguments])


def statement(folder, *statements):
    """As somebody would who may write to the file."""
    (file,) = folder.glob("*.sqlite3")
    with sqlite3.connect(file) as connection:
        for event in ("update", "delete"):
            connection.execute(f"DROP TRIGGER audit_entries_no_{event}")
        for one in statements:
            connection.execute(one)
    connection.close()


def test_what_waits_is_sealed_and_the_chain_is_whole(folder):
    done = run("verify", "--data-dir", folder)
    assert done.exit_code == 0, done.output
    assert done.output.startswith("default: whole, 3 entries, head 3:")


def test_a_change_is_named(folder):
    run("verify", "--data-dir", folder)
    statement(folder, "UPDATE audit_entries SET subject_id = 'r9' WHERE sequence = 2")
    done = run("verify", "--data-dir", folder)
    assert done.exit_code == 1
    assert "default: FLAWED, 3 entries" in done.output
    assert "default: entry 2: is not as it was written" in done.output


def test_an_export_is_verified_by_itself_and_is_a_witness(folder, tmp_path):
    file = tmp_path / "log.jsonl"
    assert run("export", "-o", file, "--data-dir", folder).exit_code == 0
    entries = [json.loads(line) for line in file.read_text().splitlines()]
    assert [one["subject_id"] for one in entries] == ["r0", "r1", "r2"]
    assert run("verify", "--file", file).exit_code == 0
    head = f"3:{entries[-1]['hash']}"
    assert run("verify", "--head", head, "--data-dir", folder).exit_code == 0
    statement(
        folder,
        "DELETE FROM audit_entries WHERE sequence = 3",
        f"UPDATE audit_heads SET sequence = 2, hash = '{entries[1]['hash']}'",
    )
    assert run("verify", "--data-dir", folder).exit_code == 0  # nothing inside can tell
    for witness in (("--against", file), ("--head", head)):
        done = run("verify", *witness, "--data-dir", folder)
        assert done.exit_code == 1
        assert "default: entry 3: was noted elsewhere and is not there" in done.output


def test_an_export_that_was_changed(folder, tmp_path):
    file = tmp_path / "log.jsonl"
    run("export", "-o", file, "--data-dir", folder)
    file.write_text(file.read_text().replace('"r1"', '"r7"'))
    assert "entry 2: is not as it was written" in run("verify", "--file", file).output
    file.write_text("[]\n")
    assert run("verify", "--file", file).exit_code == 1


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("UPDATE results SET body = replace(body, 'Mara', 'Mona')", "resume r9: result"),
        (
            "UPDATE decisions SET reason = 'Another one.'",
            "resume r9: decision d1",
        ),
        (None, "resume r9: score for job j1"),
    ],
)
def test_a_row_that_was_changed_past_the_service(folder, change, row):
    storage = build_services(Settings(data_dir=folder)).storage
    storage.add_job(job())
    finish(storage, "r9", done(score("r9")))
    decision = Decision("d1", "j1", "r9", Verdict.REJECT, "A reason.", "Robin", at(9), "n")
    storage.add_decision(decision, tenant="default")
    storage.close()
    asked = ("verify", "--records", "--data-dir", folder)
    assert "3 results, scores and decisions are as the log says, 0 are not" in run(*asked).output
    (file,) = folder.glob("*.sqlite3")
    with sqlite3.connect(file) as connection:
        if change is None:
            body = zlib.compress(json.dumps({"total": 999}).encode())
            connection.execute("UPDATE scores SET body = ?", (body,))
        else:
            connection.execute(change)
    connection.close()
    done_ = run(*asked)
    assert done_.exit_code == 1
    assert f"default: {row}: is not what the log says" in done_.output


def test_nothing_to_verify(tmp_path):
    done = run("verify", "--data-dir", tmp_path)
    assert (done.exit_code, done.output) == (0, "There are no entries.\n")
    assert run("verify", "--head", "3:abc", "--data-dir", tmp_path).exit_code == 2
