"""Every folder of tests/golden holds an invented person's document and what must be read from it.

``expected.json`` is the whole record, so that what is absent must stay absent, too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.errors import NotAResume
from resume_processor.layout.lines import Document
from resume_processor.parsing.assemble import assemble
from resume_processor.parsing.draft_by_rules import draft_by_rules
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.parsing.segment import segment
from resume_processor.resume.encoding import json_resume_document, to_json
from resume_processor.resume.json_resume import validate
from resume_processor.resume.parsed_resume import ParsedResume
from resume_processor.settings import Settings

#: The day on which ongoing jobs are looked at.
AS_OF = date(2024, 6, 30)
GOLDEN = Path(__file__).parents[2] / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "expected.json").exists())


def document_of(case: str) -> Document:
    (path,) = GOLDEN.joinpath(case).glob("document.*")
    return read_document(path.read_bytes(), Limits.from_settings(Settings()))


def expected_of(case: str) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((GOLDEN / case / "expected.json").read_text("utf-8"))
    return expected


def record_of(parsed: ParsedResume) -> dict[str, Any]:
    encoded = to_json(parsed)
    return {
        "record": json_resume_document(parsed),
        "facts": encoded["facts"],
        "doubts": [doubt["code"] for doubt in encoded["warnings"]],
    }


def scalars(value: Any, pointer: str = "") -> Iterator[str]:
    """JSON Pointers of all values that are neither objects nor arrays."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from scalars(inner, f"{pointer}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from scalars(inner, f"{pointer}/{index}")
    else:
        yield pointer


RESUMES = [case for case in CASES if "error" not in expected_of(case)]


def test_there_are_cases() -> None:
    assert len(RESUMES) >= 10
    assert {folder.name for folder in GOLDEN.iterdir()} == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_what_is_read(case: str) -> None:
    expected = expected_of(case)
    if "error" in expected:
        with pytest.raises(NotAResume):
            parse_resume(document_of(case))
        return
    assert record_of(by_rules(document_of(case))) == expected


def by_rules(document: Document) -> ParsedResume:
    """What the rules alone read; they read all languages that no model has learned."""
    draft = draft_by_rules(segment(document))
    return assemble(draft, document, parser_version="rules", as_of=AS_OF)


def test_the_models_agree_with_nearly_all_of_it() -> None:
    wanted: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for case in RESUMES:
        wanted += leaves(expected_of(case)["record"])
        found += leaves(json_resume_document(parse_resume(document_of(case), AS_OF)))
    right = (wanted & found).total()
    assert right >= 0.93 * wanted.total()
    assert right >= 0.93 * found.total()


def leaves(record: dict[str, Any]) -> Counter[tuple[str, str]]:
    """Values with the names of their fields, wherever they stand in a list."""
    return Counter(
        (re.sub(r"/\d+", "", pointer), str(value))
        for pointer, value in zip(scalars(record), values_of(record), strict=True)
    )


def values_of(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from values_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from values_of(inner)
    else:
        yield value


@pytest.mark.parametrize("case", RESUMES)
def test_every_value_has_its_evidence(case: str) -> None:
    document = document_of(case)
    parsed = parse_resume(document)
    pointers = set(scalars(json_resume_document(parsed)))
    assert pointers == set(parsed.evidence)
    pages = {page.number: page for page in document.pages}
    for evidence in parsed.evidence.values():
        assert evidence.source
        assert evidence.rule
        assert 0 < evidence.confidence <= 1
        assert evidence.places
        for place in evidence.places:
            boxes = [word.box for line in pages[place.page].lines for word in line.words]
            assert min(b.x0 for b in boxes) <= place.box.x0
            assert place.box.x1 <= max(b.x1 for b in boxes)


@pytest.mark.parametrize("case", RESUMES)
def test_the_source_stands_in_the_document(case: str) -> None:
    document = document_of(case)
    words = {word.text for line in document.lines for word in line.words}
    for evidence in parse_resume(document).evidence.values():
        for piece in evidence.source.split():
            assert piece in words or any(piece.startswith(word) for word in words)


@pytest.mark.parametrize("case", RESUMES)
def test_the_record_follows_the_schema(case: str) -> None:
    validate(parse_resume(document_of(case)).resume)


DIGEST = """
import sys
sys.path.insert(0, sys.argv[1])
import test_golden
print(test_golden.digest())
"""


def digest() -> str:
    """Of everything that is read from all cases, as the database would keep it."""
    state = hashlib.sha256()
    for case in RESUMES:
        encoded = to_json(parse_resume(document_of(case)))
        state.update(json.dumps(encoded, ensure_ascii=False).encode())
    return state.hexdigest()


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_same_bytes_give_the_same_json_in_every_process(seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DIGEST, str(Path(__file__).parent)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    assert done.stdout.strip() == digest()
