"""The command line starts fast and ends with a status that says what happened."""

import subprocess
import sys

import pytest

from resume_processor import cli
from resume_processor.errors import BrokerUnavailable, InvalidRequest

HEAVY = ("fastapi", "celery", "sqlalchemy", "uvicorn", "httpx", "rich", "lxml", "pypdfium2",
         "pydantic_settings", "resume_processor.parsing.parse_resume")  # fmt: skip


def test_nothing_heavy_is_imported_for_the_help():
    program = f"import sys, resume_processor.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("error", "status"), [(BrokerUnavailable(), 3), (InvalidRequest("Port 1 is taken."), 1)]
)
def test_an_error_of_ours_is_one_line_and_a_status(monkeypatch, capsys, error, status):
    def fail(**_given):
        raise error

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == status
    assert capsys.readouterr().err == f"resume-processor: {error.code}: {error}\n"


def test_options_come_before_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("RESUME_PROCESSOR_WORKERS", "7")
    monkeypatch.setenv("RESUME_PROCESSOR_DATA_DIR", "elsewhere")
    settings = cli.settings_from(data_dir=tmp_path, workers=None)
    assert (settings.data_dir, settings.workers) == (tmp_path, 7)


def test_there_is_at_least_one_core():
    assert cli.cores() >= 1
