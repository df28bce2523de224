"""The page with keys in force: nobody sees anything before they signed in."""

import pytest

from resume_processor.workflow.key_port import Scope
from resume_processor.workflow.keys import SESSION_COOKIE, create_key, sign_in_link
from tests.acceptance.page_harness import HandDriven
from tests.local_client import local_client

SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def driven(tmp_path):
    return HandDriven(tmp_path, "")


@pytest.fixture
def secret(driven):
    return create_key("person", [Scope.MANAGE], "default", driven.services).secret


@pytest.fixture
def client(driven):
    with local_client(driven.app, follow_redirects=False) as client:
        yield client


def signed_in(client, secret, **fields):
    answer = client.post("/sign-in", data={"key": secret, **fields}, headers=SAME)
    assert answer.status_code == 303, answer.text
    return answer


def test_without_keys_nobody_is_asked(client):
    assert client.get("/").status_code == 200
    assert "Sign out" not in client.get("/").text
    assert client.get("/sign-in").headers["location"] == "/"


def test_every_page_leads_to_the_form_and_back(client, driven, secret):
    driven.done("one")
    answer = client.get("/jobs?x=1")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/sign-in?next=/jobs%3Fx%3D1",
    )
    form = client.get(answer.headers["location"])
    assert form.status_code == 200
    assert 'value="/jobs?x=1"' in form.text
    assert "one.pdf" not in form.text
    assert signed_in(client, secret, next="/jobs?x=1").headers["location"] == "/jobs?x=1"
    assert client.get("/jobs").status_code == 200
    assert client.get("/v1/resumes").status_code == 200


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(client, driven, secret):
    cookie = signed_in(client, secret).headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/", "max-age=43200"):
        assert part in cookie
    assert "secure" not in cookie.replace("resume_processor_session", "")
    with local_client(driven.app, follow_redirects=False) as other:
        other.base_url = "https://127.0.0.1"
        assert "; secure" in signed_in(other, secret).headers["set-cookie"].lower()


def test_a_wrong_key_is_refused_in_words(client, secret):
    answer = client.post("/sign-in", data={"key": "rp_wrong"}, headers=SAME)
    assert answer.status_code == 401
    assert "This key does not hold" in answer.text
    assert "set-cookie" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_signing_out_ends_the_session_for_good(client, secret):
    signed_in(client, secret)
    session = client.cookies[SESSION_COOKIE]
    assert "Sign out" in client.get("/").text
    answer = client.post("/sign-out", headers=SAME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert SESSION_COOKIE not in client.cookies
    client.cookies.set(SESSION_COOKIE, session)
    assert client.get("/").status_code == 303


def test_the_printed_link_works_once(client, driven, secret):
    link = f"/sign-in?once={sign_in_link(driven.services)}"
    answer = client.get(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/").status_code == 200
    client.cookies.clear()
    again = client.get(link)
    assert again.status_code == 401
    assert "used, or is too old" in again.text


@pytest.mark.parametrize("away", ["//evil.example.org", "https://evil.example.org", "/\\evil", "x"])
def test_nobody_is_led_away(client, secret, away):
    assert signed_in(client, secret, next=away).headers["location"] == "/"


def test_a_page_of_another_site_cannot_sign_anybody_in_or_out(client, secret):
    for path in ("/sign-in", "/sign-out"):
        answer = client.post(
            path, data={"key": secret}, headers={"Origin": "https://evil.example.org"}
        )
        assert answer.status_code == 403


def test_a_piece_of_a_page_leads_the_whole_page_to_the_form(client, secret):
    answer = client.get("/operations/now", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in")


def test_who_comes_from_another_site_comes_again_from_here(client, secret):
    """Their session was hidden on the first request (SameSite=Strict)."""
    foreign = client.get("/sign-in?next=/jobs", headers={"Sec-Fetch-Site": "cross-site"})
    assert '<meta http-equiv="refresh" content="0; url=/jobs">' in foreign.text
    own = client.get("/sign-in?next=/jobs", headers=SAME)
    assert "http-equiv" not in own.text


def test_a_key_that_only_reads_changes_nothing_on_the_page(client, driven):
    resume_id = driven.done("one")
    reader = create_key("reader", [Scope.READ], "default", driven.services).secret
    signed_in(client, reader)
    assert client.get(f"/resumes/{resume_id}").status_code == 200
    acting = {**SAME, "HX-Request": "true"}
    for path in (f"/resumes/{resume_id}/values", "/operations/retry", "/jobs"):
        assert client.post(path, headers=acting).status_code == 403
    assert client.post("/blind", data={"on": "true"}, headers=SAME).status_code == 303
