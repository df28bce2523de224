"""The part of a server process that publishes and reaps, alone: a program for the tests to kill."""

import signal
import threading

from resume_processor.bootstrap import build_services
from resume_processor.celery_config.publishing import published_together
from resume_processor.runtime.background import Background
from resume_processor.settings import Settings
from resume_processor.tasks import (
    process_resume_background,
    score_job_background,
    unpack_batch_background,
)
from resume_processor.workflow.ports import WorkKind


def main():
    dispatchers = {
        WorkKind.PROCESS_RESUME: process_resume_background.delay,
        WorkKind.SCORE_JOB: score_job_background.delay,
        WorkKind.UNPACK_BATCH: unpack_batch_background.delay,
    }
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    services = build_services(
        Settings(), dispatchers=dispatchers, published_together=published_together, prepared=True
    )
    with Background(services):
        stop.wait()


if __name__ == "__main__":
    main()
