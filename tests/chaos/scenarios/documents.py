"""Documents that kill their worker or never end."""

from tests.chaos.play import Scenario


def poison(play):
    """Ends its process each time: given up after the attempt limit, in nobody's way."""
    play.upload(0.5)
    play.expect(play.client.upload(10, "KILL-THE-PROCESS"), "worker_crashed")
    play.upload(0.5)
    play.note("10 of them fail as they must")


def hanging(play):
    """Past the time for one document; two of them where no signal reaches."""
    play.upload(0.5)
    play.expect(play.client.upload(2, "HANG"), "timed_out")
    play.expect(play.client.upload(2, "SLEEP-6000"), "timed_out")
    play.upload(0.5)
    play.note("4 of them fail as they must")


def hanging_past_celery(play):
    """Past Celery's soft limit, and two of them past its hard one as well."""
    play.upload(0.5)
    play.expect(play.client.upload(2, "HANG"), "worker_crashed")
    play.expect(play.client.upload(2, "SLEEP-6000"), "timed_out")
    play.upload(0.5)
    play.note("4 of them fail as they must")


SCENARIOS = {
    "poison": Scenario(poison, loses_plainly=True),
    "hanging": Scenario(
        hanging, {"read_seconds": 3.0, "environment": {"CHAOS_OVERDUE_SECONDS": "5"}}
    ),
    "hanging-past-celery": Scenario(
        hanging_past_celery,
        {"read_seconds": 600.0, "environment": {"CHAOS_TIME_LIMITS": "3,6"}},
    ),
}
