"""Corrections lie over a record and leave it as it was."""

import copy
from datetime import UTC, datetime

import pytest

from resume_processor.errors import InvalidRequest
from resume_processor.resume.corrections import (
    Correction,
    Verdict,
    corrected_result,
    is_stale,
    value_at,
)
from resume_processor.resume.gold_record import gold_record
from resume_processor.resume.values import as_table, values_of

RESULT = {
    "resume": {
        "basics": {"name": "Mara Vogl", "profiles": [{"url": "https://mara.example"}]},
        "work": [{"name": "Works", "startDate": "2020"}, {"name": "Shop", "endDate": "2019"}],
        "skills": [{"name": "Tools", "keywords": ["Saw", "Sew", "Plane"]}, {"name": "English"}],
    },
    "personal": {"gender": "female"},
    "evidence": {
        "/basics/name": {
            "places": [{"page": 1, "box": [0, 0, 1, 1]}],
            "source": "MARA VOGL",
            "rule": "name",
            "confidence": 0.5,
        }
    },
    "warnings": [{"code": "odd", "message": "Odd name.", "pointer": "/basics/name"}],
    "facts": {"ongoing": ["/work/0"]},
}


def said(pointer, value, read=...):
    read = value_at(RESULT, pointer) if read is ... and pointer else None if read is ... else read
    return Correction("r1", pointer, read, value, "Robin", datetime(2026, 3, 1, tzinfo=UTC))


def test_each_kind_of_correction_and_nothing_else_changes():
    before = copy.deepcopy(RESULT)
    right = corrected_result(
        RESULT,
        [
            said("/basics/name", "Mara Vogel"),
            said("/basics/email", "mara@example.org"),
            said("/skills/0/keywords/1", None),
            said("/skills/0/keywords/3", "Chisel"),
            said("/skills/1/name", None),
            said("/work/1/name", "Shop"),
            said("/work/2/name", "Yard"),
            said("/personal/gender", None),
            said("", None),
        ],
    )
    assert before == RESULT
    assert right["resume"]["basics"]["name"] == "Mara Vogel"
    assert right["resume"]["basics"]["email"] == "mara@example.org"
    assert right["resume"]["skills"] == [{"name": "Tools", "keywords": ["Saw", "Plane", "Chisel"]}]
    assert [one["name"] for one in right["resume"]["work"]] == ["Works", "Shop", "Yard"]
    assert right["personal"] == {}


def test_what_was_said_about_another_reading_counts_no_more():
    old = said("/basics/name", "Mara Vogel", read="M. Vogel")
    assert is_stale(old, RESULT)
    assert corrected_result(RESULT, [old])["resume"]["basics"]["name"] == "Mara Vogl"


@pytest.mark.parametrize("pointer", ["/work/7/name", "/basics/name/first", "/work/x", "name"])
def test_there_is_no_place(pointer):
    with pytest.raises(InvalidRequest):
        corrected_result(RESULT, [said(pointer, "x", read=None)])


@pytest.mark.parametrize(
    ("pointer", "value", "verdict"),
    [
        ("/basics/name", "Mara Vogl", Verdict.CONFIRMED),
        ("/basics/name", "Mara Vogel", Verdict.CORRECTED),
        ("/basics/name", None, Verdict.REMOVED),
        ("/basics/email", "m@example.org", Verdict.ADDED),
        ("", None, Verdict.CHECKED),
    ],
)
def test_what_it_comes_to(pointer, value, verdict):
    assert said(pointer, value).verdict is verdict


def test_a_gold_record_has_the_shape_that_evaluation_compares():
    gold = gold_record(RESULT["resume"], RESULT["personal"], ["/work/0"])
    assert gold["basics"] == {"name": "Mara Vogl", "urls": ["https://mara.example"]}
    assert [one.get("endDate") for one in gold["work"]] == ["present", "2019"]
    assert gold["skills"] == ["Saw", "Sew", "Plane", "English"]
    assert gold["personal"] == {"gender": "female"}


def test_a_table_of_values_tells_what_stands_behind_each():
    rows = {row[0]: row for row in as_table(values_of(RESULT, [said("/basics/email", "m@e.org")]))}
    assert rows["/basics/name"][1:7] == (
        "Mara Vogl",
        "MARA VOGL",
        "1",
        0.5,
        "name",
        "Odd name.",
    )
    assert rows["/basics/email"][7:10] == ("added", "m@e.org", "Robin")
    assert "/personal/gender" in rows
