"""Everything that is kept about a resume; a copy without the person."""

import io
import json
import zipfile

import pypdfium2 as pdfium


def export(api, resume_id):
    answer = api.client.get(f"/v1/resumes/{resume_id}/export")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["content-disposition"].startswith("attachment")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


def test_everything_is_in_the_export(api):
    job_id = api.add_job()
    resume_id = api.upload(b"Ada Example", name="../Zoë's CV.txt", external_id="A-7")
    api.finish(resume_id, scores=[api.score(job_id, resume_id, 700)])
    word = {"pointer": "/basics/name", "value": "Ada B. Example", "reviewer": "Kim"}
    path = f"/v1/resumes/{resume_id}"
    assert api.client.put(f"{path}/corrections", json=word).status_code == 200
    decision = {"resume_id": resume_id, "decision": "advance", "reason": "Good", "reviewer": "Kim"}
    assert api.client.post(f"/v1/jobs/{job_id}/decisions", json=decision).status_code == 201
    api.services.storage.seal_audit(limit=99)
    archive = export(api, resume_id)
    found = {
        name: json.loads(archive.read(name)) for name in archive.namelist() if name[-4:] == "json"
    }
    assert archive.read("original/Zoe_s CV.txt") == b"Ada Example"
    assert all(name in archive.read("README.txt").decode() for name in found)
    assert found["record.json"]["external_id"] == "A-7"
    assert "blob_key" not in found["record.json"]
    assert found["json-resume.json"]["basics"]["name"] == "Ada Example"
    assert "evidence" in found["result.json"]
    assert found["corrections.json"][0]["value"] == "Ada B. Example"
    (score,) = found["scores.json"]
    assert (score["job_title"], score["ledger"]["total"]) == ("Engineer", 700)
    assert score["earlier"] is None
    assert found["decisions.json"][0]["reason"] == "Good"
    assert [one["status"] for one in found["history.json"]] == ["RECEIVED", "PROCESSING", "DONE"]
    assert "resume.accepted" in [one["action"] for one in found["audit.json"]]


def test_what_is_not_there_is_left_out(api):
    resume_id = api.upload(b"Ada Example", name="....")
    names = export(api, resume_id).namelist()
    assert "original/resume" in names
    assert "json-resume.json" not in names
    assert api.client.get("/v1/resumes/unknown/export").status_code == 404


def test_a_copy_without_the_person(api):
    resume_id = api.upload(b"Ada Example\n\nPython developer\n", name="ada.txt")
    path = f"/v1/resumes/{resume_id}/redacted.pdf"
    assert api.client.get(path).status_code == 409
    api.finish(resume_id)
    answer = api.client.get(path)
    assert answer.headers["content-type"] == "application/pdf"
    assert "candidate-" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "private, no-store"
    text = pdfium.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    assert text.split() == ["Python", "developer"]
