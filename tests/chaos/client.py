"""Uploads as an application does: over HTTP, some at a time, again with the same key if need be."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from tests.chaos.stage import RESUME

#: Uploads under way at a time.
THREADS = 4


@dataclass
class Client:
    """What was accepted, in order; ``refused`` is what never got a 202."""

    url: str
    patience: float = 60.0  #: seconds in which an upload is tried again
    accepted: list[str] = field(default_factory=list)
    refused: int = 0
    slowest: float = 0.0  #: seconds until a 202, while the API ran
    uploads: int = 0

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
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline:
            begin = time.monotonic()
            try:
                response = client.post(
                    f"{self.url}/v1/resumes",
                    files={"file": ("resume.txt", f"{RESUME}\n{addition} {number}".encode())},
                    data={"external_id": f"upload-{number}"},
                    headers={"Idempotency-Key": f"upload-{number}"},
                )
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            if response.status_code == 202:
                self.slowest = max(self.slowest, time.monotonic() - begin)
                return response.json()["id"]
            time.sleep(0.1)
        return None

    def wait_until_up(self):
        """Until the API answers."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/livez").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise TimeoutError("the API does not start")
