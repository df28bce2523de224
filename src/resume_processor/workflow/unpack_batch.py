"""The files of a batch become resumes, some at a time, going on where an attempt stopped."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from resume_processor.errors import (
    BacklogFull,
    DocumentError,
    EmptyUpload,
    InvalidRequest,
    LeaseLost,
    StorageUnavailable,
    TooLarge,
)
from resume_processor.resume.record import Failure
from resume_processor.workflow.attempt import (
    Attempt,
    KeepLease,
    claim,
    handed_back_on_error,
    without_heartbeat,
)
from resume_processor.workflow.backlog import refuse_when_disk_is_full
from resume_processor.workflow.batch_archive import BatchArchive, Member, open_batch
from resume_processor.workflow.file_names import display_name
from resume_processor.workflow.identifiers import derived_id
from resume_processor.workflow.parts import Parts
from resume_processor.workflow.ports import Batch, NewResume, WorkKind
from resume_processor.workflow.receive_resume import blob_key_for, store_file

#: Files taken out between two commits.
CHUNK = 100

#: Longest time that one attempt goes on before others get their turn, in seconds.
TURN_SECONDS = 20.0

_NOTHING = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class UnpackingSummary:
    """What a task returns: how many files of the batch are resumes by now."""

    batch_id: str
    unpacked: int
    finished: bool

    def to_json(self) -> dict[str, Any]:
        """As it goes into the result backend."""
        return {"batch_id": self.batch_id, "unpacked": self.unpacked, "finished": self.finished}


@dataclass(frozen=True, slots=True)
class _Progress:
    """How many files were taken out, of how many bytes together; kept with the work item."""

    files: int = 0
    size: int = 0

    def __str__(self) -> str:
        return f"{self.files} {self.size}"

    @classmethod
    def read(cls, text: str | None) -> _Progress:
        return cls(*map(int, text.split())) if text else cls()


def unpack_batch(
    batch_id: str,
    parts: Parts,
    *,
    owner: str,
    keep_lease: KeepLease = without_heartbeat,
) -> UnpackingSummary | None:
    """Take the files out of a batch, each one once. None where the work is a duplicate.

    A file that is no good is one FAILED resume, and the rest goes on. Raises LeaseLost where
    another worker took over.
    """
    attempt = claim(WorkKind.UNPACK_BATCH, batch_id, owner, parts)
    if attempt is None:
        return None
    with keep_lease(attempt), handed_back_on_error(attempt):
        batch = parts.storage.get_batch(batch_id).batch
        done, failure = _Progress.read(attempt.work.progress), None
        if done.files != batch.expected:  # else only its end was not noted
            try:
                done = _unpack(batch, done, attempt)
            except (DocumentError, InvalidRequest) as error:
                failure = Failure(error.code, error.message)
        if failure is None and done.files != batch.expected:
            attempt.hand_back(pause=timedelta(0), error=None, refund=True)
            return UnpackingSummary(batch_id, done.files, finished=False)
        _finish(batch, done, failure, attempt)
    parts.wake()
    return UnpackingSummary(batch_id, done.files, finished=True)


def _unpack(batch: Batch, done: _Progress, attempt: Attempt) -> _Progress:
    """One turn: chunk after chunk, until the end or until the time is up."""
    end = time.monotonic() + TURN_SECONDS
    with _archive_of(batch, attempt.parts) as archive:
        while chunk := archive.members[done.files : done.files + CHUNK]:
            done = _store_chunk(chunk, archive, batch, done, attempt)
            attempt.parts.wake()
            if time.monotonic() > end:
                break
    return done


@contextmanager
def _archive_of(batch: Batch, parts: Parts) -> Iterator[BatchArchive]:
    assert batch.blob_key is not None  # kept until the end of the unpacking is noted
    with (
        parts.blobs.local_path(batch.blob_key) as path,
        path.open("rb") as file,
        open_batch(file, parts.settings) as archive,
    ):
        yield archive


def _store_chunk(
    chunk: Sequence[Member],
    archive: BatchArchive,
    batch: Batch,
    done: _Progress,
    attempt: Attempt,
) -> _Progress:
    _refuse_when_disk_is_full(attempt.parts)
    members = []
    for member in chunk:
        members.append(_store(member, archive, batch, done, attempt.parts))
        done = _Progress(done.files + 1, done.size + members[-1].size)
    kept = attempt.parts.storage.add_members(
        members,
        batch_id=batch.id,
        owner=attempt.owner,
        progress=str(done),
        now=attempt.parts.clock.now(),
    )
    if not kept:
        raise LeaseLost  # the files are the other's by now: they have the same names
    return done


def _store(
    member: Member, archive: BatchArchive, batch: Batch, done: _Progress, parts: Parts
) -> NewResume:
    """The file of one member on the disk, and what is to be noted of it."""
    new = _new_resume(member, batch)
    try:
        _refuse_when_too_much(done, parts)
        with archive.open(member) as source:
            stored = store_file(new.blob_key, source, parts)
    except (DocumentError, EmptyUpload) as error:
        return replace(new, failure=Failure(error.code, error.message))
    return replace(new, size=stored.size, sha256=stored.sha256)


def _new_resume(member: Member, batch: Batch) -> NewResume:
    """Always the same for the same file, so that a second attempt writes over the first one's."""
    resume_id = derived_id(batch.created_at, f"{batch.id}/{member.index}")
    return NewResume(
        id=resume_id,
        tenant=batch.tenant,
        file_name=display_name(member.name),
        size=0,
        sha256=_NOTHING,
        blob_key=blob_key_for(resume_id),
        # in the order of the archive, wherever they are listed by time
        now=batch.created_at + timedelta(microseconds=member.index),
        priority=batch.priority,
        job_id=batch.job_id,
        batch_id=batch.id,
    )


def _finish(batch: Batch, done: _Progress, failure: Failure | None, attempt: Attempt) -> None:
    """The file goes before its end is noted, so that none is left that nothing names."""
    if batch.blob_key is not None:
        attempt.parts.blobs.delete(batch.blob_key)
    finished = attempt.parts.storage.finish_batch(
        batch.id,
        owner=attempt.owner,
        size=done.files,
        failure=failure,
        now=attempt.parts.clock.now(),
    )
    if not finished:
        raise LeaseLost


def _refuse_when_too_much(done: _Progress, parts: Parts) -> None:
    most = parts.settings.max_batch_unpacked_bytes
    if done.size > most:
        raise TooLarge(
            f"The files of the batch are larger than {most} bytes (max_batch_unpacked_bytes)."
        )


def _refuse_when_disk_is_full(parts: Parts) -> None:
    """Nobody waits for an answer here: it is tried again until there is room."""
    try:
        refuse_when_disk_is_full(parts)
    except BacklogFull as error:
        raise StorageUnavailable(error.message) from error
