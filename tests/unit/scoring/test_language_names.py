"""A language is the same by whatever name it goes."""

import pytest

from resume_processor.scoring.criteria.languages import languages_of
from resume_processor.scoring.language_names import english_name, name_of_code
from resume_processor.scoring.profile import profile_of
from resume_processor.scoring.score import Finding, JobRequirements, Requirement
from resume_processor.scoring.score_resume import score_resume


@pytest.mark.parametrize(
    ("text", "name"),
    [("German", "german"), ("Deutsch (C1)", "german"), ("français", "french"),
     ("Klingon", "klingon"), ("inglés", "english"), ("", "")],
)  # fmt: skip
def test_names(text, name):
    assert english_name(text) == name


def test_codes():
    assert (name_of_code("de"), name_of_code("EN"), name_of_code(None)) == (
        "german", "english", None,
    )  # fmt: skip


def test_a_job_and_a_resume_may_name_it_otherwise(parsed_of):
    job = JobRequirements(languages=(Requirement("German", required=True),))
    parsed = parsed_of({"languages": [{"language": "Deutsch", "fluency": "fließend"}]})
    (line,) = score_resume(parsed, job).criteria[0].lines
    assert (line.finding, line.must, line.because) == (Finding.MET, True, "speaks it: fließend")


def test_what_is_spoken_and_what_is_written_in(parsed_of):
    parsed = parsed_of({"languages": [{"language": "Polski"}, {"language": "Deutsch"}]})
    assert languages_of(profile_of(parsed)) == ("english", "german", "polish")
