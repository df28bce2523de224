"""Who looked at what is noted, at every route that shows something of one resume."""

from __future__ import annotations

import pytest

from resume_processor.api.routes import batch_events, events, resume_events
from resume_processor.runtime.viewing_writer import ViewingWriter
from resume_processor.storage.memory import MemoryStorage
from resume_processor.web.shell import BLIND_COOKIE
from tests.unit.api.test_tenants import Tenants, page_routes

#: What each route shows of a resume; None: nothing of the person, or it is logged otherwise.
SHOWN = {
    "/v1/resumes/{resume_id}": "record",
    "/v1/resumes/{resume_id}/json-resume": "record",
    "/v1/resumes/{resume_id}/values.csv": "record",
    "/v1/resumes/{resume_id}/corrections": "record",
    "/v1/resumes/{resume_id}/evaluation-case": "record",
    "/v1/resumes/{resume_id}/original": "file",
    "/v1/resumes/{resume_id}/pages": "pages",
    "/v1/resumes/{resume_id}/pages/{number}.png": "pages",
    "/v1/resumes/{resume_id}/pages/{number}.svg": "pages",
    "/v1/jobs/{job_id}/scores/{resume_id}": "score",
    "/v1/jobs/{job_id}/scores/{resume_id}/changes": None,  # never changed here; see test_rankings
    "/v1/resumes/{resume_id}/events": None,
    "/v1/resumes/{resume_id}/decisions": None,
    "/v1/resumes/{resume_id}/export": None,  # an entry each time
    "/v1/resumes/{resume_id}/redacted.pdf": None,  # the same
    "/resumes/{resume_id}": "record",
    "/resumes/{resume_id}/values": "record",
    "/resumes/{resume_id}/values/edit": "record",
    "/resumes/{resume_id}/pages": "pages",
    "/resumes/{resume_id}/state": None,
    "/jobs/{job_id}/candidates/{resume_id}": "score",
    "/jobs/{job_id}/compare": "score",
}


@pytest.fixture
def tenants(tmp_path, monkeypatch):
    for module in (events, resume_events, batch_events):
        monkeypatch.setattr(module, "STREAM_SECONDS", 0.3)
    made = Tenants(tmp_path, MemoryStorage())
    yield made
    made.client.close()


def taken(tenants):
    """What was noted since this was asked last."""
    viewings = tenants.services.viewings
    found = viewings.first(99)
    viewings.remove(len(found))
    viewings._known.clear()  # as in another hour
    return found


def told(tenants, found):
    """Of whom and of what, where it is the first tenant's resume."""
    assert {one.tenant for one in found} <= {"default"}
    assert {one.resume_id for one in found} <= {tenants.ids["resume_id"]}
    (key,) = tenants.services.storage.list_keys(tenant="default")
    assert {one.actor for one in found} <= {f"key:{key.id}"}
    return [one.what.value for one in found]


def test_each_route_of_the_api(tenants):
    asked = {}
    for _, path, answer in tenants.asked(tenants.first):
        found = told(tenants, taken(tenants))
        if "{resume_id}" in path:
            asked[path] = next(iter(found), None)
            assert len(found) < 2
            assert answer.status_code == (404 if path.endswith("/changes") else 200), path
        else:
            assert found == [], path
    assert asked == {path: what for path, what in SHOWN.items() if path.startswith("/v1/")}


def test_each_page(tenants):
    asked = {}
    query = {"pointer": "/basics/name", "seen": "0", "resume": tenants.ids["resume_id"]}
    for route in page_routes():
        if "GET" not in route.methods:
            continue
        url = route.path.format(**tenants.ids, name="page.js")
        tenants.client.get(url, params=query, headers=tenants.first, follow_redirects=False)
        found = told(tenants, taken(tenants))
        if "{resume_id}" in route.path or route.path.endswith("/compare"):
            asked[route.path] = next(iter(found), None)
        else:
            assert found == [], route.path
    assert asked == {path: what for path, what in SHOWN.items() if not path.startswith("/v1/")}


def test_another_tenant_was_shown_nothing(tenants):
    for _ in tenants.asked(tenants.second):
        assert taken(tenants) == []


@pytest.mark.parametrize(
    "path", ["/pages", "/pages/1.svg", "/json-resume", "/values.csv"], ids=lambda path: path[1:]
)
def test_whether_the_person_was_hidden_is_noted(tenants, path):
    url = f"/v1/resumes/{tenants.ids['resume_id']}{path}"
    for blind in (True, False):
        tenants.client.get(url, params={"blind": blind}, headers=tenants.first)
        assert [one.blind for one in taken(tenants)] == [blind]


def test_a_page_in_blind_review_is_noted_as_such(tenants):
    tenants.client.cookies.set(BLIND_COOKIE, "1")
    for start in ("/resumes/{resume_id}", "/jobs/{job_id}/candidates/{resume_id}"):
        tenants.client.get(start.format(**tenants.ids), headers=tenants.first)
        assert [one.blind for one in taken(tenants)] == [True]


def test_waiting_for_a_resume_is_no_look_at_it(api):
    resume_id = api.upload()
    for _ in range(3):
        assert api.client.get(f"/v1/resumes/{resume_id}").status_code == 200
    assert not api.services.viewings
    api.finish(resume_id)
    for _ in range(3):
        answer = api.client.get(f"/v1/resumes/{resume_id}")
    assert len(api.services.viewings) == 1
    known = {"If-None-Match": answer.headers["etag"]}
    assert api.client.get(f"/v1/resumes/{resume_id}", headers=known).status_code == 304
    assert api.client.get(f"/v1/resumes/{resume_id}/original").status_code == 200
    assert len(api.services.viewings) == 2


def test_they_come_into_the_log_and_nothing_of_the_person_does(api):
    resume_id = api.upload(name="ada-example.pdf")
    api.finish(resume_id)
    api.client.get(f"/v1/resumes/{resume_id}/json-resume?blind=true")
    assert ViewingWriter(api.services).step() == 1
    while api.services.storage.seal_audit(limit=9):
        pass
    answer = api.client.get("/v1/audit", params={"subject_id": resume_id})
    newest = answer.json()["items"][0]
    assert (newest["action"], newest["actor"]) == ("resume.viewed", "local")
    assert newest["detail"] == {"what": "record", "blind": True}
    assert "example" not in answer.text.lower()  # "ada" could stand in a hash


def test_a_setting_turns_it_off(make_api):
    api = make_api(audit_reads=False)
    resume_id = api.upload()
    api.finish(resume_id)
    assert api.client.get(f"/v1/resumes/{resume_id}/original").status_code == 200
    assert not api.services.viewings
