"""Two opinions: the mean of both, and each field's own model decides about it alone."""

import numpy as np
import pytest

from resume_processor.parsing.models.blend import Blend
from resume_processor.parsing.models.encoder import Reading
from resume_processor.parsing.models.probabilities import Probabilities

TAGS = "O", "B-work.name"


def reading(tokens, lines):
    names = ("O", "B-work.name", "B-skills")
    return Reading(names, ("work", "skills"), np.array(tokens).reshape(-1, 3), lines)


def words(said_by_encoder, own, first=0):
    blended = Blend(reading(said_by_encoder, {})).words(Probabilities(TAGS, np.array([own])), first)
    assert blended.labels == TAGS
    (row,) = blended.rows
    return dict(zip(TAGS, row, strict=True))


def test_where_both_agree_nothing_changes():
    assert words([(0.2, 0.8, 0.0)], (0.2, 0.8)) == pytest.approx({"O": 0.2, "B-work.name": 0.8})


def test_the_surer_one_counts_for_more():
    row = words([(0.01, 0.99, 0.0)], (0.6, 0.4))
    assert row["B-work.name"] > 0.8
    assert sum(row.values()) == pytest.approx(1.0)


def test_another_models_field_is_outside():
    row = words([(0.1, 0.1, 0.8)], (0.5, 0.5))
    assert row["O"] > row["B-work.name"]


def test_words_are_counted_from_the_run():
    row = words([(1.0, 0.0, 0.0), (0.0, 1.0, 0.0)], (0.5, 0.5), first=1)
    assert row["B-work.name"] > 0.9


def test_a_line_that_the_encoder_did_not_see_stays_as_it_was():
    own = Probabilities(("work", "skills"), np.array([(0.5, 0.5), (0.5, 0.5)]))
    first, second = Blend(reading([], {1: (0.9, 0.1)})).lines(own).rows.tolist()
    assert first == [0.5, 0.5]
    assert second[0] > 0.7
    assert own.rows[1].tolist() == [0.5, 0.5]


def test_without_a_line_seen_all_stays_as_it_was():
    own = Probabilities(("work", "skills"), np.array([(0.4, 0.6)]))
    assert Blend(reading([], {})).lines(own) is own


def test_a_label_that_the_encoder_does_not_know_gets_unlikely():
    own = Probabilities(("work", "other"), np.array([(0.5, 0.5)]))
    ((work, other),) = Blend(reading([], {0: (0.6, 0.4)})).lines(own).rows.tolist()
    assert other < 0.01 < work
