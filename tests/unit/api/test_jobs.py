"""Jobs: what may be posted, and what is read from it."""

import pytest

ADVERTISEMENT = "Backend Engineer\n\nMust have: Python and PostgreSQL. 3 years of experience."


def test_a_text_becomes_a_job_with_requirements(api):
    answer = api.client.post("/v1/jobs", json={"text": ADVERTISEMENT})
    assert answer.status_code == 201, answer.text
    job = answer.json()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    assert job["text"] == ADVERTISEMENT
    assert {"Python"} <= {skill["name"] for skill in job["requirements"]["skills"]}
    stored = api.client.get(f"/v1/jobs/{job['id']}").json()
    assert stored.pop("scoring") == {"state": "waiting", "scored": 0, "candidates": 0}
    assert stored == job


def test_what_was_read_can_be_said_outright(api):
    """So a client may correct what was read."""
    job = api.client.post("/v1/jobs", json={"text": ADVERTISEMENT}).json()
    again = api.client.post("/v1/jobs", json={"requirements": job["requirements"]})
    assert again.status_code == 201, again.text
    assert again.json()["requirements"] == job["requirements"]
    assert api.services.wake.wait(0), "the dispatcher was not woken"


def test_a_file_becomes_a_job(api):
    answer = api.client.post(
        "/v1/jobs", files={"file": ("job.txt", ADVERTISEMENT.encode())}, data={"title": "Mine"}
    )
    assert answer.status_code == 201, answer.text
    assert (answer.json()["text"], answer.json()["title"]) == (ADVERTISEMENT, "Mine")


def test_a_form_with_text_becomes_a_job(api):
    answer = api.client.post("/v1/jobs", files={"text": (None, ADVERTISEMENT)})
    assert answer.status_code == 201, answer.text
    assert answer.json()["text"] == ADVERTISEMENT


def test_requirements_said_outright_are_taken_as_they_are(api):
    asked = {
        "title": "Nurse",
        "skills": [{"name": "Triage", "required": True, "months": 24}],
        "languages": [{"name": "German"}],
        "degree_level": "bachelor",
        "weights": {"required_skills": 3, "languages": 1},
    }
    answer = api.client.post("/v1/jobs", json={"requirements": asked})
    assert answer.status_code == 201, answer.text
    job = answer.json()
    assert job["title"] == "Nurse"
    (skill,) = job["requirements"]["skills"]
    assert (skill["name"], skill["required"], skill["months"]) == ("Triage", True, 24)
    assert job["requirements"]["degree_level"] == "bachelor"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "body"),
        ({"text": "   "}, "body"),
        ({"text": 7}, "body.text"),
        ({"txet": "x"}, "body.txet"),
        ({"requirements": {"degree_level": "wizard"}}, "body.requirements.degree_level"),
        ({"requirements": {"weights": {"age": 1}}}, "body.requirements.weights"),
        ({"text": "a\x00b"}, "body.text"),
        ([], "body"),
    ],
)
def test_a_job_that_does_not_fit_is_refused_with_the_place(api, body, where):
    answer = api.client.post("/v1/jobs", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), answer.text
    assert any(one["location"].startswith(where) for one in answer.json()["errors"])


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"", b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused(api, content):
    answer = api.client.post(
        "/v1/jobs", content=content, headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_a_malformed_form_is_refused(api):
    answer = api.client.post(
        "/v1/jobs", content=b"x", headers={"content-type": "multipart/form-data"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_another_type_of_body_is_refused(api):
    answer = api.client.post("/v1/jobs", content=b"x", headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_type")


def test_an_empty_file_is_refused(api):
    answer = api.client.post("/v1/jobs", files={"file": ("job.txt", b"")})
    assert (answer.status_code, answer.json()["code"]) == (422, "empty_file")


def test_jobs_are_listed_and_deleted(api):
    first, second = api.add_job("one"), api.add_job("two")
    items = api.client.get("/v1/jobs").json()["items"]
    assert [one["id"] for one in items] == [second, first]
    assert api.client.delete(f"/v1/jobs/{first}").status_code == 204
    assert api.client.get(f"/v1/jobs/{first}").json()["code"] == "not_found"
    assert api.client.delete(f"/v1/jobs/{first}").json()["code"] == "not_found"
