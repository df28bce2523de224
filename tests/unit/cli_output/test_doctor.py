"""What the doctor says about the parts that can be looked at without a service."""

import pytest

from resume_processor.cli_output import doctor
from resume_processor.cli_output.doctor import Verdict
from resume_processor.settings import Settings


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://localhost:6379/0", "redis://localhost:6379/0"),
        ("redis://:secret@host:1/0", "redis://:***@host:1/0"),
        ("postgresql://ada:secret@host/name", "postgresql://ada:***@host/name"),
        ("sqlite:////data/x.sqlite3", "sqlite:////data/x.sqlite3"),
    ],
)
def test_no_password_is_shown(url, shown):
    assert doctor.without_password(url) == shown


def test_a_folder_that_is_not_there_yet_is_a_note(tmp_path):
    finding = doctor.about_data(Settings(data_dir=tmp_path / "a" / "b"))
    assert finding.verdict is Verdict.NOTE
    assert not (tmp_path / "a").exists()


def test_a_folder_that_is_there_is_good(tmp_path):
    assert doctor.about_data(Settings(data_dir=tmp_path)).verdict is Verdict.GOOD


def test_a_file_in_the_place_of_the_folder_is_bad(tmp_path):
    (tmp_path / "data").touch()
    assert doctor.about_data(Settings(data_dir=tmp_path / "data" / "x")).verdict is Verdict.BAD


def test_a_missing_redis_matters_only_where_it_was_asked_for():
    assert doctor.without_redis("redis://x", given=True).verdict is Verdict.BAD
    assert doctor.without_redis("redis://x", given=False).verdict is Verdict.NOTE


def test_every_reader_is_named():
    assert "application/pdf" in doctor.about_readers().detail
