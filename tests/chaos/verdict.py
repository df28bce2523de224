"""What became of the accepted, by the database: the only witness that counts."""

import time
from collections import Counter
from dataclasses import dataclass

from resume_processor.errors import NotFound, StorageUnavailable

#: Seconds without any resume becoming final after which the rest counts as lost.
PATIENCE = 40.0


@dataclass(frozen=True)
class Verdict:
    """Figures of one run of one scenario."""

    scenario: str
    accepted: int
    refused: int
    finished: int
    lost: int
    twice: int
    failed: int  #: that should not have
    recovery: float  #: seconds from the end of the last fault until all were final
    slowest: float  #: seconds until a 202

    @property
    def good(self):
        return self.lost == 0 and self.twice == 0 and self.failed == 0


def judge(scenario, stage, client, *, healed_at, expected_failures=()):
    """Wait for all that was accepted, then count."""
    statuses = _wait(stage, client.accepted)
    done_at = time.monotonic()
    finished = [one for one, status in statuses.items() if status is not None and status.final]
    failed = [one for one in finished if statuses[one] == "FAILED" and one not in expected_failures]
    return Verdict(
        scenario=scenario,
        accepted=len(client.accepted),
        refused=client.refused,
        finished=len(finished),
        lost=len(client.accepted) - len(finished),
        twice=_twice(stage, client),
        failed=len(failed),
        recovery=max(0.0, done_at - healed_at),
        slowest=client.slowest,
    )


def _wait(stage, ids):
    """The status of each id, once all are final or nothing moves any more."""
    best, moved_at = -1, time.monotonic()
    while True:
        statuses = {one: _status(stage, one) for one in ids}
        final = sum(status is not None and status.final for status in statuses.values())
        if final > best:
            best, moved_at = final, time.monotonic()
        if final == len(ids) or time.monotonic() - moved_at > PATIENCE:
            return statuses
        time.sleep(0.1)


def _status(stage, resume_id):
    while True:
        try:
            return stage.record(resume_id).status
        except NotFound:
            return None
        except StorageUnavailable:
            time.sleep(0.1)


def _twice(stage, client):
    """Resumes that became final more than once, and uploads that became two resumes."""
    effects = sum(number > 1 for number in stage.effects(client.accepted).values())
    names, cursor = Counter(), None
    while True:
        page = stage.services.storage.list_resumes(tenant="default", limit=500, cursor=cursor)
        names.update(record.external_id for record in page.rows)
        cursor = page.cursor
        if cursor is None:
            return effects + sum(number > 1 for number in names.values())
