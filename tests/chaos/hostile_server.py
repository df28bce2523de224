"""The real API in a process that kills itself at a step of an upload, or that works plainly.

CHAOS_KILL_AFTER=n: each process ends at its n-th upload, each at another step than the one before.
CHAOS_PLAIN=1: no dispatcher and no reaper; an upload is published before it is answered.
"""

import contextlib
import os
import signal
from dataclasses import replace
from itertools import count
from pathlib import Path

from resume_processor import server
from resume_processor.runtime.supervised_thread import SupervisedThread
from resume_processor.tasks import process_resume_background

#: In the order of an upload.
STEPS = ("before the file", "after the file", "after the record", "after publishing")


def create_app():
    if os.environ.get("CHAOS_PLAIN"):
        server.Background = NoBackground
        wrap = publishing_at_once
    else:
        wrap = dying(int(os.environ.get("CHAOS_KILL_AFTER", "0")))
    build = server.build_services
    server.build_services = lambda *arguments, **options: wrap(build(*arguments, **options))
    return server.create_app()


def dying(after):
    """Wraps services so that the ``after``-th upload ends the process; 0: none does."""

    def wrap(services):
        if not after:
            return services
        step, uploads = STEPS[starts_so_far(services) % len(STEPS)], count(1)

        def die_at(here):
            if here == step and next(uploads) == after:
                os.kill(os.getpid(), signal.SIGKILL)

        store_file, store_record = services.blobs.put, services.storage.add_resume

        def put(key, source):
            die_at("before the file")
            store_file(key, source)
            die_at("after the file")

        def add_resume(new):
            added = store_record(new)
            die_at("after the record")
            return added

        def publish(subject_id, dispatch):
            dispatch(subject_id)
            die_at("after publishing")

        services.blobs.put, services.storage.add_resume = put, add_resume
        return replace(
            services,
            dispatchers={
                kind: lambda subject_id, dispatch=dispatch: publish(subject_id, dispatch)
                for kind, dispatch in services.dispatchers.items()
            },
        )

    return wrap


def starts_so_far(services):
    """How many processes there were before this one, by a file that each makes longer."""
    path = Path(services.settings.data_dir) / "run" / "starts"
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as file:
        file.write("x")
    return path.stat().st_size - 1


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

    def __init__(self, _services):
        super().__init__()
        self.dispatcher = SupervisedThread("dispatcher", lambda: None)
        self.reaper = SupervisedThread("reaper", lambda: None)
