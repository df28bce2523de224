"""Confidences are corrected by what was measured, by field and by rule."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_processor.parsing.confidence import (
    HIGHEST,
    UNCALIBRATED,
    Calibration,
    field_at,
    shipped_calibration,
)

CONFIDENCES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("/basics/name", "name"),
        ("/basics/location/countryCode", "country"),
        ("/basics/profiles/1/url", "url"),
        ("/work/10/startDate", "work.startDate"),
        ("/work/0/highlights/3", "work.highlights"),
        ("/skills/0/keywords/12", "skills"),
        ("/skills/3/name", "skills"),
        ("/certificates/2/name", "certificates"),
        ("/certificates/2/issuer", "certificates.issuer"),
        ("/personal/birthDate", "personal.birthDate"),
    ],
)
def test_a_pointer_names_its_field_as_the_tables_do(pointer, field):
    assert field_at(pointer) == field


def test_offsets_of_field_and_rule_add_up():
    made = Calibration(1.0, 0.0, {"skills": -1.0, "skills|skills.list": 0.5})
    assert made.of("skills", "skills.list", 0.5) == pytest.approx(0.378, abs=0.001)
    assert made.of("skills", "other", 0.5) == pytest.approx(0.269, abs=0.001)
    assert made.of("name", "other", 0.5) == 0.5


@given(CONFIDENCES)
def test_without_a_correction_a_confidence_stays_within_its_bounds(own):
    kept = UNCALIBRATED.of("name", "any", own)
    assert kept == pytest.approx(min(max(own, 1 - HIGHEST), HIGHEST), abs=0.0006)


@pytest.mark.parametrize("reader", ["accurate", "fast", "rules"])
@given(low=CONFIDENCES, high=CONFIDENCES)
def test_the_surer_value_of_a_kind_stays_the_surer(reader, low, high):
    low, high = sorted((low, high))
    shipped = shipped_calibration(reader)
    assert shipped.of("skills", "model:words", low) <= shipped.of("skills", "model:words", high)


def test_the_file_holds_names_of_fields_and_rules_only():
    text = files("resume_processor.parsing.models").joinpath("data/calibration.json").read_text()
    for part in json.loads(text).values():
        for key in part["offsets"]:
            field, _, rule = key.partition("|")
            assert field_at("/" + field.replace(".", "/")) == field
            assert re.fullmatch(r"[A-Za-z_.:]*", rule)
