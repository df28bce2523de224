"""Pages of stored files: their words, and their pictures, made when somebody looks.

A file is untrusted, so both are made in a child process under the limits of reading. The latest
ones are kept in the memory of this process only. Nothing of a resume that was deleted can be asked
for, because the record is looked up first; and whichever process deleted it, what is kept of it is
dropped when the change is told, or at the next ``drop_deleted``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import structlog

from resume_processor.documents.limits import Limits
from resume_processor.errors import CorruptDocument, DocumentError, NotFound, ResumeProcessorError
from resume_processor.resume.record import ResumeRecord
from resume_processor.runtime.child_pool import ChildLimits, run_in_children
from resume_processor.runtime.page_cache import PageCache
from resume_processor.runtime.untrusted import WARM, pages_of, picture_of
from resume_processor.settings import Settings
from resume_processor.workflow.ports import BlobStore

O = TypeVar("O")  # noqa: E741 - an output

#: Documents whose words, and pages whose pictures, are kept.
LAYOUTS, PICTURES = 64, 64

#: Children at work at the same time; who asks for more waits.
AT_A_TIME = 2

#: The kinds of errors that a child may answer with, by code.
_KINDS: tuple[type[ResumeProcessorError], ...] = (*DocumentError.__subclasses__(), NotFound)
KNOWN_ERRORS = {kind.code: kind for kind in _KINDS}

log = structlog.get_logger(__name__)


class PageViews:
    """Thread-safe."""

    def __init__(self, blobs: BlobStore, settings: Settings) -> None:
        self._blobs = blobs
        self._settings = settings
        self._limits = Limits.from_settings(settings)
        self._turns = threading.BoundedSemaphore(AT_A_TIME)
        self._layouts: PageCache[list[dict[str, Any]]] = PageCache(LAYOUTS)
        self._pictures: PageCache[bytes] = PageCache(PICTURES)

    def layout(self, record: ResumeRecord) -> list[dict[str, Any]]:
        """The pages as ``layout.encoding`` writes them. Raises DocumentErrors and NotFound."""
        return self._layouts.get_or_make(record.id, 0, lambda: self._read_layout(record.blob_key))

    def picture(self, record: ResumeRecord, number: int) -> bytes:
        """Page ``number`` (from 1) as PNG. Raises DocumentErrors and NotFound."""
        return self._pictures.get_or_make(
            record.id, number, lambda: self._draw_picture(record.blob_key, number)
        )

    def on_change(self, resume_id: str | None) -> None:
        """Something happened to a resume, its deletion for one: the next look makes it anew."""
        if resume_id is not None:
            self._layouts.forget(resume_id)
            self._pictures.forget(resume_id)

    def drop_deleted(self, which_exist: Callable[[Sequence[str]], frozenset[str]]) -> int:
        """Forget the resumes that are not there any more; how many. For changes nobody told of."""
        kept = self._layouts.resumes() | self._pictures.resumes()
        gone = kept - which_exist(sorted(kept)) if kept else frozenset()
        for resume_id in gone:
            self.on_change(resume_id)
        return len(gone)

    def _read_layout(self, blob_key: str) -> list[dict[str, Any]]:
        with self._turns:
            return in_child(
                partial(pages_of, limits=self._limits), self._bytes(blob_key), self._settings
            )

    def _draw_picture(self, blob_key: str, number: int) -> bytes:
        with self._turns:
            return in_child(
                partial(picture_of, number=number, limits=self._limits),
                self._bytes(blob_key),
                self._settings,
            )

    def _bytes(self, blob_key: str) -> bytes:
        with self._blobs.open(blob_key) as source:
            return source.read()


def in_child(function: Callable[[bytes], O], data: bytes, settings: Settings) -> O:
    """What ``function`` makes of an untrusted file, in a process that may die of it.

    Raises DocumentErrors and NotFound as the function did, CorruptDocument where it went wrong.
    """
    (done,) = run_in_children(
        function,
        [data],
        workers=1,
        limits=ChildLimits(settings.read_seconds, settings.max_memory_bytes),
        preload=WARM,
    )
    if done.defect is not None:
        log.error("reading_failed", defect=done.defect)
    if done.failure is not None:
        kind = KNOWN_ERRORS.get(done.failure.code, CorruptDocument)
        raise kind(done.failure.message)
    assert done.output is not None
    return done.output
