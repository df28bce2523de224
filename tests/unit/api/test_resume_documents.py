"""Downloads."""


def test_json_resume_is_the_bare_document(api):
    resume_id = api.upload()
    before = api.client.get(f"/v1/resumes/{resume_id}/json-resume")
    assert (before.status_code, before.json()["code"]) == (409, "conflict")
    api.finish(resume_id)
    after = api.client.get(f"/v1/resumes/{resume_id}/json-resume")
    assert after.headers["content-type"] == "application/json"
    assert set(after.json()) == {"basics", "skills"}


def test_a_failed_resume_has_no_document_and_says_why(api):
    resume_id = api.upload()
    api.finish(resume_id, failure=("corrupt", "The document is damaged and cannot be read."))
    answer = api.client.get(f"/v1/resumes/{resume_id}/json-resume")
    assert answer.status_code == 409
    assert "damaged" in answer.json()["detail"]


def test_the_original_comes_back_byte_for_byte_and_never_as_a_page(api):
    data = b"<script>alert(1)</script>" * 10_000
    resume_id = api.upload(data, name="évil;.html")
    answer = api.client.get(f"/v1/resumes/{resume_id}/original")
    assert answer.content == data
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    disposition = answer.headers["content-disposition"]
    assert disposition == "attachment; filename=\"evil_.html\"; filename*=UTF-8''%C3%A9vil%3B.html"


def test_an_original_that_is_gone_is_not_found(api):
    resume_id = api.upload()
    api.services.blobs.delete(api.services.storage.get_resume(resume_id).blob_key)
    answer = api.client.get(f"/v1/resumes/{resume_id}/original")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
