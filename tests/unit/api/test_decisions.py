"""Decisions by people, over HTTP."""

import ast
from pathlib import Path

import pytest

import resume_processor

SAID = {"decision": "reject", "reason": "No licence to fell trees.", "reviewer": " Robin Sample "}


@pytest.fixture
def scored(api):
    """A job's id and that of a resume with a score for it."""
    job_id, resume_id = api.add_job(), api.upload()
    api.finish(resume_id, scores=[api.score(job_id, resume_id, 640)])
    return job_id, resume_id


def decide(api, job_id, resume_id, **changes):
    body = {"resume_id": resume_id, **SAID, **changes}
    return api.client.post(f"/v1/jobs/{job_id}/decisions", json=body)


def test_recorded_with_who_when_and_why(api, scored):
    job_id, resume_id = scored
    answer = decide(api, *scored)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["decision"], made["reviewer"], made["counts"]) == ("reject", "Robin Sample", True)
    later = decide(api, *scored, decision="advance", reason="The licence came.").json()
    for path in (f"/v1/jobs/{job_id}/decisions", f"/v1/resumes/{resume_id}/decisions"):
        items = api.client.get(path).json()["items"]
        assert [(one["id"], one["counts"]) for one in items] == [
            (later["id"], True),
            (made["id"], False),
        ]


@pytest.mark.parametrize(
    "changes",
    [
        {"reviewer": "  "},
        {"reason": ""},
        {"decision": "maybe"},
        {"decision": None},
        {"score_below": 300},
    ],
)
def test_nothing_is_decided_without_a_person_and_a_reason(api, scored, changes):
    assert decide(api, *scored, **changes).status_code == 422
    assert api.client.get(f"/v1/jobs/{scored[0]}/decisions").json()["items"] == []


def test_unknown(api, scored):
    job_id, resume_id = scored
    assert decide(api, job_id, "r404").status_code == 404
    assert decide(api, "j404", resume_id).status_code == 404
    assert api.client.get("/v1/jobs/j404/decisions").status_code == 404
    assert api.client.get("/v1/resumes/r404/decisions").status_code == 404


def test_only_the_doors_for_people_record_one():
    """No task, no score and no thread can: nothing else in the package names the function."""
    root = Path(resume_processor.__file__).parent
    naming = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name | ast.Attribute | ast.alias)
        and getattr(node, "id", getattr(node, "attr", getattr(node, "name", None)))
        in ("decide_resume", "add_decision")
    }
    assert naming == {
        "workflow/decide_resume.py",
        "api/routes/decisions.py",
        "web/decisions.py",
    }
