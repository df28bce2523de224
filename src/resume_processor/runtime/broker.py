"""Redis as the engine sees it beside Celery: does it answer, how long is the queue, is it safe."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

import redis

from resume_processor.errors import BrokerUnavailable

#: Celery's default queue; each of its priorities is a list of its own.
QUEUE = "celery"
_PRIORITY_SEPARATOR = "\x06\x16"
_PRIORITIES = (3, 6, 9)
_LISTS = (QUEUE, *(f"{QUEUE}{_PRIORITY_SEPARATOR}{step}" for step in _PRIORITIES))

_TIMEOUT_SECONDS = 2.0


class Broker:
    """One Redis. Every call answers or raises BrokerUnavailable within a few seconds."""

    def __init__(self, url: str, *, timeout: float = _TIMEOUT_SECONDS) -> None:
        self._client = redis.Redis.from_url(
            url, socket_timeout=timeout, socket_connect_timeout=timeout
        )

    def ping(self) -> None:
        """Raises BrokerUnavailable."""
        self._call("PING")

    def depth(self) -> int:
        """Messages that wait in the queue and that no worker has taken yet."""
        try:
            with self._client.pipeline(transaction=False) as asked:
                for name in _LISTS:
                    asked.llen(name)
                return sum(asked.execute())
        except (redis.RedisError, OSError) as error:
            raise BrokerUnavailable from error

    def warnings(self) -> Sequence[str]:
        """Settings of the server under which messages may vanish; for an operator to read.

        Nothing accepted is lost then either, but it is found and published again later.
        """
        try:
            return [*self._eviction_warning(), *self._persistence_warning()]
        except BrokerUnavailable as error:
            return [error.message]

    def shut_down(self) -> None:
        """End the server, after it has written what it holds."""
        with suppress(redis.RedisError, OSError):
            self._client.shutdown(nosave=True)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _eviction_warning(self) -> list[str]:
        policy = self._config("maxmemory-policy")
        if policy in (None, "noeviction"):
            return []
        return [f"maxmemory-policy is {policy}: the queue may be evicted; set it to noeviction"]

    def _persistence_warning(self) -> list[str]:
        if self._config("appendonly") != "no":
            return []
        return ["appendonly is no: a restart of Redis empties the queue; set it to yes"]

    def _config(self, name: str) -> str | None:
        """A setting of the server; None where it does not tell (managed services forbid it)."""
        try:
            answer = cast("dict[str, str]", self._client.config_get(name))
        except redis.ResponseError:
            return None
        except redis.RedisError as error:
            raise BrokerUnavailable from error
        return answer.get(name)

    def _call(self, *command: str) -> Any:
        try:
            return self._client.execute_command(*command)  # type: ignore[no-untyped-call]
        except (redis.RedisError, OSError) as error:
            raise BrokerUnavailable from error
