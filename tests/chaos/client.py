"""Uploads as an application does: over HTTP, some at a time, again with the same key if need be."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from tests.chaos.stage import RESUME

#: Uploads under way at a time.
THREADS = 4

#: Longest pause before the same upload is tried again, in seconds, whatever was advised.
LONGEST_PAUSE = 0.5


@dataclass
class Client:
    """What was accepted, in order; ``refused`` is what never got a 202."""

    urls: list[str]
    patience: float = 300.0  #: seconds in which an upload is tried again
    accepted: list[str] = field(default_factory=list)
    refused: int = 0
    slowest: float = 0.0  #: seconds until a 202, while the API ran
    uploads: int = 0
    answers: Counter = field(default_factory=Counter)  #: by status
    unadvised: int = 0  #: answers of 503 that did not say when to come back

    def upload(self, number, addition=""):
        """Several resumes; returns the ids of those that were accepted."""
        first, self.uploads = self.uploads, self.uploads + number
        with httpx.Client(timeout=30) as client, ThreadPoolExecutor(THREADS) as pool:
            found = list(
                pool.map(lambda n: self._one(client, n, addition), range(first, first + number))
            )
        ids = [one for one in found if one is not None]
        self.accepted += ids
        self.refused += len(found) - len(ids)
        return ids

    def _one(self, client, number, addition):
        deadline, tries = time.monotonic() + self.patience, 0
        while time.monotonic() < deadline:
            begin, tries = time.monotonic(), tries + 1
            url = self.urls[(number + tries) % len(self.urls)]
            try:
                response = self._send(client, url, number, addition)
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            self.answers[response.status_code] += 1
            if response.status_code == 202:
                self.slowest = max(self.slowest, time.monotonic() - begin)
                return response.json()["id"]
            advice = float(response.headers.get("retry-after", 0))
            self.unadvised += response.status_code == 503 and advice == 0
            time.sleep(min(max(advice, 0.1), LONGEST_PAUSE))
        return None

    def _send(self, client, url, number, addition):
        return client.post(
            f"{url}/v1/resumes",
            files={"file": ("resume.txt", f"{RESUME}\n{addition} {number}".encode())},
            data={"external_id": f"upload-{number}"},
            headers={"Idempotency-Key": f"upload-{number}"},
        )

    def wait_until_up(self):
        """Until each API answers."""
        deadline = time.monotonic() + 300
        for url in self.urls:
            while True:
                try:
                    if httpx.get(f"{url}/livez").status_code == 200:
                        break
                except httpx.TransportError:
                    time.sleep(0.1)
                if time.monotonic() > deadline:
                    raise TimeoutError("the API does not start")
