"""Who may do what: with keys, without any, from elsewhere, in a browser."""

import asyncio
import json
from datetime import datetime, timedelta

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from resume_processor.api.access import is_at_this_machine
from resume_processor.api.scopes import needed_scope
from resume_processor.workflow.key_port import ALL_SCOPES, Scope
from resume_processor.workflow.keys import SESSION_COOKIE, create_key, sign_in_with_key


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def key(api):
    """Makes a key with these scopes; the headers that show it."""

    def make(*scopes, tenant="default"):
        new = create_key("test", [Scope(one) for one in scopes], tenant, api.services)
        return bearer(new.secret)

    return make


def client_from(api, *, address="203.0.113.7", host="resumes.example.org"):
    """A client at another machine."""
    return TestClient(
        api.app,
        base_url=f"http://{host}",
        client=(address, 50000),
        raise_server_exceptions=False,
    )


def test_without_keys_the_own_machine_needs_none(api):
    assert api.client.get("/v1/resumes").status_code == 200
    assert api.client.get("/metrics").status_code == 200


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("203.0.113.7", "resumes.example.org"),
        ("203.0.113.7", "127.0.0.1"),
        ("127.0.0.1", "resumes.example.org"),  # a name that somebody lets lead here
        ("127.0.0.1", "127.0.0.1.example.org"),
        ("", "127.0.0.1"),
    ],
)
def test_without_keys_nobody_else_is_served(api, address, host):
    answer = client_from(api, address=address, host=host).get("/v1/resumes")
    assert (answer.status_code, answer.json()["code"]) == (403, "keys_needed")
    assert client_from(api, address=address, host=host).get("/livez").status_code == 200


@pytest.mark.parametrize(
    ("server", "expected"), [("127.0.0.1", True), ("::1", True), ("10.0.0.5", False)]
)
def test_without_keys_a_socket_that_others_reach_serves_nobody(server, expected):
    headers = [(b"host", b"localhost:8000")]
    scope = {"type": "http", "headers": headers, "client": ("127.0.0.1", 1)}
    assert is_at_this_machine(Request({**scope, "server": (server, 8000)})) is expected


def test_from_the_first_key_on_everybody_needs_one(api, key):
    mine = key("read")
    answer = api.client.get("/v1/resumes")
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert api.client.get("/v1/resumes", headers=mine).status_code == 200
    assert client_from(api).get("/v1/resumes", headers=mine).status_code == 200


def test_revoking_the_last_key_opens_nothing(api, key):
    mine = key("manage")
    (stored,) = api.services.storage.list_keys()
    assert api.client.delete(f"/v1/keys/{stored.id}", headers=mine).status_code == 204
    assert api.client.get("/v1/resumes", headers=mine).status_code == 401
    assert api.client.get("/v1/resumes").status_code == 401


@pytest.mark.parametrize(
    "said",
    [b"Bearer rp_unknown", b"Bearer", b"Bearer ", b"Basic dXNlcjpwYXNz", b"rp_x", b"Bearer \xff"],
)
def test_what_is_no_key_is_refused(api, key, said):
    key("read")
    answer = api.client.get("/v1/resumes", headers={"Authorization": said})
    assert answer.status_code == 401


def test_alive_and_ready_stay_open(api, key):
    key("read")
    for path in ("/livez", "/readyz", "/openapi.json"):
        assert client_from(api).get(path).status_code == 200, path


SCOPES = {
    ("GET", "/v1/resumes"): "read",
    ("POST", "/v1/resumes"): "submit",
    ("POST", "/v1/batches"): "submit",
    ("POST", "/v1/jobs"): "submit",
    ("GET", "/v1/resumes/x/original"): "read",
    ("GET", "/v1/events"): "read",
    ("PUT", "/v1/resumes/x/corrections"): "manage",
    ("POST", "/v1/resumes/x/reprocess"): "manage",
    ("DELETE", "/v1/resumes/x"): "manage",
    ("DELETE", "/v1/jobs/x"): "manage",
    ("GET", "/v1/webhooks"): "manage",
    ("GET", "/v1/audit"): "manage",
    ("POST", "/v1/jobs/x/decisions"): "manage",
    ("GET", "/v1/jobs/x/decisions"): "read",
    ("GET", "/v1/webhooks/x/deliveries"): "manage",
    ("GET", "/v1/keys"): "manage",
    ("POST", "/v1/keys"): "manage",
    ("POST", "/v1/dead-letters/replay"): "manage",
    ("GET", "/v1/dead-letters"): "read",
    ("GET", "/v1/system"): "read",
    ("GET", "/metrics"): "operate",
    ("POST", "/jobs"): "submit",
    ("POST", "/resumes/x/values"): "manage",
    ("POST", "/blind"): "read",
    ("PATCH", "/whatever/comes"): "manage",
}


@pytest.mark.parametrize(("request_line", "scope"), SCOPES.items(), ids=str)
def test_each_request_needs_its_scope(request_line, scope):
    assert needed_scope(*request_line) == scope


def test_a_scope_gives_no_more_than_it_says(api, key):
    submit, read, manage, operate = map(key, ("submit", "read", "manage", "operate"))
    form = {"file": ("ada.txt", b"a resume")}
    sent = api.client.post("/v1/resumes", files=form, headers=submit)
    path = sent.headers["location"]
    for headers, expected in ((submit, 403), (read, 200), (manage, 200), (operate, 403)):
        assert api.client.get(path, headers=headers).status_code == expected
    for headers, expected in ((submit, 403), (read, 403), (manage, 403), (operate, 200)):
        assert api.client.get("/metrics", headers=headers).status_code == expected
    for headers, expected in ((submit, 403), (read, 403), (operate, 403), (manage, 204)):
        answer = api.client.delete(path, headers=headers)
        assert answer.status_code == expected
        if expected == 403:
            assert answer.json()["code"] == "forbidden"
            assert "`manage`" in answer.json()["detail"]


def test_a_body_is_not_read_for_who_may_not_send_it(api, key):
    async def receive():
        raise AssertionError("it was read")

    for headers in ({}, bearer("rp_wrong"), key("read")):
        sent = []

        async def send(message, sent=sent):
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/v1/batches",
            "query_string": b"",
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "headers": [
                (b"host", b"127.0.0.1"),
                (b"content-type", b"application/zip"),
                (b"content-length", b"1000"),
                *((name.lower().encode(), value.encode()) for name, value in headers.items()),
            ],
        }
        asyncio.run(api.app(scope, receive, send))
        assert sent[0]["status"] in (401, 403)
        assert (b"connection", b"close") in sent[0]["headers"]


def test_the_use_of_a_key_is_noted_roughly(api, key):
    mine, storage = key("read"), api.services.storage
    api.client.get("/v1/resumes", headers=mine)
    (first,) = storage.list_keys()
    assert first.last_used_at is not None
    api.client.get("/v1/resumes", headers=mine)
    assert storage.list_keys() == [first]
    api.services.clock.time += timedelta(minutes=10)
    api.client.get("/v1/resumes", headers=mine)
    assert storage.list_keys()[0].last_used_at > first.last_used_at


# -- keys over the API


def test_a_key_is_shown_once(api, key):
    mine = key("manage")
    answer = api.client.post(
        "/v1/keys", json={"name": "careers site", "scopes": ["submit"]}, headers=mine
    )
    assert answer.status_code == 201
    made = answer.json()
    secret = made.pop("key")
    assert secret.startswith(made["prefix"])
    assert len(secret) > 40
    listed = api.client.get("/v1/keys", headers=mine)
    assert secret not in listed.text
    assert made in listed.json()["items"]
    assert secret not in repr(api.services.storage.list_keys())
    upload = api.client.post("/v1/resumes", files={"file": ("a.txt", b"x")}, headers=bearer(secret))
    assert upload.status_code == 202


def test_the_first_key_can_be_made_at_the_open_machine(api):
    answer = api.client.post("/v1/keys", json={"name": "first", "scopes": ["manage"]})
    assert answer.status_code == 201
    assert api.client.get("/v1/keys").status_code == 401
    mine = bearer(answer.json()["key"])
    assert len(api.client.get("/v1/keys", headers=mine).json()["items"]) == 1


def test_a_key_gives_no_more_than_it_has(api, key):
    mine = key("manage")
    for body in (
        {"name": "x", "scopes": ["operate"]},
        {"name": "x", "scopes": ["read"], "tenant": "other"},
    ):
        answer = api.client.post("/v1/keys", json=body, headers=mine)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    operator = key("manage", "operate")
    for scopes in (["operate"], ["manage"]):
        body = {"name": "x", "scopes": scopes, "tenant": "other"}
        assert api.client.post("/v1/keys", json=body, headers=operator).status_code == 201


def test_keys_of_other_tenants_are_not_there(api, key):
    mine, theirs = key("manage"), key("manage", tenant="other")
    (other,) = api.services.storage.list_keys(tenant="other")
    listed = api.client.get("/v1/keys", headers=mine).json()["items"]
    assert {one["tenant"] for one in listed} == {"default"}
    assert api.client.delete(f"/v1/keys/{other.id}", headers=mine).status_code == 404
    assert api.client.get("/v1/keys", headers=theirs).status_code == 200
    operator = key("manage", "operate")
    listed = api.client.get("/v1/keys", headers=operator).json()["items"]
    assert {one["tenant"] for one in listed} == {"default", "other"}


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "scopes": ["read"]},
        {"name": "   ", "scopes": ["read"]},
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["everything"]},
        {"name": "x", "scopes": ["read"], "tenant": "../other"},
        {"name": "x\x00", "scopes": ["read"]},
        {"name": "x", "scopes": ["read"], "expires_at": "2026-01-01T00:00:00Z"},
        {"name": "x", "scopes": ["read"], "expires_at": "2026-04-01T00:00:00"},
        {"name": "x", "scopes": ["read"], "expires_at": "9999-12-31T23:59:59-23:00"},
        {"name": "x", "scopes": ["read"], "expires_at": "0001-01-01T00:00:00+23:00"},
    ],
    ids=json.dumps,
)
def test_keys_that_cannot_be_are_refused(api, body):
    assert api.client.post("/v1/keys", json=body).status_code == 422
    assert not api.services.storage.has_keys()


def test_a_key_that_ran_out_is_refused_like_a_revoked_one(api, key):
    mine = key("manage")
    end = api.services.clock.now() + timedelta(hours=1)
    body = {"name": "x", "scopes": ["read"], "expires_at": end.isoformat()}
    made = api.client.post("/v1/keys", json=body, headers=mine).json()
    assert datetime.fromisoformat(made["expires_at"]) == end
    theirs = bearer(made.pop("key"))
    assert made in api.client.get("/v1/keys", headers=mine).json()["items"]
    assert api.client.get("/v1/resumes", headers=theirs).status_code == 200
    api.services.clock.time = end
    late = api.client.get("/v1/resumes", headers=theirs)
    other = key("read")
    revoked = next(one for one in api.services.storage.list_keys() if one.name == "test")
    api.services.storage.revoke_key(revoked.id, now=end)
    ended = api.client.get("/v1/resumes", headers=other)
    assert late.status_code == ended.status_code == 401
    assert late.json() == ended.json()
    assert late.headers["www-authenticate"] == ended.headers["www-authenticate"]
    listed = api.client.get("/v1/keys", headers=mine).json()["items"]
    assert datetime.fromisoformat(listed[1]["expires_at"]) == end


def test_a_key_that_ends_makes_none_that_outlives_it(api, key):
    end = api.services.clock.now() + timedelta(hours=1)
    services = api.services
    new = create_key("x", [Scope.MANAGE], "default", services, expires_at=end)
    mine, session = bearer(new.secret), sign_in_with_key(new.secret, services)
    body = {"name": "x", "scopes": ["read"]}
    later = {**body, "expires_at": (end + timedelta(seconds=1)).isoformat()}
    assert api.client.post("/v1/keys", json=later, headers=mine).status_code == 403
    made = api.client.post("/v1/keys", json=body, headers=mine).json()
    assert datetime.fromisoformat(made["expires_at"]) == end
    api.client.cookies.set(SESSION_COOKIE, session)
    assert api.client.post("/v1/keys", json=later).status_code == 403


# -- browsers


def test_another_sites_page_cannot_have_a_browser_change_anything(api):
    resume_id = api.upload()
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
    ):
        answer = api.client.post(f"/v1/resumes/{resume_id}/cancel", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), headers
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"}
    assert api.client.post(f"/v1/resumes/{resume_id}/cancel", headers=own).status_code == 200


def test_a_session_reads_what_its_key_may_and_no_more(api, key):
    new = create_key("person", [Scope.READ], "default", api.services)
    session = sign_in_with_key(new.secret, api.services)
    api.client.cookies.set(SESSION_COOKIE, session)
    assert api.client.get("/v1/resumes").status_code == 200
    assert api.client.post("/v1/resumes", files={"file": ("a.txt", b"x")}).status_code == 403
    api.services.storage.revoke_key(new.key.id, now=api.services.clock.now())
    assert api.client.get("/v1/resumes").status_code == 401


def test_a_session_of_an_emptied_database_does_not_lock_out(api):
    api.client.cookies.set(SESSION_COOKIE, "from before")
    assert api.client.get("/v1/resumes").status_code == 200


def test_the_document_says_what_each_route_needs(api):
    document = api.client.get("/openapi.json").json()
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    open_to_all = set()
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if "security" not in operation:
                open_to_all.add(path)
                continue
            ((scope,),) = (next(iter(one.values())) for one in operation["security"])
            assert scope == needed_scope(method.upper(), path)
            assert scope in ALL_SCOPES
            assert {"401", "403", "429"} <= set(operation["responses"]), path
    assert open_to_all == {"/livez", "/readyz"}


def test_the_audit_log_names_the_key_that_did_it(api, key):
    mine = key("manage")
    (stored,) = api.services.storage.list_keys()
    sent = api.client.post("/v1/resumes", files={"file": ("a.txt", b"x")}, headers=mine)
    while api.services.storage.seal_audit(limit=99):
        pass
    asked = {"subject_id": sent.json()["id"]}
    entries = api.client.get("/v1/audit", params=asked, headers=mine).json()["items"]
    assert [(one["action"], one["actor"]) for one in entries] == [
        ("resume.accepted", f"key:{stored.id}")
    ]
