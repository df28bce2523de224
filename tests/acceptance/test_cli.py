"""The commands that need no service."""

from __future__ import annotations

import json

import pytest

from resume_processor.resume.json_resume import validate
from tests.acceptance.harness import HOPELESS, PNG, RESUME, SAMPLES, free_port, pdf_of

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(600)]

COMMANDS = ("up", "serve", "worker", "parse", "score", "submit", "doctor", "fairness")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_with_examples(cli, command):
    done = cli(command, "--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout
    assert f"resume-processor {command}" in done.stdout


def test_the_first_help_names_every_command(cli):
    done = cli("--help")
    assert done.returncode == 0
    for command in COMMANDS:
        assert f"  {command} " in done.stdout


def test_one_file_is_printed_as_json_resume(cli):
    done = cli("parse", SAMPLES / "amara-okonkwo.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert document["basics"]["name"] == "Amara Okonkwo"
    document.pop("personal", None)
    validate(document)


def test_the_full_format_has_the_evidence(cli, tmp_path):
    path = tmp_path / "ada.pdf"
    path.write_bytes(pdf_of(RESUME.format(number=1)))
    full = json.loads(cli("parse", path, "--format", "full").stdout)
    assert set(full) == {
        "resume",
        "personal",
        "evidence",
        "warnings",
        "facts",
        "parser_version",
    }
    assert full["evidence"]["/basics/email"]["source"] == "ada.lindqvist1@example.org"


def test_a_wrong_extension_changes_nothing(cli, tmp_path):
    names = ("ada.pdf", "bea.docx", "cleo.txt")
    text = RESUME.format(number=1)
    for name, data in zip(names, (text.encode(), pdf_of(text), PNG), strict=True):
        (tmp_path / name).write_bytes(data)
    done = cli("parse", *(tmp_path / name for name in names), "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "cleo.txt: no_text: " in done.stderr
    assert len(done.stderr.splitlines()) == 1
    for stem in ("ada", "bea"):
        document = json.loads((tmp_path / "out" / f"{stem}.json").read_text())
        assert document["basics"]["email"] == "ada.lindqvist1@example.org"


def test_a_failure_is_one_line_and_the_others_go_on(cli, folder, tmp_path):
    out = tmp_path / "deep" / "out"
    done = cli(
        "parse",
        folder / "one.txt",
        folder / "locked.pdf",
        folder / "gone.pdf",
        folder / "three.pdf",
        "-o",
        out,
        "--workers",
        "2",
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert sorted(line.split(": ")[1] for line in done.stderr.splitlines()) == [
        "encrypted",
        "not_found",
    ]
    assert sorted(path.name for path in out.iterdir()) == ["one.json", "three.json"]
    assert json.loads((out / "three.json").read_text())["basics"]["name"] == "Ada Lindqvist"


@pytest.mark.parametrize("name", HOPELESS)
def test_a_hopeless_file_has_its_code(cli, tmp_path, name):
    data, code = HOPELESS[name]
    (tmp_path / name).write_bytes(data)
    done = cli("parse", tmp_path / name)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{tmp_path / name}: {code}: ")
    assert len(done.stderr.splitlines()) == 1


def test_an_empty_file_has_its_code(cli, tmp_path):
    (tmp_path / "empty.pdf").write_bytes(b"")
    done = cli("parse", tmp_path / "empty.pdf")
    assert (done.returncode, done.stderr.split(": ")[1]) == (1, "empty_file")


def test_several_files_are_a_line_each_in_their_order(cli, folder):
    done = cli("parse", folder / "two.md", folder / "locked.pdf", folder / "one.txt")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(folder / "two.md"), str(folder / "one.txt")]


def test_files_of_the_same_stem_do_not_overwrite_each_other(cli, tmp_path):
    out = tmp_path / "out"
    (tmp_path / "ada.txt").write_text(RESUME.format(number=1))
    (tmp_path / "ada.md").write_text(RESUME.format(number=2))
    done = cli("parse", tmp_path / "ada.md", tmp_path / "ada.txt", "-o", out)
    assert done.returncode == 0, done.stderr
    mails = {path.name: json.loads(path.read_text())["basics"]["email"] for path in out.iterdir()}
    assert mails == {
        "ada.json": "ada.lindqvist2@example.org",
        "ada.txt.json": "ada.lindqvist1@example.org",
    }


def test_the_same_file_gives_the_same_bytes(cli, folder):
    twice = [cli("parse", folder / "three.pdf", "--format", "full").stdout for _ in range(2)]
    assert twice[0] == twice[1] != ""


def test_scores_as_a_table_with_reasons(cli, folder, job_file):
    done = cli("score", folder, "--job", job_file, "--explain", COLUMNS="200")
    assert done.returncode == 1, "one of the files is locked"
    assert "locked.pdf: encrypted: " in done.stderr
    assert "Ada Lindqvist" in done.stdout
    assert "required skills" in done.stdout
    assert "Python" in done.stdout


def test_scores_as_json_add_up(cli, folder, job_file):
    (folder / "locked.pdf").unlink()
    done = cli("score", folder, "--job", job_file, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    body = json.loads(done.stdout)
    assert "Python" in {skill["name"] for skill in body["requirements"]["skills"]}
    totals = [row["score"]["total"] for row in body["scores"]]
    assert len(totals) == 3
    assert totals == sorted(totals, reverse=True)
    for row in body["scores"]:
        assert row["score"]["total"] == sum(one["points"] for one in row["score"]["criteria"])


def test_a_job_that_cannot_be_read_is_one_line(cli, folder, tmp_path):
    done = cli("score", folder / "one.txt", "--job", tmp_path / "gone.txt")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "invalid_request" in done.stderr


def test_a_service_that_is_not_there_is_its_own_status(cli, folder):
    done = cli("submit", folder / "one.txt", "--url", f"http://127.0.0.1:{free_port()}")
    assert done.returncode == 3
    assert done.stderr.startswith("resume-processor: unreachable: ")


def test_a_command_line_that_does_not_fit_is_its_own_status(cli):
    assert cli("parse").returncode == 2
    assert cli("fly").returncode == 2


def test_doctor_shows_settings_and_what_answers(cli, tmp_path):
    done = cli("doctor", "--data-dir", tmp_path / "data", COLUMNS="160")
    assert done.returncode == 0, done.stdout
    for part in ("redis", "database", "files", "readers", "parser", "scoring", "application/pdf"):
        assert part in done.stdout
    assert not (tmp_path / "data").exists(), "it changes nothing"


def test_doctor_fails_where_a_given_redis_does_not_answer(cli, tmp_path):
    url = f"redis://user:hidden@127.0.0.1:{free_port()}/0"
    done = cli("doctor", "--data-dir", tmp_path / "data", REDIS_URL=url, COLUMNS="160")
    assert done.returncode == 1
    assert "does not answer" in done.stdout
    assert "hidden" not in done.stdout
