from __future__ import annotations

from datetime import date

from resume_processor.layout.boxes import Box
from resume_processor.layout.lines import Document, Word
from resume_processor.parsing.facts import facts_of, has_ongoing_work
from resume_processor.parsing.values import (
    Dates,
    Draft,
    EducationEntry,
    Found,
    PlacedWord,
    WorkEntry,
)
from resume_processor.resume.parsed_resume import Gap

EMPTY = Document("text/plain", ())


def found(text: str) -> Found:
    word = PlacedWord(Word(text, Box(0, 0, 1, 1), 10), 1, 0)
    return Found(text, (word,), "test", 1.0)


def job(
    start: str, end: str | None = None, *, ongoing: bool = False, title: str = "T"
) -> WorkEntry:
    dates = Dates(found(start), found(end) if end else None, ongoing)
    return WorkEntry(position=found(title), dates=dates)


def test_overlaps_count_once() -> None:
    draft = Draft(work=(job("2018-01", "2018-12"), job("2018-07", "2019-06")))
    assert facts_of(draft, EMPTY, None).months_of_experience == 18


def test_gaps_lie_between_jobs() -> None:
    draft = Draft(work=(job("2019-04", "2019-12"), job("2018-01", "2018-12")))
    assert facts_of(draft, EMPTY, None).gaps == (Gap("2019-01", "2019-04", 3),)


def test_an_ongoing_job_ends_at_the_given_day() -> None:
    draft = Draft(work=(job("2020-01", ongoing=True),))
    assert facts_of(draft, EMPTY, date(2021, 3, 15)).months_of_experience == 15


def test_an_ongoing_job_ends_at_the_latest_date_of_the_document() -> None:
    draft = Draft(work=(job("2020-01", ongoing=True), job("2018-01", "2020-06")))
    assert facts_of(draft, EMPTY, None).months_of_experience == 30
    assert has_ongoing_work(draft)


def test_a_start_alone_says_nothing_about_the_end() -> None:
    draft = Draft(work=(job("2020-01"),))
    assert facts_of(draft, EMPTY, date(2022, 1, 1)).months_of_experience is None
    assert not has_ongoing_work(draft)


def test_the_current_title_is_that_of_the_latest_ongoing_job() -> None:
    draft = Draft(
        work=(
            job("2016-01", "2019-12", title="Developer"),
            job("2018-01", ongoing=True, title="Treasurer"),
            job("2020-01", ongoing=True, title="Team Lead"),
        )
    )
    assert facts_of(draft, EMPTY, None).current_title == "Team Lead"


def test_without_an_ongoing_job_there_is_no_current_title() -> None:
    assert facts_of(Draft(work=(job("2016-01", "2019-12"),)), EMPTY, None).current_title is None


def test_a_degree_that_is_still_studied_for_does_not_count() -> None:
    draft = Draft(
        education=(
            EducationEntry(study_type=found("B.Sc.")),
            EducationEntry(study_type=found("PhD"), dates=Dates(found("2023"), ongoing=True)),
        )
    )
    assert facts_of(draft, EMPTY, None).highest_degree == "bachelor"


def test_nothing_is_made_up() -> None:
    facts = facts_of(Draft(), EMPTY, date(2022, 1, 1))
    assert facts.months_of_experience is None
    assert facts.highest_degree is None
    assert facts.language is None
    assert facts.gaps == ()
