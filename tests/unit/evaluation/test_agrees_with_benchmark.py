"""The project's own metrics and the benchmark's scorer give the same figures on the same input."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

from evaluation.metrics import score_document, summarise
from evaluation.records import from_gold, from_json_resume

BENCHMARK = Path(__file__).resolve().parents[4] / "shared" / "benchmark"
SCORER = BENCHMARK / "score.py"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SCORER.exists(), reason="../shared/benchmark is not here"),
]


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("benchmark_scorer", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _as_json_resume(gold, rng):
    """A prediction made from a gold record by leaving out, swapping and garbling values."""
    basics = dict(gold.get("basics") or {})
    emails, phones = basics.get("email") or [], basics.get("phone") or []
    urls = basics.pop("urls", None) or []
    record = {
        **gold,
        "basics": {
            **basics,
            "email": rng.choice([*emails, None]),
            "phone": rng.choice([*phones, None]),
            "url": urls[0] if urls else None,
            "profiles": [{"url": url} for url in urls[1:]],
        },
        "skills": [{"name": "All", "keywords": gold["skills"]}] if rng.random() < 0.5 else [],
        "interests": [{"name": name} for name in gold["interests"]],
        "work": [_garbled(entry, rng) for entry in gold["work"] if rng.random() < 0.9],
        "education": [_garbled(entry, rng) for entry in gold["education"]],
    }
    rng.shuffle(record["work"])
    return record


def _garbled(entry, rng):
    kept = {key: value for key, value in entry.items() if rng.random() < 0.85}
    if kept.get("endDate") == "present":
        del kept["endDate"]
    return {key: f"{value} x" if rng.random() < 0.1 else value for key, value in kept.items()}


@pytest.mark.parametrize("corpus", ["dev", "formats"])
def test_same_figures_on_the_same_input(scorer, corpus):
    rng = random.Random(11)
    mine, theirs = [], []
    for path in sorted((BENCHMARK / corpus / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        predicted = _as_json_resume(gold, rng)
        mine.append(score_document(from_gold(gold), from_json_resume(predicted)).counts)
        theirs.append(
            scorer.score_document(scorer.from_gold(gold), scorer.from_json_resume(predicted))[0]
        )
    ours, benchmark = summarise(mine), scorer.summarise(theirs)
    assert set(ours) == set(benchmark)
    for field, (precision, recall, f1, number) in benchmark.items():
        figure = ours[field]
        assert (figure.precision, figure.recall, figure.f1, figure.gold) == (
            pytest.approx(precision), pytest.approx(recall), pytest.approx(f1), number,
        ), field  # fmt: skip
    assert 0.5 < ours["== overall"].f1 < 1.0
