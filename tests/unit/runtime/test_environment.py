from pathlib import Path

from resume_processor.runtime.environment import environment_of
from resume_processor.settings import Settings


def test_a_child_comes_to_the_same_settings(monkeypatch, tmp_path):
    settings = Settings(
        data_dir=tmp_path,
        max_attempts=7,
        lease_seconds=4.5,
        database_url="postgresql://h/n",
        blob_url="s3://bucket/files",
    )
    for name, value in environment_of(settings, "redis://r:1/0").items():
        monkeypatch.setenv(name, value)
    child = Settings()
    assert child.max_attempts == 7
    assert child.lease_seconds == 4.5
    assert child.database_url == "postgresql://h/n"
    assert child.blob_url == "s3://bucket/files"
    assert child.data_dir == tmp_path
    assert child.redis_url == "redis://r:1/0"
    assert child.model_dump(exclude={"redis_url"}) == settings.model_dump(exclude={"redis_url"})


def test_a_relative_folder_becomes_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    environment = environment_of(Settings(data_dir=Path("here")), "redis://r:1/0")
    assert environment["RESUME_PROCESSOR_DATA_DIR"] == str(tmp_path / "here")
