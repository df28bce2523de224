"""Where the time of a resume goes, as spans of a trace; nothing at all while nobody traces.

The workflow names its steps here. Who traces (``runtime.tracing``, with OpenTelemetry) is told of
them from its switching on; until then a step costs the call of one function.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

Attribute = str | int


class Tracing(Protocol):
    """What keeps traces."""

    def span(
        self, name: str, attributes: dict[str, Attribute], *, parent: str | None, kind: str
    ) -> AbstractContextManager[object]:
        """A span around a block, under ``parent`` (a traceparent) or else the present span."""
        ...

    def annotate(self, attributes: dict[str, Attribute]) -> None:
        """Add to the present span."""
        ...

    def traceparent(self) -> str | None:
        """The present span in the form of W3C Trace Context, to be handed on; None outside."""
        ...


_OFF: AbstractContextManager[object] = nullcontext()
_tracing: Tracing | None = None


def switch(tracing: Tracing | None) -> None:
    """Tell ``tracing`` of everything from now on; None: nobody."""
    global _tracing  # noqa: PLW0603 - like a logger: one a process, and not the business of callers
    _tracing = tracing


def on() -> bool:
    """Whether anybody traces."""
    return _tracing is not None


def span(
    name: str, *, parent: str | None = None, kind: str = "internal", **attributes: Attribute
) -> AbstractContextManager[object]:
    """Around a step; attributes are ids, codes and figures, never what stood in a document.

    ``kind`` is one of OpenTelemetry's: internal, server, client, producer, consumer.
    """
    if _tracing is None:
        return _OFF
    return _tracing.span(name, attributes, parent=parent, kind=kind)


def annotate(**attributes: Attribute) -> None:
    """Add to the present span what is known only later."""
    if _tracing is not None:
        _tracing.annotate(attributes)


def traceparent() -> str | None:
    """What to hand on, so that what somebody else does becomes part of this trace."""
    return None if _tracing is None else _tracing.traceparent()
