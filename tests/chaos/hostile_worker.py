"""A real worker in which certain words of a document do harm, as a broken library might.

KILL-THE-PROCESS ends the child as a crash in native code does; SLEEP-n takes n hundredths of a
second; HANG never comes back, whatever signal arrives; QUOTE-THE-DOCUMENT raises an error
that has all of it.
"""

import ctypes
import os
import re
import signal
import sys
import time
from pathlib import Path

from resume_processor.celery_config import celery_worker
from resume_processor.celery_config.celery_app import celery_app
from resume_processor.runtime import keep_lease
from resume_processor.workflow import process_resume

sys.path.append(str(Path(__file__).parents[2]))
from tests.chaos.long_work import lengthen_work
from tests.chaos.time_limits import shorten_limits

#: Seconds after which a hanging document is given up; Celery's own limits are minutes.
OVERDUE = "CHAOS_OVERDUE_SECONDS"


def harmful(read):
    def read_document(data, limits):
        if b"KILL-THE-PROCESS" in data:
            os.kill(os.getpid(), signal.SIGKILL)
        if found := re.search(rb"SLEEP-(\d+)", data):
            time.sleep(int(found[1]) / 100)
        if b"QUOTE-THE-DOCUMENT" in data:
            raise ValueError(data.decode())
        if b"HANG" in data:
            hang()
        return read(data, limits)

    return read_document


def hang():
    """In native code, where no Python signal handler ever gets to run."""
    signals = {signal.SIGALRM, signal.SIGUSR1, signal.SIGUSR2, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    ctypes.CDLL(None).sleep(1000)


def be_plain():
    """Celery as it comes, but for the given settings."""
    celery_app.conf.update(
        broker_transport_options={},
        redis_socket_timeout=120.0,
        redis_socket_connect_timeout=None,
        redis_socket_keepalive=False,
        redis_backend_health_check_interval=None,
        result_backend_transport_options={},
    )


def main():
    if os.environ.get("CHAOS_PLAIN"):
        be_plain()
    process_resume.read_document = harmful(process_resume.read_document)
    if OVERDUE in os.environ:
        keep_lease.OVERDUE_SECONDS = float(os.environ[OVERDUE])
    shorten_limits()
    lengthen_work()
    celery_worker.main(sys.argv[1:])


if __name__ == "__main__":
    main()
