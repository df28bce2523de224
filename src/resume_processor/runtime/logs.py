"""Logs of every process: one JSON object a line, or coloured text on a terminal.

What goes in are ids, codes and figures; nothing that stood in a document.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from resume_processor.resume.record import task_id_for
from resume_processor.workflow.describe_error import describe
from resume_processor.workflow.ports import WorkKind

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


#: Loggers that bring handlers of their own, whose lines would be no JSON and quote exceptions.
_WITH_HANDLERS = ("uvicorn", "uvicorn.error", "uvicorn.access")


def configure_logging(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Send structlog and the standard library's loggers alike to ``stream`` (standard error)."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(terminal=stream.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _WITH_HANDLERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)  # a query may name somebody
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def names_of(kind: WorkKind, subject_id: str) -> dict[str, str]:
    """What a line about a piece of work carries, so that all lines about it can be found."""
    name = "resume_id" if kind is WorkKind.PROCESS_RESUME else "job_id"
    return {name: subject_id, "task_id": task_id_for(subject_id)}


def _formatter(*, terminal: bool) -> logging.Formatter:
    renderer: Any = structlog.processors.JSONRenderer(sort_keys=True)
    if terminal:
        renderer = structlog.dev.ConsoleRenderer()
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_SHARED, structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _describe_exception,
            renderer,
        ],
    )


def _describe_exception(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Type and place of an exception, never its message: it may quote a document."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, tuple) and isinstance(info[1], BaseException):
        event.update(describe(info[1]))
    return event
