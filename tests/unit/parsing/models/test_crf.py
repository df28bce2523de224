"""The random fields say what CRFsuite, which trained them, says."""

import pycrfsuite
import pytest

from resume_processor.parsing.models.crf import BLOCKS_AT_ONCE, Crf
from resume_processor.parsing.models.crf_file import read_weights

LINE = ["line", "line:long"]
LEARNED = [
    ([["w=at"], ["w=Acme", "capital"], ["w=Corp", "capital"]], ["O", "B", "I"]),
    ([["w=in"], ["w=Rome", "capital"], ["w=then"]], ["O", "B", "O"]),
    ([["w=Acme", "capital"], ["w=at"], ["w=Rome", "capital"]], ["B", "O", "B"]),
]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in LEARNED:
        trainer.append(pycrfsuite.ItemSequence([[*own, *LINE] for own in features]), labels)
    path = tmp_path_factory.mktemp("crf") / "model"
    trainer.train(str(path))
    return path.read_bytes()


def said_by_crfsuite(model, features):
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    tagger.set(pycrfsuite.ItemSequence(features))
    return [
        {label: tagger.marginal(label, at) for label in tagger.labels()}
        for at in range(len(features))
    ]


def assert_same(found, expected):
    assert len(found.rows) == len(expected)
    for row, other in zip(found.rows.tolist(), expected, strict=True):
        assert dict(zip(found.labels, row, strict=True)) == pytest.approx(other, abs=1e-12)


@pytest.mark.parametrize("features", [features for features, _ in LEARNED])
def test_probabilities_are_those_of_crfsuite(trained, features):
    found = Crf(trained).marginals([(own, LINE) for own in features])
    assert_same(found, said_by_crfsuite(trained, [[*own, *LINE] for own in features]))


def test_a_feature_counts_as_often_as_it_stands_there(trained):
    twice = ["capital", "capital"]
    found = Crf(trained).marginals([(twice,), (twice, twice)])
    assert_same(found, said_by_crfsuite(trained, [twice, [*twice, *twice]]))


def test_unknown_features_say_nothing(trained):
    found = Crf(trained).marginals([(["never seen"], []), (["capital"], ["nor this"])])
    assert_same(found, said_by_crfsuite(trained, [[], ["capital"]]))


def test_a_long_sequence_neither_overflows_nor_vanishes(trained):
    words = [["capital"] * 40, ["w=at"] * 40] * BLOCKS_AT_ONCE * 4
    found = Crf(trained).marginals([(own,) for own in words])
    assert_same(found, said_by_crfsuite(trained, words))


def test_no_items_no_rows(trained):
    assert len(Crf(trained).marginals([]).rows) == 0


def test_anything_but_a_model_is_refused():
    with pytest.raises(ValueError, match="not a CRFsuite model"):
        read_weights(b"x" * 100)
