"""What a search looks in."""

from __future__ import annotations

import pytest

from resume_processor.storage import search_text
from resume_processor.storage.transitions import received
from tests.contracts.storage.samples import new_resume, parsed


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("José NÚÑEZ", "jose nunez"),
        ("Straße", "strasse"),
        ("ﬁnance", "finance"),
        ("Ĳssel", "ijssel"),
        ("Nguyễn", "nguyen"),
        ("a\x00b\ud800", "ab?"),
    ],
)
def test_case_accents_and_ligatures_do_not_matter(text: str, folded: str) -> None:
    assert search_text.fold(text) == folded


def test_file_name_id_name_and_skills() -> None:
    record = received(new_resume(external_id="X-42", file_name="CV.pdf")).record
    text = search_text.search_text(record, parsed("Ana Sá", "Rust"))
    assert text.split("\n") == ["cv.pdf", "x-42", "ana sa", "rust rust tools"]


def test_before_there_is_a_result() -> None:
    record = received(new_resume(file_name="CV.pdf")).record
    assert search_text.search_text(record, None).strip() == "cv.pdf"
    assert search_text.candidate_name(None) is None


def test_it_is_bounded() -> None:
    record = received(new_resume()).record
    text = search_text.search_text(record, parsed("A", *["skill"] * 5_000))
    assert len(text) == search_text.MAX_LENGTH


@pytest.mark.parametrize("result", [{}, {"resume": {}}, {"resume": {"basics": {"name": ""}}}])
def test_results_without_a_name(result: dict[str, object]) -> None:
    assert search_text.candidate_name(result) is None
