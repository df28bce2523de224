"""Kombu's Redis transport, fitted to very many short commands."""

from __future__ import annotations

from typing import Any

from kombu.transport import redis


class Channel(redis.Channel):
    """Sends all its commands through one client.

    Kombu makes a client for each command, five of them a task, and making one costs more than the
    command. A client holds nothing but its pool of connections, which is one in any case.
    """

    _only_client: Any = None

    def _create_client(self, asynchronous: bool = False) -> Any:  # noqa: FBT001, FBT002 - kombu's
        if asynchronous:  # those have a connection of their own each
            return super()._create_client(asynchronous=True)  # type: ignore[no-untyped-call]
        client = self._only_client
        if client is None or client.connection_pool is not self.pool:
            client = self._only_client = super()._create_client()  # type: ignore[no-untyped-call]
        return client


class Transport(redis.Transport):
    """Kombu's, with our channels."""

    Channel = Channel
