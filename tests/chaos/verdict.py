"""What became of the accepted, by the database: the only witness that counts."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from resume_processor.errors import NotFound, StorageUnavailable

#: Seconds without any resume becoming final after which the rest counts as lost.
PATIENCE = 120.0
PLAIN_PATIENCE = 40.0


@dataclass(frozen=True)
class Verdict:
    """Figures of one run of one scenario."""

    accepted: int
    refused: int
    finished: int
    lost: int  #: not final, unknown, or done without a result or the score it must have
    twice: int
    failed: int  #: that should not have, or not in that way
    again: int  #: that took more than one attempt
    recovery: float | None  #: seconds from the end of the fault until the next one was final
    drained: float  #: seconds from the end of the fault until all were final
    slowest: float  #: seconds until a 202
    unadvised: int  #: answers of 503 without Retry-After

    @property
    def keeps_the_promise(self):
        return not (self.lost or self.twice or self.failed or self.unadvised)


def judge(play, healed_at):
    """Wait for all that was accepted, then count. ``healed_at``: when the last fault ended."""
    ids = play.client.accepted
    _wait(play, len(ids))
    records = {one: _record(play.stage, one) for one in ids}
    finished = [record for record in records.values() if record and record.status.final]
    whole = [record for record in finished if _has_its_result(play, record)]
    ends = sorted(end for record in whole if (end := _end(play, record)) >= healed_at)
    return Verdict(
        accepted=len(ids),
        refused=play.client.refused,
        finished=len(finished),
        lost=len(ids) - len(whole),
        twice=_twice(play),
        failed=sum(not _as_expected(record, play.expected) for record in finished),
        again=sum(record.attempts > 1 for record in finished),
        recovery=(ends[0] - healed_at).total_seconds() if ends else None,
        drained=(ends[-1] - healed_at).total_seconds() if ends else 0.0,
        slowest=play.client.slowest,
        unadvised=play.client.unadvised,
    )


def now():
    return datetime.now(UTC)


def _wait(play, number):
    """Until so many are final, or nothing moves any more."""
    patience = PLAIN_PATIENCE if play.plain else PATIENCE
    best, moved_at = -1, time.monotonic()
    while best < number and time.monotonic() - moved_at < patience:
        if (final := play.finished()) > best:
            best, moved_at = final, time.monotonic()
        time.sleep(0.2)


def _record(stage, resume_id):
    while True:
        try:
            return stage.record(resume_id)
        except NotFound:
            return None
        except StorageUnavailable:
            time.sleep(0.1)


def _has_its_result(play, record):
    if record.status == "FAILED":
        return record.failure is not None
    if play.stage.services.storage.get_result(record.id) is None:
        return False
    return play.job_id is None or _score(play, record) is not None


def _end(play, record):
    """When the last thing was done that it was accepted for."""
    score = None if play.job_id is None else _score(play, record)
    return record.finished_at if score is None else score.created_at


def _score(play, record):
    try:
        return play.stage.services.storage.get_score(play.job_id, record.id)
    except NotFound:
        return None


def _as_expected(record, expected):
    code = record.failure.code if record.failure else None
    return code == expected.get(record.id)


def _twice(play):
    """Resumes that became final more than once, and uploads that became two resumes."""
    effects = sum(number > 1 for number in play.stage.effects(play.client.accepted).values())
    names, cursor = Counter(), None
    while True:
        page = play.stage.services.storage.list_resumes(tenant="default", limit=500, cursor=cursor)
        names.update(record.external_id for record in page.rows if record.external_id)
        cursor = page.cursor
        if cursor is None:
            return effects + sum(number > 1 for number in names.values())
