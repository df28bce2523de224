"""``doctor``: what is configured, and what of it answers. Changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from rich.console import Console
from rich.table import Table
from rich.text import Text

from resume_processor.documents.capabilities import capabilities
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import READERS
from resume_processor.errors import BrokerUnavailable, ResumeProcessorError
from resume_processor.parsing.parse_resume import parser_version
from resume_processor.resume.record import Failure
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.child_pool import ChildLimits, run_in_children
from resume_processor.runtime.embedded_redis import find_server
from resume_processor.runtime.untrusted import WARM, parse_bytes
from resume_processor.scoring.score_resume import SCORING_VERSION
from resume_processor.settings import Settings
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.pipeline import is_fast

#: An invented person, for the check that reading and parsing work on this machine.
SAMPLE = b"""Ada Example
ada@example.org | +44 20 7946 0000

Experience
Engineer, Example Works, 2018 - 2021

Skills
Python, SQL
"""


class Verdict(StrEnum):
    """How a part stands. Only ``BAD`` keeps the service from running."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "failed"


STYLES = {Verdict.GOOD: "green", Verdict.NOTE: "yellow", Verdict.BAD: "red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part."""

    part: str
    verdict: Verdict
    detail: str


def examine(settings: Settings) -> bool:
    """Print settings and findings; whether the service can run."""
    console = Console()
    console.print(settings_table(settings))
    findings = []
    table = Table(title="What answers", title_justify="left")
    for column in ("part", "", "detail"):
        table.add_column(column, overflow="fold")
    for finding in findings_about(settings):
        findings.append(finding)
        mark = Text(finding.verdict.value, style=STYLES[finding.verdict])
        table.add_row(finding.part, mark, Text(finding.detail))
    console.print(table)
    return all(finding.verdict is not Verdict.BAD for finding in findings)


def settings_table(settings: Settings) -> Table:
    """Where everything is, and which settings differ from the defaults."""
    table = Table(title="What is configured", title_justify="left")
    for column in ("setting", "value", "from"):
        table.add_column(column, overflow="fold")
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        if value != field.default or name in ("redis_url", "database_url", "data_dir"):
            origin = "default" if value == field.default else "environment or option"
            shown = without_password(value) if isinstance(value, str) else str(value)
            table.add_row(name, Text(shown), origin)
    return table


def findings_about(settings: Settings) -> Iterator[Finding]:
    """One part after the other."""
    yield about_data(settings)
    yield about_database(settings)
    yield from about_redis(settings)
    yield about_readers()
    yield from about_capabilities()
    yield about_parser(settings)
    yield Finding("scoring", Verdict.GOOD, f"version {SCORING_VERSION}")


def about_data(settings: Settings) -> Finding:
    """Whether files can be kept."""
    folder = settings.data_dir.resolve()
    if folder.is_dir():
        writable = os.access(folder, os.W_OK)
        return Finding(
            "files",
            Verdict.GOOD if writable else Verdict.BAD,
            f"{folder} {'is writable' if writable else 'cannot be written to'}",
        )
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if there.is_dir() and os.access(there, os.W_OK):
        return Finding("files", Verdict.NOTE, f"{folder} will be made at the first start")
    return Finding("files", Verdict.BAD, f"{folder} cannot be made")


def about_database(settings: Settings) -> Finding:
    """Whether the database answers."""
    url = settings.effective_database_url
    if url.startswith("sqlite") and not Path(url.removeprefix("sqlite:///")).exists():
        return Finding("database", Verdict.NOTE, "SQLite, made at the first start")
    storage = SqlStorage(url)
    try:
        storage.ping()
    except ResumeProcessorError as error:
        return Finding("database", Verdict.BAD, f"{without_password(url)}: {error.message}")
    finally:
        storage.close()
    return Finding("database", Verdict.GOOD, f"{without_password(url)} answers")


def about_redis(settings: Settings) -> Iterator[Finding]:
    """Whether Redis answers, and is set up so that it keeps the queue."""
    shown = without_password(settings.redis_url)
    broker = Broker(settings.redis_url)
    try:
        broker.ping()
        yield Finding("redis", Verdict.GOOD, f"{shown} answers")
        for warning in broker.warnings():
            yield Finding("redis", Verdict.NOTE, warning)
    except BrokerUnavailable:
        yield without_redis(shown, given="REDIS_URL" in os.environ)
    finally:
        broker.close()


def without_redis(shown: str, *, given: bool) -> Finding:
    """What it means that nothing answers."""
    if given:
        return Finding("redis", Verdict.BAD, f"{shown} does not answer")
    try:
        server = find_server()
    except BrokerUnavailable as error:
        return Finding("redis", Verdict.BAD, f"nothing at {shown}. {error.message}")
    detail = f"nothing at {shown}: `up` starts a private one ({server.name})"
    return Finding("redis", Verdict.NOTE, f"{detail}; many machines need REDIS_URL")


def about_readers() -> Finding:
    """Which types of files can be read."""
    return Finding("readers", Verdict.GOOD, ", ".join(one.media_type for one in READERS))


def about_capabilities() -> Iterator[Finding]:
    """Which optional programs are used, and what is done without them."""
    for one in capabilities():
        yield Finding(one.name, Verdict.GOOD if one.is_available else Verdict.NOTE, one.detail)


def about_parser(settings: Settings) -> Finding:
    """Whether a small document comes out right, in a child with the memory limit of a worker."""
    (done,) = run_in_children(
        partial(parse_bytes, limits=Limits.from_settings(settings), fast=is_fast(settings)),
        [SAMPLE],
        workers=1,
        limits=ChildLimits(settings.read_seconds, settings.max_memory_bytes),
        preload=WARM,
    )
    if done.output is None:
        failure = done.failure or Failure("no_answer", "no answer")
        detail = f"a sample failed: {failure.code}: {failure.message}"
        return Finding("parser", Verdict.BAD, detail)
    version = parser_version(fast=is_fast(settings))
    return Finding("parser", Verdict.GOOD, f"version {version}; a sample was parsed")


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    if not parts.password:
        return url
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:***@{place}"))
