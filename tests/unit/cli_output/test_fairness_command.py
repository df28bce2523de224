"""``resume-processor fairness`` from files and from a database."""

import json

import pytest
import typer
from typer.testing import CliRunner

from resume_processor.bootstrap import build_services
from resume_processor.cli_output.fairness_command import fairness
from resume_processor.settings import Settings
from resume_processor.workflow.decide_resume import NewDecision, decide_resume
from resume_processor.workflow.decision_port import Verdict
from tests.contracts.storage.samples import done, finish, job, score
from tests.unit.fairness.worked_example import (
    APPLICANTS,
    DECISIONS,
    GROUPS,
    SCORES,
    assert_worked_out,
)


@pytest.fixture
def files(tmp_path):
    texts = {"groups": GROUPS, "decisions": DECISIONS, "scores": SCORES}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_bytes(text.encode())
    return tmp_path


def run(*arguments):
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(fairness)
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_from_files(files):
    done_ = run(
        "--groups", files / "groups.csv", "--decisions", files / "decisions.csv",
        "--scores", files / "scores.csv",
    )  # fmt: skip
    assert done_.exit_code == 0, done_.output
    assert_worked_out(json.loads(done_.stdout))


def test_from_the_database_as_a_page(files):
    services = build_services(Settings(data_dir=files / "data"))
    services.storage.add_job(job())
    for who, _, _, points, decision in APPLICANTS:
        finish(services.storage, who, done(score(who, total=points)))
        made = NewDecision("j1", who, Verdict(decision), "A reason.", "Robin Sample")
        decide_resume(made, "default", services)
    services.close()
    asked = ("--groups", files / "groups.csv", "--job", "j1", "--data-dir", files / "data")
    assert_worked_out(json.loads(run(*asked).stdout))
    out = files / "report.html"
    assert run(*asked, "--format", "html", "-o", out).exit_code == 0
    assert "Black or African American, Female" in out.read_text("utf-8")


def test_either_a_job_or_files(files):
    groups = ("--groups", files / "groups.csv")
    assert run(*groups).exit_code == 2
    assert run(*groups, "--job", "j1", "--scores", files / "scores.csv").exit_code == 2
