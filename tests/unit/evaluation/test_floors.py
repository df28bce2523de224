import pytest

from evaluation.floors import CorpusChanged, drops, load_floors, save_floors
from evaluation.metrics import Figure


def _figures(**f1):
    return {name: Figure(value, value, value, 3) for name, value in f1.items()}


def test_a_drop_is_named(tmp_path):
    save_floors(tmp_path / "floors.json", "abc", _figures(name=0.9, email=1.0))
    floors = load_floors(tmp_path / "floors.json")
    fallen = drops(floors, "abc", _figures(name=0.8, email=1.0))
    assert [(d.field, d.floor, d.f1) for d in fallen] == [("name", 0.9, 0.8)]


def test_an_improvement_passes(tmp_path):
    save_floors(tmp_path / "floors.json", "abc", _figures(name=0.9))
    assert drops(load_floors(tmp_path / "floors.json"), "abc", _figures(name=0.95)) == ()


def test_floors_of_another_corpus_are_refused(tmp_path):
    save_floors(tmp_path / "floors.json", "abc", _figures(name=0.9))
    with pytest.raises(CorpusChanged):
        drops(load_floors(tmp_path / "floors.json"), "def", _figures(name=0.95))
