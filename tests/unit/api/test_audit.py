"""The audit log over HTTP."""

from resume_processor.workflow.audit_chain import digest, seal_all


def log_of(api, **asked):
    seal_all(api.services.storage)
    answer = api.client.get("/v1/audit", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_who_did_what_newest_first(api):
    resume_id = api.upload()
    api.finish(resume_id)
    job_id = api.add_job()
    csv = api.client.get(f"/v1/jobs/{job_id}/ranking", params={"format": "csv"})
    assert csv.status_code == 200
    api.client.delete(f"/v1/resumes/{resume_id}")
    items = log_of(api)["items"]
    assert [(one["action"], one["actor"]) for one in items] == [
        ("resume.deleted", "local"),
        ("job.exported", "local"),
        ("job.created", "service"),
        ("resume.parsed", "service"),
        ("resume.accepted", "local"),
    ]
    assert {one["subject_id"] for one in items} == {resume_id, job_id}


def test_anybody_can_make_the_hashes_again_from_the_answer(api):
    api.upload()
    api.upload(b"another one")
    later, earlier = log_of(api)["items"]
    assert later["previous"] == earlier["hash"]
    for item in (later, earlier):
        assert digest({key: one for key, one in item.items() if key != "hash"}) == item["hash"]
    head = api.client.get("/v1/audit/head").json()
    assert (head["sequence"], head["hash"]) == (2, later["hash"])


def test_pages_and_one_subject(api):
    ids = [api.upload(b"%d" % number) for number in range(3)]
    first = log_of(api, limit=2)
    second = log_of(api, limit=2, cursor=first["next_cursor"])
    shown = [one["subject_id"] for one in (*first["items"], *second["items"])]
    assert (shown, second["next_cursor"]) == (ids[::-1], None)
    (only,) = log_of(api, subject_id=ids[1])["items"]
    assert only["sequence"] == 2


def test_before_anything_happened(api):
    assert log_of(api) == {"items": [], "next_cursor": None}
    assert api.client.get("/v1/audit/head").json()["sequence"] == 0
    assert api.client.get("/v1/audit?cursor=nonsense").status_code == 422
