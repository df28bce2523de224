"""Two opinions: the mean of both, and each field's own model decides about it alone."""

import pytest

from resume_processor.parsing.models.blend import Blend
from resume_processor.parsing.models.encoder import Reading


def reading(tokens, lines):
    return Reading(("O", "B-work.name", "B-skills"), ("work", "skills"), tokens, lines)


def test_where_both_agree_nothing_changes():
    blend = Blend(reading([(0.2, 0.8, 0.0)], {}))
    (row,) = blend.words([{"O": 0.2, "B-work.name": 0.8}], 0)
    assert row == pytest.approx({"O": 0.2, "B-work.name": 0.8})


def test_the_surer_one_counts_for_more():
    blend = Blend(reading([(0.01, 0.99, 0.0)], {}))
    (row,) = blend.words([{"O": 0.6, "B-work.name": 0.4}], 0)
    assert row["B-work.name"] > 0.8
    assert sum(row.values()) == pytest.approx(1.0)


def test_another_models_field_is_outside():
    blend = Blend(reading([(0.1, 0.1, 0.8)], {}))
    (row,) = blend.words([{"O": 0.5, "B-work.name": 0.5}], 0)
    assert row["O"] > row["B-work.name"]


def test_words_are_counted_from_the_run():
    blend = Blend(reading([(1.0, 0.0, 0.0), (0.0, 1.0, 0.0)], {}))
    (row,) = blend.words([{"O": 0.5, "B-work.name": 0.5}], 1)
    assert row["B-work.name"] > 0.9


def test_a_line_that_the_encoder_did_not_see_stays_as_it_was():
    blend = Blend(reading([], {1: (0.9, 0.1)}))
    first, second = blend.lines([{"work": 0.5, "skills": 0.5}, {"work": 0.5, "skills": 0.5}])
    assert first == {"work": 0.5, "skills": 0.5}
    assert second["work"] > 0.7
