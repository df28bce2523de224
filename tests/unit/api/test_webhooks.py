"""Webhooks and dead letters over HTTP."""

import pytest

from resume_processor.workflow.webhooks import Answer, send_next

PUBLIC = "https://93.184.216.34/hook"


def problem(answer, status, code):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code


@pytest.fixture
def hook(api):
    """A registered webhook's answer."""
    answer = api.client.post("/v1/webhooks", json={"url": PUBLIC})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_the_secret_is_shown_once(api, hook):
    assert hook["secret"].startswith("whsec_")
    assert len(hook["events"]) == 4
    for path in ("/v1/webhooks", f"/v1/webhooks/{hook['id']}"):
        answer = api.client.get(path)
        assert answer.status_code == 200
        assert hook["id"] in answer.text
        assert "whsec_" not in answer.text


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "http://localhost/", "http://10.0.0.1/", "ftp://93.184.216.34/"]
)
def test_private_addresses_are_refused(api, url):
    problem(api.client.post("/v1/webhooks", json={"url": url}), 422, "address_refused")


@pytest.mark.parametrize(
    "body",
    [{}, {"url": "https://a b/"}, {"url": PUBLIC, "events": []}, {"url": PUBLIC, "events": ["x"]}],
)
def test_what_does_not_fit_is_refused(api, body):
    problem(api.client.post("/v1/webhooks", json=body), 422, "invalid_request")


def test_the_log_says_what_was_sent_and_answered(api, hook):
    resume_id = api.upload()
    api.finish(resume_id)
    assert send_next(api.services, lambda *_: Answer(500), owner="s")
    (one,) = api.client.get(f"/v1/webhooks/{hook['id']}/deliveries").json()["items"]
    assert (one["type"], one["state"]) == ("resume.done", "waiting")
    assert one["payload"]["data"]["resume_id"] == resume_id
    assert [attempt["status_code"] for attempt in one["attempts"]] == [500]
    assert one["next_attempt_at"]
    again = f"/v1/webhooks/{hook['id']}/deliveries/{one['id']}/resend"
    problem(api.client.post(again), 409, "conflict")


def test_what_was_given_up_is_sent_again(make_api):
    api = make_api(webhook_max_attempts=1)
    hook = api.client.post("/v1/webhooks", json={"url": PUBLIC}).json()
    api.finish(api.upload())
    assert send_next(api.services, lambda *_: Answer(error="timed_out"), owner="s")
    (one,) = api.client.get(f"/v1/webhooks/{hook['id']}/deliveries").json()["items"]
    assert one["state"] == "failed"
    answer = api.client.post(f"/v1/webhooks/{hook['id']}/deliveries/{one['id']}/resend")
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert send_next(api.services, lambda *_: Answer(200), owner="s") in (True, False)


def test_a_webhook_can_be_deleted(api, hook):
    assert api.client.delete(f"/v1/webhooks/{hook['id']}").status_code == 204
    problem(api.client.delete(f"/v1/webhooks/{hook['id']}"), 404, "not_found")
    problem(api.client.get(f"/v1/webhooks/{hook['id']}/deliveries"), 404, "not_found")
    api.finish(api.upload())
    assert not send_next(api.services, lambda *_: Answer(200), owner="s")


@pytest.fixture
def dead(make_api):
    """An API with a resume that was given up."""
    api = make_api(max_attempts=1, lease_seconds=0.1)
    return api, [api.kill(api.upload(data=b"%d" % number)) for number in range(3)]


def test_dead_letters_are_listed_and_tried_again(dead):
    api, ids = dead
    page = api.client.get("/v1/dead-letters", params={"limit": 2}).json()
    assert len(page["items"]) == 2
    assert page["next_cursor"]
    letter = page["items"][0]
    assert (letter["kind"], letter["code"]) == ("process_resume", "worker_crashed")
    answer = api.client.post(f"/v1/dead-letters/{letter['id']}/replay")
    assert (answer.status_code, answer.json()["attempts"]) == (202, 0)
    assert api.client.get(f"/v1/resumes/{letter['id']}").json()["status"] == "RECEIVED"
    problem(api.client.post(f"/v1/dead-letters/{letter['id']}/replay"), 409, "conflict")
    problem(api.client.post("/v1/dead-letters/nowhere/replay"), 404, "not_found")
    assert api.client.post("/v1/dead-letters/replay").json() == {"replayed": 2}
    assert api.client.get("/v1/dead-letters").json()["items"] == []
    states = {api.client.get(f"/v1/resumes/{one}").json()["status"] for one in ids}
    assert states == {"RECEIVED"}
