"""What the models say, as a whole, of documents that have led them astray."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume

SAMPLES = sorted(
    path
    for path in (Path(__file__).parents[4] / "samples").iterdir()
    if path.suffix in {".pdf", ".docx"}
)


def texts(value: Any) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_value_is_punctuation_alone(path: Path) -> None:
    result = parse_resume(read_document(path.read_bytes(), Limits()), fast=False)
    found = list(texts(result.resume))
    assert found
    assert [text for text in found if not re.search(r"\w", text)] == []
