"""How every storage tells of changes. Subclasses bring ``storage`` with a method ``changes``."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from resume_processor.errors import NotFound
from resume_processor.resume.record import ResumeRecord, ResumeStatus, Stage
from resume_processor.workflow.clock import SystemClock
from resume_processor.workflow.ports import EnteredStage
from tests.contracts.storage.samples import at, claim, done, finish, job, new_resume

#: Longer than any change takes to be told of, in seconds.
SOON = 10.0


def soon(seconds: float = SOON) -> datetime:
    return SystemClock().now() + timedelta(seconds=seconds)


@contextmanager
def changes_of(storage: Any) -> Iterator[Any]:
    changes = storage.changes(SystemClock())
    try:
        yield changes
    finally:
        changes.close()


class Heard:
    """Collects what is told."""

    def __init__(self) -> None:
        self._told: list[str | None] = []
        self._rung = threading.Condition()

    def __call__(self, changed: str | None) -> None:
        with self._rung:
            self._told.append(changed)
            self._rung.notify_all()

    def forget(self) -> None:
        with self._rung:
            self._told.clear()

    def of(self, resume_id: str | None, seconds: float = SOON) -> bool:
        """Whether it is told of the resume, or of anything that may be it."""
        with self._rung:
            return self._rung.wait_for(
                lambda: resume_id in self._told or None in self._told, timeout=seconds
            )


class ChangesContract:
    def test_the_record_now_and_after_each_change(self, storage: Any) -> None:
        storage.add_resume(new_resume())
        steps: list[Callable[[], object]] = [
            lambda: claim(storage),
            lambda: storage.enter_stages(
                "r1", [EnteredStage(Stage.SCORING, at(2))], owner="worker"
            ),
            lambda: storage.finish_resume("r1", done(), owner="worker", now=at(3)),
        ]
        seen: list[tuple[ResumeStatus, Stage]] = []
        with changes_of(storage) as changes:
            for record in changes.watch("r1", until=soon()):
                seen.append((record.status, record.stage))
                if steps:
                    threading.Timer(0.02, steps.pop(0)).start()
        assert seen == [
            (ResumeStatus.RECEIVED, Stage.QUEUED),
            (ResumeStatus.PROCESSING, Stage.READING),
            (ResumeStatus.PROCESSING, Stage.SCORING),
            (ResumeStatus.DONE, Stage.FINISHED),
        ]

    def test_a_change_is_told_at_once(self, storage: Any) -> None:
        storage.add_resume(new_resume())
        with changes_of(storage) as changes:
            watched = changes.watch("r1", until=soon())
            next(watched)
            time.sleep(0.5)  # the listener is there
            claim(storage)
            before = time.monotonic()
            record: ResumeRecord = next(watched)
            took = time.monotonic() - before
            watched.close()
        assert record.status is ResumeStatus.PROCESSING
        assert took < 0.75  # sooner than the look that is had anyway

    def test_it_ends_in_time(self, storage: Any) -> None:
        storage.add_resume(new_resume())
        with changes_of(storage) as changes:
            before = time.monotonic()
            seen = list(changes.watch("r1", until=soon(0.3)))
            took = time.monotonic() - before
        assert [record.status for record in seen] == [ResumeStatus.RECEIVED]
        assert 0.25 < took < SOON

    def test_a_final_record_is_told_once(self, storage: Any) -> None:
        finish(storage)
        with changes_of(storage) as changes:
            seen = list(changes.watch("r1", until=soon()))
        assert [record.status for record in seen] == [ResumeStatus.DONE]

    def test_what_is_unknown_or_goes(self, storage: Any) -> None:
        storage.add_resume(new_resume())
        with changes_of(storage) as changes:
            with pytest.raises(NotFound):
                next(changes.watch("r404", until=soon()))
            watched = changes.watch("r1", until=soon())
            next(watched)
            storage.delete_resume("r1", tenant="default", now=at(1))
            with pytest.raises(NotFound):
                next(watched)

    def test_who_subscribes_hears_of_resumes_and_of_jobs(self, storage: Any) -> None:
        heard = Heard()
        with changes_of(storage) as changes, changes.subscribe(heard):
            time.sleep(0.3)
            heard.forget()
            storage.add_resume(new_resume())
            assert heard.of("r1")
            heard.forget()
            storage.add_job(job())
            assert heard.of(None)

    def test_who_left_hears_nothing(self, storage: Any) -> None:
        heard = Heard()
        with changes_of(storage) as changes:
            with changes.subscribe(heard):
                time.sleep(0.3)
            heard.forget()
            storage.add_resume(new_resume())
            assert not heard.of("r1", seconds=0.3)
