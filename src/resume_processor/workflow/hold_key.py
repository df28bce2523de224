"""While a request under an Idempotency-Key is worked on, another one under it is told so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from resume_processor.errors import RequestInFlight, ServiceError
from resume_processor.workflow.parts import Parts

#: How long a hold lasts that is not renewed, in seconds. So long a client that comes back is told
#: to wait where the process that had its request was killed.
HOLD_SECONDS = 10.0


@contextmanager
def key_held(
    key: str | None, tenant: str, holder: str, parts: Parts
) -> Iterator[Callable[[], None]]:
    """Holds the key for as long as the block runs; raises RequestInFlight where another one does.

    Yields what renews the hold, for blocks that may take longer than ``HOLD_SECONDS``. What the
    block stores under the key ends the hold in the same transaction.
    """
    if key is None:
        yield lambda: None
        return

    def hold() -> None:
        now = parts.clock.now()
        until = now + timedelta(seconds=HOLD_SECONDS)
        if parts.storage.hold_key(key, tenant=tenant, holder=holder, now=now, until=until):
            return
        if not parts.storage.is_key_used(key, tenant=tenant):  # else both only ask for it again
            raise RequestInFlight

    hold()
    try:
        yield hold
    except BaseException:
        with suppress(ServiceError):  # then it runs out by itself
            parts.storage.drop_hold(key, tenant=tenant, holder=holder)
        raise
