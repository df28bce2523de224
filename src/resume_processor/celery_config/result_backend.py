"""Celery's Redis result backend, fitted to tasks whose id follows from their subject's."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from celery import states
from celery.backends.redis import RedisBackend

from resume_processor.celery_config.late_states import LateStates

#: What Celery's backend does in several commands: its own ``_store_result`` and ``_set``.
_STORE = """
if ARGV[3] ~= 'SUCCESS' then
  local known = redis.call('GET', KEYS[1])
  if known and cjson.decode(known)['status'] == 'SUCCESS' then return 0 end
end
if tonumber(ARGV[2]) > 0 then redis.call('SETEX', KEYS[1], ARGV[2], ARGV[1])
else redis.call('SET', KEYS[1], ARGV[1]) end
redis.call('PUBLISH', KEYS[1], ARGV[1])
return 1
"""


class ResultBackend(RedisBackend):  # type: ignore[misc]
    """Stores and reads results as Celery's own does, with four differences.

    Publishing subscribes to nothing. Celery's subscribes the publisher to the channel of each task,
    for a ``get()`` that may come: three times the cost of a publish, and a subscription that a
    server never drops. ``get()`` works all the same and subscribes when it is called.

    A new success replaces an older one. Celery's keeps the first for ever, but a resume that is
    processed again has the same task id; what a task returns here always is the stored truth, so
    the later one is never worse.

    Whether another state may be stored (not over a success) is asked and done in one step, inside
    the server: one message instead of two, and no success that comes in between is lost. A success
    takes the same way, which costs half of a transaction of several commands.

    That a task has started is stored where it still runs after a moment. Most are over by then, and
    storing what nobody could see cost them a tenth of their queueing.
    """

    @cached_property
    def _store(self) -> Any:
        return self.client.register_script(_STORE)

    @cached_property
    def _late(self) -> LateStates:
        return LateStates()

    def over(self, task_id: str) -> None:
        """The task does not run any more, whether or not a result will be stored."""
        self._late.drop(task_id)

    def forget(self, task_id: str) -> None:
        """Delete what is stored of a task, and what waits to be."""
        self._late.drop(task_id)
        super().forget(task_id)

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
        del options
        meta = self._get_result_meta(
            result=result, state=state, traceback=traceback, request=request
        )
        meta["task_id"] = task_id
        key, value = self.get_key_for_task(task_id), self.encode(meta)
        expires = self.failure_expires if state == states.FAILURE else self.expires
        asked = {"keys": [key], "args": [value, int(expires or 0), state]}
        if state == states.STARTED:
            self._late.put(task_id, lambda: self._store(**asked))
            return result
        self._late.drop(task_id)
        self.ensure(lambda: self._store(**asked), ())
        return result
