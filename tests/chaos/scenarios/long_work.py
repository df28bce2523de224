"""The worker is killed in work that is longer than the lives of several workers.

Without a dispatcher there is no such work: its parts and what comes out of it are never published.
"""

import io
import os
import signal
import zipfile

import httpx

from resume_processor.workflow.identifiers import derived_id
from tests.chaos.play import PATIENCE, Scenario
from tests.chaos.stage import RESUME, wait_for

#: More than a piece of work may be tried (``max_attempts``), though it gets on each time.
KILLS = 6

#: How far it comes between two kills.
BETWEEN = 30


def kill_ranking(play):
    """While a job is scored against all resumes."""
    ids = play.upload(addition="")
    wait_for(lambda: play.finished() >= len(ids), PATIENCE)
    play.job_id = post(play, "jobs", json={"text": "Software Engineer. Required: Python."})
    for _ in range(KILLS):
        play.wait_for_more(BETWEEN)
        kill_group(play)
    play.note(f"{KILLS} process groups killed while ranking")


def kill_batch(play):
    """While a zip file is taken apart."""
    batch_id = post_batch(play)
    for number in range(1, KILLS + 1):
        come_out = min(number * BETWEEN, play.resumes)
        play.wait_until(lambda least=come_out: unpacked(play, batch_id) >= least)
        kill_group(play)
    play.note(f"{KILLS} process groups killed while unpacking")


def kill_group(play):
    os.killpg(play.stage.pid("worker"), signal.SIGKILL)


def post_batch(play):
    """One zip file; its resumes count as accepted, whether or not they ever come out of it."""
    headers = {"Content-Type": "application/zip"}
    batch_id = post(play, "batches", content=archive_of(play.resumes), headers=headers)
    created_at = play.stage.services.storage.get_batch(batch_id).batch.created_at
    play.client.accepted += [
        derived_id(created_at, f"{batch_id}/{number}") for number in range(play.resumes)
    ]
    return batch_id


def post(play, what, **body):
    """Returns the id."""
    response = httpx.post(f"{play.client.urls[0]}/v1/{what}", timeout=60, **body)
    response.raise_for_status()
    return response.json()["id"]


def archive_of(number):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for one in range(number):
            archive.writestr(f"{one}.txt", f"{RESUME}\n{one}")
    return file.getvalue()


def unpacked(play, batch_id):
    return sum(play.stage.services.storage.get_batch(batch_id).counts.values())


NEEDS = {"environment": {"CHAOS_LONG_WORK": "0.03"}}

SCENARIOS = {
    "kill-ranking": Scenario(kill_ranking, NEEDS, plain=False),
    "kill-batch": Scenario(kill_batch, NEEDS, plain=False),
}
