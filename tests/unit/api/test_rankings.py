"""Rankings, as pages and as a table, and ledgers."""

import csv
import io

import pytest


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
