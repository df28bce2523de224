"""A real worker in which certain words of a document do harm, as a broken library might.

KILL-THE-PROCESS ends the child as a crash in native code does; SLEEP-n takes n tenths of a second;
HANG never comes back, whatever signal arrives.
"""

import ctypes
import os
import re
import signal
import sys
import time

from resume_processor.celery_config import celery_worker
from resume_processor.workflow import process_resume


def harmful(read):
    def read_document(data, limits):
        if b"KILL-THE-PROCESS" in data:
            os.kill(os.getpid(), signal.SIGKILL)
        if found := re.search(rb"SLEEP-(\d+)", data):
            time.sleep(int(found[1]) / 10)
        if b"HANG" in data:
            while True:
                ctypes.CDLL(None).sleep(1000)
        return read(data, limits)

    return read_document


if __name__ == "__main__":
    process_resume.read_document = harmful(process_resume.read_document)
    celery_worker.main(sys.argv[1:])
