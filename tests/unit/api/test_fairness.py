"""The fairness report of a job, over HTTP."""

import re

import pytest

from resume_processor.workflow.audit_chain import entries_of, entry_to_json, seal_all
from tests.unit.fairness.worked_example import APPLICANTS, GROUPS, assert_worked_out

CSV = {"Content-Type": "text/csv; charset=utf-8"}


@pytest.fixture
def job_id(api):
    """A job with the applicants of the worked example, scored and decided about."""
    job_id = api.add_job()
    for who, _, _, score, decision in APPLICANTS:
        resume_id = api.upload(who.encode(), external_id=f"applicant-{who}", job_id=job_id)
        api.finish(resume_id, scores=[api.score(job_id, resume_id, score)])
        decide(api, job_id, resume_id, decision)
    return job_id


def decide(api, job_id, resume_id, decision):
    body = {"resume_id": resume_id, "decision": decision, "reason": "x", "reviewer": "Robin"}
    assert api.client.post(f"/v1/jobs/{job_id}/decisions", json=body).status_code == 201


def declared():
    """The groups by the names that the client gave the resumes."""
    return re.sub(r"(?m)^(\w),", r"applicant-\1,", GROUPS).replace("id,", "external_id,", 1)


def ask(api, job_id, text=None, **asked):
    path = f"/v1/jobs/{job_id}/fairness"
    return api.client.post(path, content=text or declared(), headers=CSV, params=asked)


def test_the_worked_example(api, job_id):
    answer = ask(api, job_id)
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert_worked_out(report)
    assert (report["job_id"], report["declared"], report["matched"]) == (job_id, 13, 13)
    assert report["notes"] == []


def test_as_a_page_that_prints_and_asks_nobody_for_anything(api, job_id):
    answer = ask(api, job_id, format="html", leave_out_small="<b>Too few</b>")
    assert answer.headers["content-disposition"].startswith("attachment")
    page = answer.text
    for words in (
        "Black or African American, Female",
        "33.3 %",
        "0.444",
        "below 0.8",
        "median of 60 points",
        "&lt;b&gt;Too few",
    ):
        assert words in page
    assert "<script" not in page
    assert not re.search(r"(src|href|url)\s*[=(]", page)


def test_nothing_of_the_groups_is_kept(api, job_id):
    assert ask(api, job_id).status_code == 200
    seal_all(api.services.storage)
    *_, entry = entries_of(api.services.storage, "default")
    assert (entry.action, entry.subject_id) == ("job.fairness_reported", job_id)
    assert set(entry.detail) == {"individuals", "report"}
    assert entry.detail["individuals"] == 13
    tables = repr(api.services.storage._tables)
    assert "Female" not in tables
    assert "race" not in str(entry_to_json(entry))


def test_who_is_not_in_the_file_or_not_decided_about_is_counted(api, job_id):
    late = api.upload(b"late")
    api.finish(late, scores=[api.score(job_id, late, 5)])
    report = ask(api, job_id).json()
    assert report["individuals"] == 14
    assert report["selection"]["undecided"] == 1
    assert report["selection"]["sex"]["unknown"] == 3
    only = ask(api, job_id, only_applied=True).json()
    assert_worked_out(only)


def test_a_person_with_two_resumes_is_counted_once(api, job_id):
    again = api.upload(b"k again", external_id="applicant-k", job_id=job_id)
    api.finish(again, scores=[api.score(job_id, again, 11)])
    report = ask(api, job_id).json()
    assert_worked_out(report)  # 11 is as far below the median as 10
    assert (report["individuals"], report["repeated"]) == (13, 1)


def test_by_our_own_ids_and_a_decision_without_a_score(api):
    job_id, resume_id = api.add_job(), api.upload()
    api.finish(resume_id, failure=("no_text", "There is no text."))
    decide(api, job_id, resume_id, "advance")
    report = ask(api, job_id, f"id,sex,race_ethnicity\n{resume_id},f,asian\n").json()
    assert report["selection"]["sex"]["categories"][0]["chosen"] == 1
    assert report["scoring"]["applicants"] == 0


@pytest.mark.parametrize(
    ("text", "asked", "status"),
    [
        ("id,sex\n1,f\n", {}, 422),
        (None, {"leave_out_small": " "}, 422),
        (None, {"format": "pdf"}, 422),
    ],
)
def test_what_cannot_be_answered(api, job_id, text, asked, status):
    assert ask(api, job_id, text, **asked).status_code == status


def test_other_bodies_and_jobs(api, job_id):
    assert ask(api, "j404").status_code == 404
    path = f"/v1/jobs/{job_id}/fairness"
    assert api.client.post(path, json={"id": 1}).status_code == 415
    assert api.client.post(path, content=b"\xff", headers=CSV).status_code == 422
