"""Rankings, as pages and as a table, and ledgers."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from resume_processor.scoring.facets import Facets
from resume_processor.workflow.ports import ScoringPart, WorkKind


@pytest.fixture
def ranked(api):
    """A job and three scored resumes."""
    job_id = api.add_job()
    for name, total in (("low", 100), ("high", 900), ("middle", 500)):
        resume_id = api.upload(name=f"{name}.pdf", external_id=f"={name}")
        result = {
            "resume": {"basics": {"name": name}},
            "personal": {},
            "evidence": {},
            "warnings": [],
            "facts": {"gaps": []},
            "parser_version": "test",
        }
        api.finish(resume_id, result=result, scores=[api.score(job_id, resume_id, total)])
    return api, job_id


def test_best_first(ranked):
    api, job_id = ranked
    body = api.client.get(f"/v1/jobs/{job_id}/ranking").json()
    assert [(row["name"], row["total"]) for row in body["items"]] == [
        ("high", 900),
        ("middle", 500),
        ("low", 100),
    ]
    assert body["next_cursor"] is None
    for row in body["items"]:
        assert sum(one["points"] for one in row["criteria"]) == row["total"]


def test_in_pages(ranked):
    api, job_id = ranked
    names, cursor = [], None
    while True:
        parameters = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        page = api.client.get(f"/v1/jobs/{job_id}/ranking", params=parameters).json()
        names += [row["name"] for row in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert names == ["high", "middle", "low"]


@pytest.mark.parametrize(
    "request_it",
    [{"params": {"format": "csv"}}, {"headers": {"Accept": "text/csv"}}],
)
def test_as_a_table_it_is_whole_and_harmless(ranked, request_it):
    api, job_id = ranked
    answer = api.client.get(f"/v1/jobs/{job_id}/ranking", **request_it)
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["rank"], row["name"], row["total"]) for row in rows] == [
        ("1", "high", "900"),
        ("2", "middle", "500"),
        ("3", "low", "100"),
    ]
    assert rows[0]["required_skills"] == "900"
    assert rows[0]["external_id"] == "'=high", "a formula must not run"


@pytest.fixture
def varied(api):
    """A job and scored resumes of different experience and languages."""
    job_id = api.add_job()
    known = {
        "young": Facets(musts_met=True, months=12, languages=("english",)),
        "seasoned": Facets(musts_met=True, months=90, languages=("english", "german")),
        "lacking": Facets(musts_met=False, months=48, languages=("german",)),
    }
    for number, (name, facets) in enumerate(known.items()):
        resume_id = api.upload(name=f"{name}.pdf")
        score = replace(api.score(job_id, resume_id, 900 - number), facets=facets)
        api.finish(resume_id, scores=[score])
    return api, f"/v1/jobs/{job_id}/ranking"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["young", "seasoned", "lacking"]),
        ({"must_haves": True}, ["young", "seasoned"]),
        ({"min_years": 4}, ["seasoned", "lacking"]),
        ({"language": "de"}, ["seasoned", "lacking"]),
        ({"language": "Deutsch"}, ["seasoned", "lacking"]),
        ({"language": "German", "must_haves": True, "min_years": 7.5}, ["seasoned"]),
        ({"language": "klingon"}, []),
        ({"moved": True}, []),
    ],
)
def test_only_those_who_are_asked_for(varied, asked, expected):
    api, path = varied
    rows = api.client.get(path, params=asked).json()["items"]
    assert [row["file_name"] for row in rows] == [f"{name}.pdf" for name in expected]
    table = api.client.get(path, params={**asked, "format": "csv"}).text
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["file_name"] for row in rows] == [f"{name}.pdf" for name in expected]


def test_a_row_says_what_it_is_filtered_by(varied):
    api, path = varied
    row = api.client.get(path).json()["items"][1]
    assert (row["must_haves_met"], row["months_of_experience"]) == (True, 90)
    assert row["languages"] == ["english", "german"]
    table = list(csv.DictReader(io.StringIO(api.client.get(path, params={"format": "csv"}).text)))
    assert table[1]["months_of_experience"] == "90"
    assert table[1]["languages"] == "english german"


@pytest.mark.parametrize("asked", [{"min_years": -1}, {"min_years": "x"}, {"language": ""}])
def test_a_filter_that_makes_no_sense_is_refused(varied, asked):
    api, path = varied
    answer = api.client.get(path, params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_what_moved_and_why(ranked):
    api, job_id = ranked
    row = api.client.get(f"/v1/jobs/{job_id}/ranking").json()["items"][0]
    path = f"/v1/jobs/{job_id}/scores/{row['resume_id']}/changes"
    assert api.client.get(path).status_code == 404, "it never changed"
    storage, now = api.services.storage, api.services.clock.now()
    job = api.client.post(f"/v1/jobs/{job_id}/rescore")
    assert (job.status_code, job.json()["scoring"]["state"]) == (202, "waiting")
    storage.claim(
        WorkKind.SCORE_JOB, job_id, owner="w", now=api.services.clock.now(),
        lease_until=now + timedelta(hours=1), max_attempts=3,
    )  # fmt: skip
    again = api.score(job_id, row["resume_id"], 700)
    storage.save_scores(
        [again], part=ScoringPart(job_id), owner="w", progress=None, now=again.created_at
    )
    body = api.client.get(path).json()
    assert (body["before"], body["after"], body["difference"]) == (900, 700, -200)
    (looked,) = api.services.viewings.first(9)
    assert (looked.what, looked.resume_id, looked.job_id) == ("score", row["resume_id"], job_id)
    (moved,) = api.client.get(f"/v1/jobs/{job_id}/ranking?moved=true").json()["items"]
    assert (moved["resume_id"], moved["earlier_total"]) == (row["resume_id"], 900)


def test_the_ledger_of_one(ranked):
    api, job_id = ranked
    row = api.client.get(f"/v1/jobs/{job_id}/ranking").json()["items"][0]
    score = api.client.get(f"/v1/jobs/{job_id}/scores/{row['resume_id']}").json()
    assert (score["total"], score["ledger"]["total"]) == (900, 900)
    assert score["ledger"]["criteria"][0]["kind"] == "required_skills"


@pytest.mark.parametrize("path", ["ranking", "ranking?format=csv", "scores/nobody"])
def test_an_unknown_job_is_not_found(api, path):
    answer = api.client.get(f"/v1/jobs/nowhere/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_resume_without_a_score_is_not_found(api):
    job_id, resume_id = api.add_job(), api.upload()
    answer = api.client.get(f"/v1/jobs/{job_id}/scores/{resume_id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
