"""How long to wait before another attempt."""

from __future__ import annotations

import random
from datetime import timedelta

from resume_processor.settings import Settings


def pause_before_retry(attempts: int, settings: Settings) -> timedelta:
    """Exponential in the attempts made so far, with full jitter in its upper half.

    The jitter keeps a thousand resumes that failed together from coming back together.
    """
    doubled = settings.retry_base_seconds * 2.0 ** min(max(attempts, 1) - 1, 32)
    longest = min(doubled, settings.retry_max_seconds)
    return timedelta(seconds=random.uniform(longest / 2, longest))  # noqa: S311 - no secret
