"""The whole training runs on invented documents and gives models that read them."""

import json
from pathlib import Path

import pytest

from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.values import Draft
from training.align import Stream
from training.corpus import Example
from training.pipeline import prepare, train
from training.words import vocabulary_of

CASES = Path(__file__).resolve().parents[3] / "evaluation" / "cases"
STEMS = ("amara-okonkwo-plain", "grace-whitfield-markdown", "rahul-deshmukh-page",
         "mei-tanaka-plain", "tomasz-zielinski-page")  # fmt: skip


def _example(stem):
    (path,) = (CASES / "docs").glob(f"{stem}.*")
    gold = json.loads((CASES / "gold" / f"{stem}.json").read_text("utf-8"))
    return Example(stem, read_document(path.read_bytes(), Limits()), gold)


@pytest.fixture(scope="module")
def prepared():
    return [prepare(_example(stem)) for stem in STEMS]


def test_nearly_every_gold_value_is_found_in_its_document(prepared):
    wanted = sum(sum(item.truth.projection.wanted.values()) for item in prepared)
    found = sum(sum(item.truth.projection.found.values()) for item in prepared)
    assert found / wanted >= 0.97


def test_training_gives_models_that_read_what_they_saw(prepared):
    vocabulary = vocabulary_of([item.seen for item in prepared] * 2)
    cascade = train(prepared, vocabulary)
    draft = cascade.read(prepared[0].example.document, Draft())
    assert {job.name.text for job in draft.work if job.name} >= {"Kestrel Payments Ltd"}
    assert draft.basics.name is not None
    assert draft.basics.name.text == "Amara Okonkwo"


def test_a_value_is_found_across_line_breaks_and_hyphens():
    stream = Stream(["Senior", "Back", "end", "Engineer"])
    assert [(s.first, s.last) for s in stream.places("Backend Engineer")] == [(1, 3)]


def test_a_value_that_stands_nowhere_is_not_found():
    assert Stream(["Senior", "Engineer"]).places("Registered Nurse") == []
