"""The API dies in the middle of uploads, hangs, or has no room for more."""

import os
import signal
import time

from tests.chaos.client import THREADS
from tests.chaos.hostile_server import STEPS
from tests.chaos.play import PATIENCE, Scenario
from tests.chaos.stage import wait_for


def kill_api_in_uploads(play):
    play.upload()
    died = (play.stage.settings.data_dir / "run" / "deaths").read_text().splitlines()
    assert set(died) == set(STEPS), f"no death {sorted(set(STEPS) - set(died))}"
    play.note(f"{len(died)} deaths at {len(STEPS)} steps")


def kill_dispatcher(play):
    """Its process, in the middle of publishing: little is published at a time."""
    for _ in range(3):
        play.upload(1 / 3)
        play.stage.kill("server")
    play.note("3 deaths while publishing")


def silent_server(play):
    """It is there and does nothing: no answer, no turn of the dispatcher."""
    play.upload(0.5)
    os.kill(play.stage.pid("server"), signal.SIGSTOP)
    begin = time.monotonic()
    play.upload(0.5)
    assert play.stage.restarts("server") == 1
    play.note(f"accepting again after {time.monotonic() - begin:.0f} s")


def backlog_full(play):
    """More comes than may wait, while nobody works: told to come back, and taken later."""
    play.stage.stop("worker")
    play.client.patience = 2.0
    limit = play.stage.settings.max_backlog
    play.upload(0.5)
    waiting = len(play.client.accepted)
    assert limit <= waiting <= limit + THREADS, f"{waiting} wait where {limit} may"
    play.stage.start("worker")
    play.client.patience = 300.0
    play.upload(0.5)
    play.note(f"{play.client.answers[503]} answers of 503")


def full_disk(play):
    """Not a byte is left for files, database and Redis."""
    play.upload(0.5)
    ballast = play.stage.settings.data_dir / "ballast"
    fill(ballast)
    play.client.patience = 2.0
    play.upload(0.1)
    time.sleep(3)
    ballast.unlink()
    play.client.patience = 300.0
    play.upload(0.5)
    play.note(f"{play.client.answers[503]} answers of 503")


def disk_nearly_full(play):
    """Less is left than the setting asks for: uploads are refused, what was taken goes on."""
    play.upload(0.5)
    ballast = play.stage.settings.data_dir / "ballast"
    fill(ballast, leaving=play.stage.settings.min_free_bytes // 2)
    play.client.patience = 1.0
    assert not play.upload(0.1)
    wait_for(lambda: play.finished() == len(play.client.accepted), PATIENCE)
    ballast.unlink()
    play.client.patience = 300.0
    play.upload(0.5)
    play.note(f"{play.client.answers[503]} answers of 503")


def fill(path, leaving=0):
    """A file that takes what is free."""
    with path.open("wb", buffering=0) as file:  # a buffer would want its room when it is closed
        try:
            while free_bytes(path) > leaving:
                file.write(b"\0" * 65536)
        except OSError:
            return


def free_bytes(path):
    disk = os.statvfs(path)
    return max(disk.f_bavail * disk.f_frsize, 1 if disk.f_bavail == 0 else 0)


SCENARIOS = {
    "kill-api-in-uploads": Scenario(kill_api_in_uploads, {"die_after_share": 0.1}, plain=False),
    "kill-dispatcher": Scenario(kill_dispatcher, {"dispatch_window": 20}),
    "silent-server": Scenario(silent_server, {"silent_seconds": 8.0}, plain=False),
    "backlog-full": Scenario(backlog_full, {"max_backlog": 100}, refuses=True, plain=False),
    "disk-full": Scenario(full_disk, {"disk_megabytes": 48, "min_free_bytes": 0}, refuses=True),
    "disk-nearly-full": Scenario(
        disk_nearly_full,
        {"disk_megabytes": 64, "min_free_bytes": 16 * 1024**2},
        refuses=True,
        plain=False,
    ),
}
