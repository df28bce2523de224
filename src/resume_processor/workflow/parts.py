"""The parts of the service that the workflow works with, handed in and never looked up."""

from __future__ import annotations

from typing import Protocol

from resume_processor.settings import Settings
from resume_processor.workflow.backlog import Backlog
from resume_processor.workflow.ports import BlobStore, Clock, ForgetTask, Storage, Wake
from resume_processor.workflow.viewings import Viewings


class Parts(Protocol):
    """What every workflow function takes as ``parts``; ``bootstrap.Services`` satisfies it."""

    @property
    def settings(self) -> Settings:
        """Limits, leases, pauses."""
        ...

    @property
    def storage(self) -> Storage:
        """The truth."""
        ...

    @property
    def blobs(self) -> BlobStore:
        """The uploaded files."""
        ...

    @property
    def clock(self) -> Clock:
        """The time."""
        ...

    @property
    def wake(self) -> Wake:
        """Tells the dispatcher that work waits."""
        ...

    @property
    def forget_task(self) -> ForgetTask:
        """Takes a task's result out of the result backend."""
        ...

    @property
    def viewings(self) -> Viewings:
        """Who looked at what."""
        ...

    @property
    def backlog(self) -> Backlog:
        """How much waits."""
        ...
