"""The encoder reads every piece once, with what stands around it, and says the same each time."""

import hashlib
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.layout.lines import Document
from resume_processor.parsing.models.encoder import MARGIN, WINDOW, shipped_encoder, windows
from resume_processor.parsing.models.view import view

DATA = files("resume_processor.parsing.models").joinpath("data")
TEXT = b"""Ada Example
ada@example.com

Experience
Software Engineer, Example Works, Springfield, 2019 - 2023
- Built services in Python and PostgreSQL
"""


@given(st.integers(0, 5 * WINDOW))
def test_each_piece_is_decided_once_and_with_its_neighbours(count):
    decided = []
    for start, stop, first, last in windows(count):
        assert 0 <= start <= first < last <= stop <= count
        assert stop - start <= WINDOW
        assert first == 0 or first - start >= MARGIN
        assert last == count or stop - last >= MARGIN
        decided += range(first, last)
    assert decided == list(range(count))


@pytest.fixture(scope="module")
def seen():
    return view(read_document(TEXT * 20, Limits()))


@pytest.fixture(scope="module")
def reading(seen):
    return shipped_encoder().read(seen)


def test_there_are_probabilities_for_each_token_and_each_line(seen, reading):
    assert len(reading.tokens) == len(seen.tokens)
    assert set(reading.lines) == {n for n, line in enumerate(seen.lines) if line.first < line.stop}
    for row in [*reading.tokens, *reading.lines.values()]:
        assert sum(row) == pytest.approx(1.0, abs=1e-4)
    assert {len(row) for row in reading.tokens} == {len(reading.tags)}
    assert {len(row) for row in reading.lines.values()} == {len(reading.labels)}


def test_it_says_the_same_again(seen, reading):
    again = shipped_encoder().read(seen)
    assert np.array_equal(again.tokens, reading.tokens)
    assert again.lines == reading.lines


def test_it_knows_an_employer_and_a_title(seen, reading):
    said = {
        token.text: reading.tags[int(np.argmax(row))][2:]
        for token, row in zip(seen.tokens[:40], reading.tokens, strict=False)
    }
    assert said["Software"] == said["Engineer"] == "work.position"
    assert said["Works"] == "work.name"


def test_nothing_is_said_about_a_document_without_words():
    empty = view(Document("text/plain", ()))
    assert shipped_encoder().read(empty).tokens.shape[0] == 0


def test_its_words_are_the_published_ones():
    """Single words are known as they were published: nothing was learned about any of them."""
    with DATA.joinpath("encoder.npz").open("rb") as file, np.load(file) as tables:
        digest = hashlib.sha256(tables["words"].tobytes()).hexdigest()
    assert digest == "7dce394ff2261de8e2f31e10715227150a3d46e2a3e260a14429c6b1fbadf083"
    pieces = hashlib.sha256(DATA.joinpath("pieces.txt").read_bytes()).hexdigest()
    assert pieces == "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"


def test_it_is_small():
    names = ("encoder.onnx", "encoder.npz", "encoder.json", "pieces.txt")
    assert sum(len(DATA.joinpath(name).read_bytes()) for name in names) < 25 * 1024 * 1024
