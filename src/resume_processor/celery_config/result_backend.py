"""Celery's Redis result backend, fitted to tasks whose id follows from their subject's."""

from __future__ import annotations

from typing import Any

from celery import states
from celery.backends.redis import RedisBackend


class ResultBackend(RedisBackend):  # type: ignore[misc]
    """Stores and reads results as Celery's own does, with two differences.

    Publishing subscribes to nothing. Celery's subscribes the publisher to the channel of each task,
    for a ``get()`` that may come: three times the cost of a publish, and a subscription that a
    server never drops. ``get()`` works all the same and subscribes when it is called.

    A new success replaces an older one. Celery's keeps the first for ever, but a resume that is
    processed again has the same task id; what a task returns here always is the stored truth, so
    the later one is never worse.
    """

    def on_task_call(self, producer: object, task_id: str) -> None:
        """Nothing: see above."""

    def _store_result(
        self,
        task_id: str,
        result: Any,
        state: str,
        traceback: Any = None,
        request: Any = None,
        **options: Any,
    ) -> Any:
        if state != states.SUCCESS:
            return super()._store_result(task_id, result, state, traceback, request, **options)
        meta = self._get_result_meta(
            result=result, state=state, traceback=traceback, request=request
        )
        meta["task_id"] = task_id
        self._set_with_state(self.get_key_for_task(task_id), self.encode(meta), state)
        return result
