"""Logs of every process: one JSON object a line, or coloured text on a terminal.

What goes in are ids, codes and figures; nothing that stood in a document.
"""

from __future__ import annotations

import json
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

#: Celery's, with two lines about each task, received and succeeded: our own line says more, and
#: Celery's events say both to who watches. On the level of debugging they are there.
_ABOUT_EACH_TASK = ("celery.worker.strategy", "celery.app.trace")


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
    for name in _ABOUT_EACH_TASK:
        logging.getLogger(name).setLevel(logging.WARNING if level == logging.INFO else level)
    # Which thread and process a line is from goes into no line, and finding it out costs.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
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
    if not terminal:
        return _JsonLines()
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_SHARED, structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _describe_exception,
            structlog.dev.ConsoleRenderer(),
        ],
    )


class _JsonLines(logging.Formatter):
    """What structlog's formatter makes with the same processors, at a third of the cost.

    A worker writes a line a task.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object."""
        # a dictionary is from structlog, and has gone through the chain
        line = {**record.msg} if isinstance(record.msg, dict) else self._of_library(record)
        return _JSON.encode(_describe_exception(None, "", line))

    def _of_library(self, record: logging.LogRecord) -> dict[str, Any]:
        line: dict[str, Any] = {"event": record.getMessage(), "logger": record.name}
        if record.exc_info:
            line["exc_info"] = record.exc_info
        for process in _SHARED:
            line = process(None, record.levelname.lower(), line)
        return line


_JSON = json.JSONEncoder(sort_keys=True, default=repr)


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
