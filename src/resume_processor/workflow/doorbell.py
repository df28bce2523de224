"""The wake-up of a dispatcher in the same process."""

from __future__ import annotations

import threading


class Doorbell:
    """Rung after a commit; whoever waits for it goes on at once. Never blocks the one who rings."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def __call__(self) -> None:
        """Ring. Rings that come together count as one."""
        self._rung.set()

    def wait(self, seconds: float) -> bool:
        """Until it rings or ``seconds`` have passed; whether it rang since the last wait."""
        rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang
