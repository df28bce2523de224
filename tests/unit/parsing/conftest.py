from __future__ import annotations

from collections.abc import Callable

import pytest

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.layout.lines import Document
from resume_processor.parsing.section_kind import SectionKind
from resume_processor.parsing.values import LabelledLine
from resume_processor.settings import Settings


@pytest.fixture
def read() -> Callable[[str], Document]:
    limits = Limits.from_settings(Settings())
    return lambda text: read_document(text.encode(), limits)


@pytest.fixture
def lines_as(
    read: Callable[[str], Document],
) -> Callable[[SectionKind, str], list[LabelledLine]]:
    """The lines of a text, all in one section."""

    def build(kind: SectionKind, text: str) -> list[LabelledLine]:
        return [LabelledLine(line, i, kind) for i, line in enumerate(read(text).lines)]

    return build
