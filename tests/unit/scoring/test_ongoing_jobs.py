"""Jobs that go on are counted to the date of the facts; an end left unsaid is not the present."""

from resume_processor.resume.parsed_resume import Facts, ParsedResume
from resume_processor.scoring.profile import profile_of

RESUME = {"work": [{"name": "Kestrel", "position": "Engineer", "startDate": "2020-03"}]}


def _months(facts):
    (entry,) = profile_of(ParsedResume(RESUME, facts=facts)).work
    return entry.stretch.months if entry.stretch else 0


def test_an_ongoing_job_counts_to_the_date_of_the_facts():
    assert _months(Facts(as_of="2024-02-15", ongoing=("/work/0",))) == 48


def test_an_end_left_unsaid_shows_its_start_only():
    assert _months(Facts(as_of="2024-02-15", ongoing=())) == 1


def test_where_nothing_is_known_an_open_end_goes_on():
    assert _months(Facts(as_of="2024-02-15")) == 48
