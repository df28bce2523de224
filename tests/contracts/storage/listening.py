"""How a database's listener begins and goes on. Subclasses bring ``storage`` and ``break_off``."""

from __future__ import annotations

import time
from collections.abc import Callable

from resume_processor.storage.sql.repository import SqlStorage
from tests.contracts.storage.changes import SOON, Heard, changes_of
from tests.contracts.storage.samples import new_resume


class ListeningContract:
    def test_it_begins_by_saying_that_something_may_have_changed(self, storage: SqlStorage) -> None:
        heard = Heard()
        with changes_of(storage) as changes, changes.subscribe(heard):
            assert heard.of(None)

    def test_it_goes_on_when_its_connection_breaks(
        self, storage: SqlStorage, break_off: Callable[[], None]
    ) -> None:
        heard = Heard()
        with changes_of(storage) as changes, changes.subscribe(heard):
            assert heard.of(None)
            heard.forget()
            break_off()
            assert heard.of(None)  # connected again
            heard.forget()
            storage.add_resume(new_resume())
            assert heard.of("r1")

    def test_one_that_fails_does_not_deafen_the_others(self, storage: SqlStorage) -> None:
        def fail(_changed: str | None) -> None:
            raise RuntimeError

        heard = Heard()
        with changes_of(storage) as changes, changes.subscribe(fail), changes.subscribe(heard):
            assert heard.of(None)
            heard.forget()
            storage.add_resume(new_resume())
            assert heard.of("r1")

    def test_closing_ends_the_thread(self, storage: SqlStorage) -> None:
        heard = Heard()
        with changes_of(storage) as changes, changes.subscribe(heard):
            assert heard.of(None)
        before = time.monotonic()
        changes.close()
        assert time.monotonic() - before < SOON
        heard.forget()
        storage.add_resume(new_resume())
        assert not heard.of("r1", seconds=0.2)
