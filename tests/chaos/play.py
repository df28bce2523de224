"""What a scenario works with: a running service, its client, and what it has to tell."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import redis

from resume_processor.errors import StorageUnavailable
from tests.chaos.stage import wait_for

#: Hundredths of a second that a resume takes, so that many are in flight when something happens.
WORK = "SLEEP-5"

#: Seconds in which a service that was taken apart must be at work again.
PATIENCE = 300.0


@dataclass
class Play:
    """A running service, its client, and how many resumes to send.

    ``expected`` are the resumes that must fail, with the code; ``notes`` say what was done.
    ``job_id``: a job for which each of them must have a score in the end.
    """

    stage: Any
    client: Any
    resumes: int
    proxies: dict[str, Any] = field(default_factory=dict)
    postgres: Any = None
    hosts: Any = None
    away_seconds: float = 60.0
    plain: bool = False
    job_id: str | None = None
    expected: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def upload(self, share=1.0, addition=WORK):
        """A share of the resumes; returns the ids of those that were accepted."""
        return self.client.upload(round(self.resumes * share), addition)

    def expect(self, ids, code):
        self.expected |= dict.fromkeys(ids, code)

    def note(self, text):
        self.notes.append(text)

    def wait_for_progress(self, share=0.1):
        """Until some are done."""
        wait_for(lambda: self.finished() >= self.resumes * share, PATIENCE)

    def wait_for_more(self, number=5):
        """Until some more are done than now, or all of them."""
        enough = min(self.finished() + number, len(self.client.accepted))
        self.wait_until(lambda: self.finished() >= enough)

    def wait_until(self, ask):
        """Until it is so; without what keeps work from loss, which may be never, not for long."""
        if not self.plain:
            wait_for(ask, PATIENCE)
            return
        deadline = time.monotonic() + 20
        while not ask() and time.monotonic() < deadline:
            time.sleep(0.1)

    def finished(self):
        """How many are done: final, or where a job is there, scored for it."""
        while True:
            try:
                return self._scored() if self.job_id else self._final()
            except StorageUnavailable:
                time.sleep(0.1)

    def _scored(self):
        return self.stage.services.storage.scoring_progress(self.job_id).scored

    def _final(self):
        counts = self.stage.services.storage.count_resumes()
        return sum(number for status, number in counts.items() if status.final)

    def redis(self):
        return redis.Redis.from_url(self.stage.redis.url)


@dataclass(frozen=True)
class Scenario:
    """``needs`` are what the stage must have: see ``setting_up``.

    ``loses_plainly``: without what keeps work from loss, some is lost; ``refuses``: uploads may be
    refused in it, and how many; ``plain``: whether it can be tried without those parts at all.
    """

    play: Callable[[Play], Any]
    needs: dict[str, Any] = field(default_factory=dict)
    loses_plainly: bool = False
    refuses: bool = False
    plain: bool = True
