"""A person's word on a value, over HTTP."""

import pytest


@pytest.fixture
def resume_id(api):
    resume_id = api.upload()
    api.finish(resume_id)
    return resume_id


def put(api, resume_id, pointer, value, reviewer="Robin Sample"):
    return api.client.put(
        f"/v1/resumes/{resume_id}/corrections",
        json={"pointer": pointer, "value": value, "reviewer": reviewer},
    )


def test_a_correction_is_kept_beside_what_was_read(api, resume_id):
    answer = put(api, resume_id, "/basics/name", "Ada Exemplar", "  Robin Sample ")
    assert answer.status_code == 200
    assert answer.json()["verdict"] == "corrected"
    assert answer.json()["reviewer"] == "Robin Sample"
    path = f"/v1/resumes/{resume_id}"
    assert api.client.get(path).json()["result"]["resume"]["basics"]["name"] == "Ada Example"
    plain = api.client.get(f"{path}/json-resume").json()
    right = api.client.get(f"{path}/json-resume?corrected=true").json()
    assert plain["basics"]["name"] == "Ada Example"
    assert right["basics"]["name"] == "Ada Exemplar"
    (item,) = api.client.get(f"{path}/corrections").json()["items"]
    assert (item["read"], item["value"], item["stale"]) == ("Ada Example", "Ada Exemplar", False)
    assert api.client.delete(f"{path}/corrections?pointer=/basics/name").status_code == 204
    assert api.client.get(f"{path}/corrections").json()["items"] == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/basics", "a text for an object"),
        ("/basics/nickname", None),
        ("/work/4/name", "Works"),
        ("/work/0/startDate", "a while ago"),
        ("name", "x"),
        ("/basics/name", ""),
    ],
)
def test_what_does_not_fit_is_refused(api, resume_id, pointer, value):
    answer = put(api, resume_id, pointer, value)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_nobody_says_nothing_about_nothing(api):
    waiting = api.upload()
    assert put(api, waiting, "/basics/name", "x").status_code == 409
    assert put(api, "unknown", "/basics/name", "x").status_code == 404
    assert put(api, waiting, "/basics/name", "x", reviewer=" ").status_code == 422


def test_read_again_it_is_stale(api, resume_id):
    put(api, resume_id, "/basics/name", "Ada Exemplar")
    assert api.client.post(f"/v1/resumes/{resume_id}/reprocess").status_code == 202
    result = {
        "resume": {"basics": {"name": "A. Example"}},
        "personal": {},
        "evidence": {},
        "warnings": [],
        "facts": {},
        "parser_version": "2",
    }
    api.finish(resume_id, result=result)
    (item,) = api.client.get(f"/v1/resumes/{resume_id}/corrections").json()["items"]
    assert item["stale"]


def test_the_case_has_what_is_right(api, resume_id):
    put(api, resume_id, "/basics/phone", "+44 20 7946 0000")
    gold = api.client.get(f"/v1/resumes/{resume_id}/evaluation-case").json()
    assert gold["basics"]["phone"] == ["+44 20 7946 0000"]
    assert gold["skills"] == ["Python"]


def test_values_as_a_table_also_without_the_person(api, resume_id):
    put(api, resume_id, "/basics/name", "=Ada()")
    path = f"/v1/resumes/{resume_id}/values.csv"
    lines = api.client.get(path).text.splitlines()
    assert lines[0].startswith("pointer,value,source")
    assert lines[1].startswith("/basics/name,Ada Example,")
    assert ",corrected,'=Ada(),Robin Sample," in lines[1]
    blind = api.client.get(f"{path}?blind=true").text
    assert "/skills/0/name,Python" in blind
    assert "Ada" not in blind
    assert "British" not in blind
    assert "Ada" not in api.client.get(f"/v1/resumes/{resume_id}/json-resume?blind=true").text
