import io
import json
import logging

import pytest
import structlog

from resume_processor.runtime.logs import configure_logging


@pytest.fixture
def lines():
    """Logs one thing and gives the JSON objects that were written."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    stream = io.StringIO()
    configure_logging(stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def test_our_own_lines_are_json(lines):
    structlog.get_logger("ours").info("processed", resume_id="r-1", status="DONE")
    [line] = lines()
    assert line["event"] == "processed"
    assert (line["resume_id"], line["status"], line["level"]) == ("r-1", "DONE", "info")
    assert line["timestamp"].endswith("Z")


def test_other_libraries_lines_are_json_too(lines):
    logging.getLogger("celery.worker").warning("Connection to %s lost", "broker")
    [line] = lines()
    assert line["event"] == "Connection to broker lost"
    assert line["logger"] == "celery.worker"


def test_an_exception_is_named_and_never_quoted(lines):
    for logger in (logging.getLogger("library"), structlog.get_logger("ours")):
        try:
            int("Jane Example")
        except ValueError:
            logger.exception("failed")
    first, second = lines()
    for line in (first, second):
        assert line["error"] == "ValueError"
        assert "test_logs.py" in line["where"]
        assert "Jane" not in json.dumps(line)


@pytest.mark.parametrize("name", ["celery.worker.strategy", "celery.app.trace"])
def test_celerys_lines_about_each_task_are_for_debugging(lines, name):
    logging.getLogger(name).info("Task %s received", "t")
    assert lines() == []
    logging.getLogger(name).error("Task %s failed", "t")
    [line] = lines()
    assert line["level"] == "error"
    configure_logging(logging.DEBUG, io.StringIO())
    assert logging.getLogger(name).isEnabledFor(logging.INFO)


def test_the_level_is_respected(lines):
    structlog.get_logger("ours").debug("detail")
    logging.getLogger("library").debug("detail")
    assert lines() == []
