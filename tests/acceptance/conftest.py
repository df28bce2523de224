"""A command line, a running service, files of invented people."""

from __future__ import annotations

import pytest

from tests.acceptance.harness import HOPELESS, JOB, RESUME, pdf_of, run_cli, running_service


@pytest.fixture(scope="session")
def cli():
    return run_cli


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def folder(tmp_path):
    """Three readable files and one hopeless one."""
    (tmp_path / "one.txt").write_text(RESUME.format(number=1))
    (tmp_path / "two.md").write_text(RESUME.format(number=2))
    (tmp_path / "three.pdf").write_bytes(pdf_of(RESUME.format(number=3)))
    (tmp_path / "locked.pdf").write_bytes(HOPELESS["locked.pdf"][0])
    return tmp_path


@pytest.fixture
def job_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("job") / "job.txt"
    path.write_text(JOB)
    return path
