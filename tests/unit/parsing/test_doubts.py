from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from resume_processor.layout.lines import Document, ReaderWarning
from resume_processor.parsing.doubts import doubts_of
from resume_processor.resume.evidence import Evidence

EMPTY = Document("text/plain", ())
GOOD: dict[str, Any] = {
    "basics": {"name": "Ada Example", "email": "ada@example.org"},
    "work": [{"name": "Northgate", "startDate": "2018", "endDate": "2019"}],
}


def codes(
    resume: dict[str, Any],
    document: Document = EMPTY,
    evidence: Mapping[str, Evidence] | None = None,
) -> list[tuple[str, bool]]:
    return [
        (doubt.code, doubt.blocking) for doubt in doubts_of(resume, evidence or {}, document, None)
    ]


def test_a_whole_record_raises_none() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("basics", "code"),
    [
        ({"email": "ada@example.org"}, "no_name"),
        ({"name": "Ada Example"}, "no_contact"),
    ],
)
def test_what_is_missing_is_named(basics: dict[str, str], code: str) -> None:
    assert codes({**GOOD, "basics": basics}) == [(code, True)]


def test_a_phone_is_contact_enough() -> None:
    assert codes({**GOOD, "basics": {"name": "Ada Example", "phone": "1"}}) == []


def test_no_work_and_no_education() -> None:
    assert codes({"basics": GOOD["basics"]}) == [("no_entries", True)]


@pytest.mark.parametrize(
    ("pointer", "confidence", "told"),
    [
        ("/work/0/name", 0.9, []),
        ("/work/0/name", 0.45, [("unsure", False)]),
        ("/work/0/name", 0.3, [("unsure", True)]),
        ("/basics/email", 0.45, [("unsure", True)]),
        ("/work/0/highlights/0", 0.1, []),
    ],
)
def test_a_value_that_a_decision_hangs_on_is_named_when_likely_wrong(
    pointer: str, confidence: float, told: list[tuple[str, bool]]
) -> None:
    evidence = {pointer: Evidence((), "source", "rule", confidence)}
    assert codes(GOOD, evidence=evidence) == told


def test_an_end_before_its_start() -> None:
    work = [{"startDate": "2019-05", "endDate": "2018-02"}]
    (doubt,) = doubts_of({**GOOD, "work": work}, {}, EMPTY, None)
    assert (doubt.code, doubt.pointer) == ("date_order", "/work/0/endDate")


def test_jobs_that_overlap_are_remarked() -> None:
    work = [
        {"startDate": "2018-01", "endDate": "2019-12"},
        {"startDate": "2019-06", "endDate": "2020-12"},
    ]
    (doubt,) = doubts_of({**GOOD, "work": work}, {}, EMPTY, None)
    assert (doubt.code, doubt.pointer, doubt.blocking) == (
        "overlapping_work",
        "/work/1/startDate",
        False,
    )


def test_hidden_text_wants_a_person() -> None:
    warning = ReaderWarning("hidden_text", "12 words cannot be seen.", page=2, words=12)
    (doubt,) = doubts_of(GOOD, {}, Document("text/plain", (), (warning,)), None)
    assert (doubt.code, doubt.page, doubt.blocking) == ("hidden_text", 2, True)


def test_the_assumed_today_is_named() -> None:
    (doubt,) = doubts_of(GOOD, {}, EMPTY, "2021-05")
    assert doubt.code == "counted_until"
    assert "2021-05" in doubt.message
