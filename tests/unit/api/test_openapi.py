"""The OpenAPI document describes what the routes do, with examples that fit."""

import jsonschema
import pytest
from jsonschema import Draft202012Validator

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
def document(api):
    return api.client.get("/openapi.json").json()


def operations(document):
    """(name, operation) of each route."""
    return [
        (f"{method} {path}", operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def validate(document, schema, value):
    """The value fits the schema, references into the document resolved."""
    jsonschema.validate(
        value, {**schema, "components": document["components"]}, cls=Draft202012Validator
    )


def test_it_is_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")


def test_every_route_of_the_application_is_there(api, document):
    described = set(document["paths"])
    assert {
        "/v1/resumes",
        "/v1/resumes/{resume_id}",
        "/v1/resumes/{resume_id}/events",
        "/v1/resumes/{resume_id}/json-resume",
        "/v1/resumes/{resume_id}/original",
        "/v1/resumes/{resume_id}/reprocess",
        "/v1/resumes/{resume_id}/cancel",
        "/v1/batches",
        "/v1/batches/{batch_id}",
        "/v1/batches/{batch_id}/events",
        "/v1/webhooks",
        "/v1/webhooks/{webhook_id}",
        "/v1/webhooks/{webhook_id}/deliveries",
        "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/resend",
        "/v1/dead-letters",
        "/v1/dead-letters/replay",
        "/v1/dead-letters/{letter_id}/replay",
        "/v1/jobs",
        "/v1/jobs/{job_id}",
        "/v1/jobs/{job_id}/ranking",
        "/v1/jobs/{job_id}/scores/{resume_id}",
        "/v1/tasks/{task_id}",
        "/v1/system",
        "/livez",
        "/readyz",
        "/metrics",
    } <= described


def test_every_route_explains_itself(document):
    known = {tag["name"] for tag in document["tags"]}
    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["description"], name
        assert set(operation["tags"]) <= known, name
        for parameter in operation.get("parameters", []):
            assert parameter.get("description") or parameter["schema"].get("description"), (
                name,
                parameter["name"],
            )


def test_every_route_documents_its_errors(document):
    for name, operation in operations(document):
        answers = operation["responses"]
        assert {"500", "503"} <= set(answers), name
        if "{" in name and "tasks" not in name:
            assert "404" in answers, name
        if operation.get("parameters"):
            assert "422" in answers, name
        for status, answer in answers.items():
            if status[0] in "45" and (name, status) != ("get /readyz", "503"):
                assert set(answer["content"]) == {"application/problem+json"}, (name, status)


def test_every_success_has_an_example(document):
    for name, operation in operations(document):
        for status, answer in operation["responses"].items():
            if status[0] != "2" or status == "204":
                continue
            for kind, media in answer["content"].items():
                if media.get("schema", {}).get("format") != "binary":
                    assert examples_in(document, media), (name, status, kind)


def test_every_example_fits_its_schema(document):
    checked = 0
    for _, operation in operations(document):
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        for body in [*bodies, *operation["responses"].values()]:
            for media in body.get("content", {}).values():
                for example in examples_in(document, media):
                    if "schema" in media:
                        validate(document, media["schema"], example)
                        checked += 1
    assert checked > 40


def test_every_schema_is_valid_and_its_examples_fit(document):
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
        for example in schema.get("examples", []):
            validate(document, schema, example)


def test_an_error_as_it_is_sent_fits_the_document(api, document):
    schema = document["components"]["schemas"]["Problem"]
    for path in ("/v1/resumes/nowhere", "/v1/resumes?limit=0"):
        validate(document, schema, api.client.get(path).json())


def test_answers_as_they_are_sent_fit_the_document(api, document):
    resume_id, job_id = api.upload(), api.add_job()
    api.finish(resume_id, scores=[api.score(job_id, resume_id, 500)])
    sent = {
        "/v1/resumes": "/v1/resumes",
        f"/v1/resumes/{resume_id}": "/v1/resumes/{resume_id}",
        "/v1/jobs": "/v1/jobs",
        f"/v1/jobs/{job_id}": "/v1/jobs/{job_id}",
        f"/v1/jobs/{job_id}/ranking": "/v1/jobs/{job_id}/ranking",
        f"/v1/jobs/{job_id}/scores/{resume_id}": "/v1/jobs/{job_id}/scores/{resume_id}",
        "/v1/tasks/t": "/v1/tasks/{task_id}",
        "/v1/system": "/v1/system",
        "/livez": "/livez",
        "/readyz": "/readyz",
    }
    for path, route in sent.items():
        answer = document["paths"][route]["get"]["responses"]["200"]
        schema = answer["content"]["application/json"]["schema"]
        validate(document, schema, api.client.get(path).json())


def examples_in(document, media):
    """The examples of a media type, its own or its schema's."""
    found = [media["example"]] if "example" in media else []
    found += [one["value"] for one in media.get("examples", {}).values()]
    reference = media.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return found or document["components"]["schemas"].get(reference, {}).get("examples", [])
