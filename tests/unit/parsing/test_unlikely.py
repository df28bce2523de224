"""List items that are most likely wrong are left out; jobs and degrees never are."""

from dataclasses import replace

import pytest

from resume_processor.layout.boxes import Box
from resume_processor.layout.lines import Word
from resume_processor.parsing.confidence import UNCALIBRATED, Calibration
from resume_processor.parsing.unlikely import LEAST, without_unlikely
from resume_processor.parsing.values import (
    AwardEntry,
    BasicsDraft,
    CertificateEntry,
    Draft,
    EducationEntry,
    Found,
    PlacedWord,
    SkillGroup,
    VolunteerEntry,
    WorkEntry,
)

BELOW, ABOVE = LEAST - 0.05, LEAST + 0.05


def found(text, confidence):
    word = Word(text, Box(0, 0, 10, 10), size=10.0)
    return Found(text, (PlacedWord(word, 1, 0),), "rule", confidence)


@pytest.mark.parametrize(
    ("section", "make"),
    [
        ("awards", AwardEntry),
        ("certificates", CertificateEntry),
        ("volunteer", VolunteerEntry),
        ("skills", SkillGroup),
    ],
)
def test_an_item_goes_below_the_least_confidence(section, make):
    draft = Draft(**{section: (make(found("Kept", ABOVE)), make(found("Gone", BELOW)))})
    (kept,) = getattr(without_unlikely(draft, UNCALIBRATED), section)
    assert kept == make(found("Kept", ABOVE))


def test_it_is_the_calibrated_confidence_that_counts():
    draft = Draft(awards=(AwardEntry(found("Cup", 0.9)),))
    wary = Calibration(1.0, 0.0, {"awards": -4.0})
    assert without_unlikely(draft, wary).awards == ()


def test_a_group_keeps_its_heading_for_what_is_left():
    tools, sql, noise = found("Tools", BELOW), found("SQL", ABOVE), found("Prog", BELOW)
    group = SkillGroup(tools, keywords=(sql, noise))
    only_noise = SkillGroup(found("More", ABOVE), keywords=(noise,))
    kept = without_unlikely(Draft(skills=(group, only_noise)), UNCALIBRATED).skills
    assert kept == (replace(group, keywords=(sql,)),)


def test_jobs_degrees_and_the_person_stay():
    draft = Draft(
        basics=BasicsDraft(name=found("Ada", BELOW), emails=(found("a@example.org", BELOW),)),
        work=(WorkEntry(name=found("Northgate", BELOW)),),
        education=(EducationEntry(study_type=found("BSc", BELOW)),),
    )
    assert without_unlikely(draft, UNCALIBRATED) == draft
