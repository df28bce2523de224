"""Words that are there to be counted lift no score."""

import copy

import pytest

from resume_processor.scoring.score_resume import score_resume
from resume_processor.scoring.stuffing import KEYWORD_STUFFING


def _score(parsed_of, resume, job):
    return score_resume(parsed_of(resume), job)


def _lines(text):
    return [line.lstrip("- ") for line in text.splitlines() if line.strip()]


def test_an_honest_resume_is_not_reported(parsed_of, resume, job):
    assert _score(parsed_of, resume, job).warnings == ()


@pytest.mark.parametrize("where", ["summary", "highlights", "skills", "lines of a job"])
def test_a_pasted_advertisement_lifts_nothing(parsed_of, resume, job, advertisement, where):
    stuffed = copy.deepcopy(resume)
    if where == "summary":
        stuffed["basics"]["summary"] += " " + advertisement
    elif where == "highlights":
        stuffed["work"][0]["highlights"] += _lines(advertisement)
    elif where == "skills":
        stuffed["skills"] += [{"name": line} for line in _lines(advertisement)]
    else:
        stuffed["work"][0]["summary"] = " ".join(_lines(advertisement))
    score = _score(parsed_of, stuffed, job)
    assert score.warnings == (KEYWORD_STUFFING,)
    assert score.total <= _score(parsed_of, resume, job).total


@pytest.mark.parametrize("padding", ["Redis " * 30, "Redis, " * 12, "Python Redis " * 20])
def test_repeated_keywords_lift_nothing(parsed_of, resume, job, padding):
    stuffed = copy.deepcopy(resume)
    stuffed["basics"]["summary"] = padding
    score = _score(parsed_of, stuffed, job)
    assert score.warnings == (KEYWORD_STUFFING,)
    assert score.total <= _score(parsed_of, resume, job).total


def test_synonyms_of_what_is_there_lift_nothing(parsed_of, resume, job):
    stuffed = copy.deepcopy(resume)
    stuffed["skills"][0]["keywords"] += ["Python 3", "Python3", "Dockerfile", "Docker"]
    assert _score(parsed_of, stuffed, job).total <= _score(parsed_of, resume, job).total


def test_the_same_keyword_in_one_job_counts_once(parsed_of, resume, job):
    once, often = copy.deepcopy(resume), copy.deepcopy(resume)
    once["work"][0]["highlights"] += ["Redis"]
    often["work"][0]["highlights"] += ["Redis", "Redis guru", "redis"]
    assert _score(parsed_of, often, job).total == _score(parsed_of, once, job).total
