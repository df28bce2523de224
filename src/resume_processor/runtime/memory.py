"""What a server process keeps of people in its memory, and for how long."""

from __future__ import annotations

from resume_processor.runtime.forget_texts import forget_texts
from resume_processor.runtime.page_views import PageViews
from resume_processor.workflow.ports import Storage


class Memory:
    """Drops pages of deleted resumes and the texts that were looked at, every few seconds."""

    def __init__(self, pages: PageViews, storage: Storage) -> None:
        self._pages = pages
        self._storage = storage

    def step(self) -> int:
        """How many resumes were forgotten. Raises StorageUnavailable."""
        forget_texts()
        return self._pages.drop_deleted(self._storage.which_exist)
