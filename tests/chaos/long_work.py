"""Rankings and batches that take long though they are small, where CHAOS_LONG_WORK says so.

Each resume scored and each file unpacked takes so many seconds more, and the chunks between two
commits are small, so that a few hundred of them outlive several workers.
"""

import os
import time

from resume_processor.workflow import score_candidates, unpack_batch

VARIABLE = "CHAOS_LONG_WORK"

#: Resumes or files between two commits.
CHUNK = 10


def lengthen_work():
    if VARIABLE not in os.environ:
        return
    seconds = float(os.environ[VARIABLE])
    score_candidates.CHUNK = unpack_batch.CHUNK = CHUNK
    score_candidates.LEAST_PART = 4 * CHUNK
    score_candidates.score_record = slowly(score_candidates.score_record, seconds)
    unpack_batch.store_file = slowly(unpack_batch.store_file, seconds)


def slowly(function, seconds):
    def slow(*arguments):
        time.sleep(seconds)
        return function(*arguments)

    return slow
