"""The only wiring: settings in, the parts of a running process out."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Self

from resume_processor.settings import Settings
from resume_processor.storage.blobs.local import LocalBlobs
from resume_processor.storage.blobs.s3 import S3Blobs
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.backlog import Backlog
from resume_processor.workflow.clock import SystemClock
from resume_processor.workflow.doorbell import Doorbell
from resume_processor.workflow.ports import (
    BlobStore,
    Clock,
    Dispatch,
    ForgetTask,
    Storage,
    WorkKind,
)
from resume_processor.workflow.viewings import Viewings

#: A block around several calls of dispatchers.
PublishedTogether = Callable[[], AbstractContextManager[object]]


def _instance_name() -> str:
    """Names this process among all: host and process id."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _no_result_backend(_task_id: str) -> None:
    """Of a process that deletes nothing."""


@dataclass(frozen=True, slots=True)
class Services:
    """What a process works with. ``dispatchers`` is empty where nothing is published from.

    What is published inside ``published_together()`` goes out at its end, all or an exception.
    """

    settings: Settings
    storage: Storage
    blobs: BlobStore
    clock: Clock = field(default_factory=SystemClock)
    wake: Doorbell = field(default_factory=Doorbell)
    backlog: Backlog = field(default_factory=Backlog)
    viewings: Viewings = field(default_factory=Viewings)
    instance: str = field(default_factory=_instance_name)
    dispatchers: Mapping[WorkKind, Dispatch] = field(default_factory=dict)
    published_together: PublishedTogether = nullcontext
    forget_task: ForgetTask = _no_result_backend

    def new_owner(self) -> str:
        """A token for one attempt: which process has it, and unlike any other."""
        return f"{self.instance}:{secrets.token_hex(8)}"

    def acting_as(self, actor: str) -> Self:
        """The same parts; what is done with them stands in the audit log under this name."""
        return replace(self, storage=self.storage.acting_as(actor))

    def close(self) -> None:
        """Give connections back."""
        self.storage.close()


def prepare(settings: Settings) -> None:
    """Make the data directory and bring the database to the current schema; safe to repeat."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate(settings.effective_database_url)


def build_services(
    settings: Settings,
    *,
    dispatchers: Mapping[WorkKind, Dispatch] | None = None,
    published_together: PublishedTogether = nullcontext,
    forget_task: ForgetTask = _no_result_backend,
    prepared: bool = False,
) -> Services:
    """Wire a process. ``prepared`` says that ``prepare`` has been called before (by a parent)."""
    if not prepared:
        prepare(settings)
    return Services(
        settings=settings,
        storage=SqlStorage(settings.effective_database_url),
        blobs=_blobs(settings),
        dispatchers=dict(dispatchers or {}),
        published_together=published_together,
        forget_task=forget_task,
    )


def _blobs(settings: Settings) -> BlobStore:
    if settings.blob_url:  # an empty variable is as good as none
        return S3Blobs(settings.blob_url)
    return LocalBlobs(settings.data_dir / "blobs")
