"""Celery's limits in seconds instead of minutes, where CHAOS_TIME_LIMITS says so: soft,hard.

They are set on the tasks: options of a worker's command line do not beat the configuration, and
the one who publishes sends them along.
"""

import os

from resume_processor.tasks import process_resume_background, score_job_background

VARIABLE = "CHAOS_TIME_LIMITS"


def shorten_limits():
    if VARIABLE not in os.environ:
        return
    soft, hard = (float(seconds) for seconds in os.environ[VARIABLE].split(","))
    for task in (process_resume_background, score_job_background):
        task.soft_time_limit, task.time_limit = soft, hard
