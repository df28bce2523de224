import os

import pytest

from resume_processor.runtime import progress
from resume_processor.runtime.progress import VARIABLE, mark_progress, seconds_since_progress
from resume_processor.runtime.server_program import SilentServer, server_program
from resume_processor.runtime.worker_program import DeafWorker, worker_program
from resume_processor.settings import Settings


class Queue:
    """Stands at a given length."""

    def __init__(self, length):
        self.length = length

    def depth(self):
        return self.length


class Time:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_a_mark_is_as_old_as_it_is(monkeypatch, tmp_path):
    file = tmp_path / "progress"
    assert seconds_since_progress(file) == float("inf")
    monkeypatch.setenv(VARIABLE, str(file))
    mark_progress()
    assert seconds_since_progress(file) < 5


def test_marks_of_a_moment_are_one(monkeypatch, old_mark):
    time = Time()
    monkeypatch.setattr(progress.time, "monotonic", time)
    monkeypatch.setenv(VARIABLE, str(old_mark))
    ages = []
    for time.now in (0, 0.1, 0.25):
        mark_progress()
        ages.append(old_mark.stat().st_mtime)
        os.utime(old_mark, (1, 1))
    assert [age == 1 for age in ages] == [False, True, False]


def test_without_a_file_there_is_no_mark(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    mark_progress()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def old_mark(tmp_path):
    """Left by a worker that was ready once."""
    file = tmp_path / "progress"
    file.touch()
    os.utime(file, (1, 1))
    return file


def test_a_worker_is_deaf_when_messages_wait_and_it_does_nothing(old_mark):
    queue, time = Queue(3), Time()
    deaf = DeafWorker(queue, old_mark, 60, monotonic=time)
    assert not deaf()
    time.now = 59
    assert not deaf()
    time.now = 61
    assert deaf()


def test_a_worker_that_starts_has_more_time(old_mark):
    queue, time = Queue(3), Time()
    deaf = DeafWorker(queue, old_mark, 60, start_seconds=120, monotonic=time)
    deaf.forget()
    assert not old_mark.exists()
    assert not deaf()
    time.now = 119
    assert not deaf()
    time.now = 121
    assert deaf()


def test_an_empty_queue_in_between_starts_the_count_again(old_mark):
    queue, time = Queue(3), Time()
    deaf = DeafWorker(queue, old_mark, 60, monotonic=time)
    assert not deaf()
    time.now, queue.length = 50, 0
    assert not deaf()
    time.now, queue.length = 61, 3
    assert not deaf()


def test_a_worker_that_makes_progress_is_not_deaf(tmp_path):
    queue, time = Queue(3), Time()
    file = tmp_path / "progress"
    deaf = DeafWorker(queue, file, 60, monotonic=time)
    deaf.forget()
    assert not deaf()
    file.touch()
    time.now = 100
    assert not deaf()


def test_a_server_is_silent_when_its_dispatcher_makes_no_turn(old_mark):
    silent = SilentServer(old_mark, 60)
    assert silent()
    old_mark.touch()
    assert not silent()


def test_a_server_that_starts_has_more_time(old_mark):
    time = Time()
    silent = SilentServer(old_mark, 60, start_seconds=120, monotonic=time)
    time.now = 1000
    silent.forget()
    time.now = 1119
    assert not silent()
    time.now = 1121
    assert silent()


def test_a_disk_that_is_full_does_not_keep_anybody_from_work(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "no such folder" / "progress"))
    mark_progress()


def test_no_two_programs_mark_the_same_file(tmp_path):
    settings = Settings(data_dir=tmp_path)
    programs = [
        *(worker_program(settings, {}, workers=1, redis_url="redis://127.0.0.1:1") for _ in "12"),
        *(server_program(settings, {}, host="127.0.0.1", port=1) for _ in "12"),
    ]
    assert len({program.environment[VARIABLE] for program in programs}) == 4
