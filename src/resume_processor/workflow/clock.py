"""The real clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Aware UTC datetime."""
        return datetime.now(UTC)
