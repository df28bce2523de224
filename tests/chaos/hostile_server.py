"""The real API in a process that kills itself at a step of an upload, or that works plainly.

CHAOS_KILL_AFTER=n: each process ends at its n-th upload, each at another step than the one before.
CHAOS_PLAIN=1: no dispatcher and no reaper; an upload is published before it is answered.
"""

import contextlib
import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

from sqlalchemy import event

from resume_processor import server
from resume_processor.runtime.supervised_thread import SupervisedThread
from resume_processor.tasks import process_resume_background
from tests.chaos.time_limits import shorten_limits

#: In the order of an upload.
STEPS = (
    "before the file",
    "in the file",
    "after the file",
    "before the commit",
    "after the commit",
    "after publishing",
    "after noting it",
)


def create_app():
    shorten_limits()
    if os.environ.get("CHAOS_PLAIN"):
        server.Background = NoBackground
        wrap = publishing_at_once
    elif after := int(os.environ.get("CHAOS_KILL_AFTER", "0")):
        wrap = Dying(after).wrap
    else:
        return server.create_app()
    build = server.build_services
    server.build_services = lambda *arguments, **options: wrap(build(*arguments, **options))
    return server.create_app()


class Dying:
    """Ends its process when so many uploads have come to a step."""

    def __init__(self, after):
        self._left = after
        self._lock = threading.Lock()
        self._uploading = threading.local()
        self._step = None
        self._deaths = None
        self._published = 0

    def wrap(self, services):
        self._deaths = Path(services.settings.data_dir) / "run" / "deaths"
        self._deaths.parent.mkdir(exist_ok=True)
        so_far = len(self._deaths.read_text().splitlines()) if self._deaths.exists() else 0
        self._step = STEPS[so_far % len(STEPS)]
        self._wrap_file(services.blobs)
        self._wrap_record(services.storage)
        dispatchers = {kind: self._counted(one) for kind, one in services.dispatchers.items()}
        together = self._reached(services.published_together)
        return replace(services, dispatchers=dispatchers, published_together=together)

    def _reach(self, step, uploads=1):
        if step != self._step:
            return
        with self._lock:
            self._left -= uploads
            if self._left <= 0:
                with self._deaths.open("a") as file:
                    file.write(f"{step}\n")
                os.kill(os.getpid(), signal.SIGKILL)

    def _wrap_file(self, blobs):
        store = blobs.put

        def put(key, source):
            self._reach("before the file")
            store(key, Stumbling(source, lambda: self._reach("in the file")))
            self._reach("after the file")

        blobs.put = put

    def _wrap_record(self, storage):
        add, note = storage.add_resume, storage.note_dispatched

        def before_commit(_connection):
            if getattr(self._uploading, "now", False):
                self._reach("before the commit")

        event.listen(storage._database._engine, "commit", before_commit)

        def add_resume(new):
            self._uploading.now = True
            try:
                added = add(new)
            finally:
                self._uploading.now = False
            self._reach("after the commit")
            return added

        def note_dispatched(items, *, now):
            note(items, now=now)
            self._reach("after noting it", len(items))

        storage.add_resume, storage.note_dispatched = add_resume, note_dispatched

    def _counted(self, dispatch):
        def publish(subject_id):
            dispatch(subject_id)
            self._published += 1

        return publish

    def _reached(self, published_together):
        """Once they are in the broker."""

        @contextlib.contextmanager
        def together():
            self._published = 0
            with published_together():
                yield
            self._reach("after publishing", self._published)

        return together


class Stumbling:
    """A file that is read, and something that happens before its end is seen."""

    def __init__(self, source, at_the_end):
        self._source = source
        self._at_the_end = at_the_end

    def read(self, size=-1):
        data = self._source.read(size)
        if not data:
            self._at_the_end()
        return data


def publishing_at_once(services):
    """As one does without an outbox: store, publish, answer."""

    store_record = services.storage.add_resume

    def add_resume(new):
        record, is_new = store_record(new)
        process_resume_background.delay(record.id)
        return record, is_new

    services.storage.add_resume = add_resume
    return services


class NoBackground(contextlib.nullcontext):
    """Nothing runs beside the API."""

    def __init__(self, _services, *, memory=None):
        super().__init__()
        self.dispatcher = SupervisedThread("dispatcher", lambda: None)
        self.reaper = SupervisedThread("reaper", lambda: None)
