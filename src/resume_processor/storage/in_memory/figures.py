"""The running totals and the workers that are there, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from resume_processor.storage.in_memory.tables import Part
from resume_processor.workflow.figures import Total
from resume_processor.workflow.stored_values import WorkerSign


class MemoryFigures(Part):
    """``FigureStore``."""

    def totals(self) -> Mapping[Total, float]:
        """See ``FigureStore``."""
        with self._lock:
            return dict(self._tables.totals)

    def sign_on(self, sign: WorkerSign, *, forget_before: datetime) -> None:
        """See ``FigureStore``."""
        with self._lock:
            workers = self._tables.workers
            for gone in [w.instance for w in workers.values() if w.seen_at < forget_before]:
                del workers[gone]
            workers[sign.instance] = sign

    def sign_off(self, instance: str) -> None:
        """See ``FigureStore``."""
        with self._lock:
            self._tables.workers.pop(instance, None)

    def workers(self, *, seen_after: datetime) -> Sequence[WorkerSign]:
        """See ``FigureStore``."""
        with self._lock:
            signs = sorted(self._tables.workers.values(), key=lambda sign: sign.instance)
        return tuple(sign for sign in signs if sign.seen_at > seen_after)
