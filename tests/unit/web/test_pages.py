"""The pages ask nobody else for anything, and their pieces fit together."""

import re

import pytest

from resume_processor.documents.read_document import READERS
from resume_processor.web import pages
from resume_processor.web.shell import HERE
from resume_processor.workflow.receive_job import NewJob, receive_job
from tests.acceptance.harness import JOB
from tests.acceptance.page_harness import HandDriven, id_of
from tests.local_client import local_client

STATIC = HERE / "static"
TEMPLATES = sorted((HERE / "templates").iterdir())
OWN_SCRIPTS = [path for path in STATIC.glob("*.js") if not path.name.startswith("htmx")]
ACTING = {"HX-Request": "true"}


@pytest.fixture
def driven(tmp_path):
    return HandDriven(tmp_path, "")


@pytest.fixture
def client(driven):
    with local_client(driven.app) as client:
        yield client


@pytest.fixture
def addresses(driven):
    """Every page there is, with something on it."""
    job = receive_job(NewJob(text=JOB), driven.services)
    one, other = driven.done("one"), driven.done("other")
    driven.done("locked", failure=("encrypted", "It is protected by a password."))
    driven.kill_until_dead(driven.add("poison"))
    return [
        "/",
        f"/resumes/{one}",
        f"/resumes/{id_of('poison')}",
        "/jobs",
        f"/jobs/{job.id}",
        f"/jobs/{job.id}/ranking",
        f"/jobs/{job.id}/candidates/{one}",
        f"/jobs/{job.id}/compare?resume={one}&resume={other}",
        f"/jobs/{job.id}/compare",
        "/operations",
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"decision": ""}, "advance or reject"),
        ({"reviewer": " "}, "the person who makes it"),
        ({"reason": " "}, "a reason"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(driven, client, changes, why):
    job = receive_job(NewJob(text=JOB), driven.services)
    path = f"/jobs/{job.id}/candidates/{driven.done('one')}/decisions"
    said = {"decision": "advance", "reason": "Good.", "reviewer": "Robin Sample"}
    assert client.post(path, data=said).status_code == 422  # not the page's own script
    answer = client.post(path, data={**said, **changes}, headers=ACTING)
    assert answer.status_code == 422
    assert why in answer.text
    assert "Robin Sample" in client.post(path, data=said, headers=ACTING).text


def test_every_page_is_there_under_a_strict_policy(client, addresses):
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"].startswith("text/html")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_no_page_has_inline_code_or_an_outside_address(client, addresses):
    for address in addresses:
        text = client.get(address).text
        assert not re.search(r"\son\w+=", text), address
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), address
        assert "style=" not in text, address
    for path in [*STATIC.glob("*.css"), *OWN_SCRIPTS, *STATIC.glob("*.svg"), *TEMPLATES]:
        found = re.findall(r"https?://[^\s\"']+", path.read_text("utf-8"))
        assert set(found) <= {"http://www.w3.org/2000/svg"}, path.name


def test_everything_a_page_names_is_served(client, addresses):
    for address in addresses:
        for name in re.findall(r'(?:href|src)="/static/([^"]+)"', client.get(address).text):
            assert client.get(f"/static/{name}").status_code == 200, name
    for script in OWN_SCRIPTS:
        for name in re.findall(r'from "\./([^"]+)"', script.read_text("utf-8")):
            answer = client.get(f"/static/{name}")
            assert answer.status_code == 200, name
            assert answer.headers["content-type"].startswith("text/javascript")


def test_scripts_never_take_text_for_markup():
    for script in OWN_SCRIPTS:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(",
            script.read_text("utf-8"),
        ), script.name


def test_htmx_may_not_evaluate_and_comes_with_its_licence(client):
    assert '"allowEval":false' in client.get("/").text
    assert "Zero-Clause BSD" in client.get("/static/htmx.LICENSE.txt").text


def test_every_type_that_can_be_read_can_be_chosen(client):
    assert set(pages.FILE_TYPES) == {reader.media_type for reader in READERS}
    text = client.get("/").text
    assert 'accept=".pdf,.docx,' in text
    assert "20 MB" in text


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fpages.py", "%2e%2e%2fpages.py"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/resumes/nobody", "/jobs/none", "/jobs/none/candidates/nobody"])
def test_what_is_gone_says_so(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no such" in answer.text


def test_text_of_strangers_stays_text(client, driven):
    evil = "<img src=x onerror=alert(1)>"
    driven.add_record("r-evil", evil)
    job = receive_job(NewJob(text=f"{evil}\n\nRequirements: Python", title=evil), driven.services)
    for address in ("/resumes/r-evil", f"/jobs/{job.id}", "/jobs", "/operations"):
        assert "<img src=x" not in client.get(address).text, address


def test_only_the_page_itself_may_change_anything(client, driven):
    resume_id = driven.done("one")
    path = f"/resumes/{resume_id}/values"
    form = {"pointer": "/basics/name", "verdict": "right", "reviewer": "Robin"}
    assert client.post(path, data=form).status_code == 422
    assert not driven.storage.list_corrections(resume_id, tenant="default")
    assert client.post(path, data=form, headers=ACTING).status_code == 200
    (said,) = driven.storage.list_corrections(resume_id, tenant="default")
    assert (said.verdict.value, said.reviewer) == ("confirmed", "Robin")
    for post in (f"/resumes/{resume_id}/checked", "/jobs", "/operations/retry"):
        assert client.post(post, data={"resume_id": resume_id}).status_code == 422


def test_a_page_in_progress_is_shown_again_when_something_changed(client, driven):
    resume_id = driven.add("busy")
    revision = driven.storage.get_resume(resume_id).revision
    assert f"/state?seen={revision}" in client.get(f"/resumes/{resume_id}").text
    path = f"/resumes/{resume_id}/state?seen={revision}"
    assert client.get(path).status_code == 204
    driven.claim(resume_id)
    assert client.get(path).headers["HX-Refresh"] == "true"


def test_the_switch_goes_back_to_this_service_only(client):
    for back, there in (("/jobs?a=1", "/jobs?a=1"), ("//evil.example", "/"), ("https://e", "/")):
        answer = client.post("/blind", data={"on": "true", "back": back}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, there)
        assert "SameSite=strict" in answer.headers["set-cookie"]


def test_blind_review_needs_no_script(client, driven, addresses):
    client.cookies.set("blind", "1")
    for address in addresses:
        text = client.get(address).text
        for word in ("Amara", "Okonkwo", "example.com", "7946", "University of Leeds"):
            assert word not in text, (address, word)
    (resume,) = [client.get(one).text for one in addresses if one.startswith("/resumes/")][:1]
    assert "/redacted.pdf" in resume
    assert "/original" not in resume
    assert "/export" not in resume


def test_behind_a_prefix_every_address_has_it(driven, addresses):
    with local_client(driven.app, root_path="/cv") as client:
        for address in addresses:
            text = client.get(f"/cv{address}").text
            own = re.findall(r'(?:href|src|action|hx-get|hx-post|hx-delete)="(/[^"]*)"', text)
            assert own, address
            assert all(one.startswith("/cv/") for one in own), (address, own)
