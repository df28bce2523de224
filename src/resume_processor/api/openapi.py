"""The OpenAPI 3.1 document: FastAPI's, with our one shape of errors in the place of its own."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from resume_processor.api.documented import documented_problem
from resume_processor.api.schemas.base import Body
from resume_processor.api.schemas.jobs import NewJobBody
from resume_processor.api.schemas.problem import Problem
from resume_processor.api.schemas.resumes import ResumeChange
from resume_processor.api.scopes import needed_scope

DESCRIPTION = """\
Upload a resume and get `202` at once; workers read, parse and score it in the background; ask for,
wait for or stream its state, and take the result as JSON Resume with evidence for every value.

* **Errors** are RFC 9457 problem details (`application/problem+json`). Branch on `code`.
* **Listings** have `next_cursor`; hand it in as `?cursor=` for the next page.
* A **key** sees its own tenant's data only; what is another's is `404`.
* A **job** is a position to fill; background work is a **task**.
"""

TAGS = [
    {"name": "resumes", "description": "Upload resumes, follow them, take their results."},
    {"name": "batches", "description": "Many resumes at once, and how far they are."},
    {"name": "webhooks", "description": "Being told instead of asking."},
    {"name": "jobs", "description": "Positions to fill, their rankings and ledgers."},
    {"name": "keys", "description": "Who may call the service, and what for."},
    {"name": "tasks", "description": "Celery's own view of the background work."},
    {"name": "operation", "description": "Health, figures, the service at a glance."},
]

KEY_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "An API key, made with `resume-processor keys create` or `POST /v1/keys`. Its "
    "scopes: `submit` brings resumes, batches and jobs in, `read` looks, `manage` does both, "
    "changes, deletes and administers; `operate` sees figures of the whole service. A service that "
    "never had a key answers its own machine without one.",
}

#: Schemas of FastAPI's own errors, which no route of ours answers with.
FOREIGN = ("HTTPValidationError", "ValidationError")

#: Bodies that routes name by reference and FastAPI does not see.
REFERENCED: tuple[type[Body], ...] = (Problem, NewJobBody, ResumeChange)


def install(app: FastAPI) -> None:
    """Let the application serve this document instead of FastAPI's."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = build(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def build(app: FastAPI) -> dict[str, Any]:
    """The document of all routes."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas = document["components"]["schemas"]
    for name in FOREIGN:
        schemas.pop(name, None)
    for body in REFERENCED:
        schema = body.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas[body.__name__] = schema
    restore_examples(schemas, Body)
    document["components"]["securitySchemes"] = {"key": KEY_SCHEME}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            say_who_may(method.upper(), path, operation)
    return document


def say_who_may(method: str, path: str, operation: dict[str, Any]) -> None:
    """Write down the scope that a route needs, and the answers of whoever has it not."""
    scope, answers = needed_scope(method, path), operation["responses"]
    refused: list[HTTPStatus] = []
    if scope is not None:
        operation["security"] = [{"key": [scope.value]}]
        operation["description"] += f"\n\nScope: `{scope.value}`."
        refused += [
            *(HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS),
        ]
    if "requestBody" in operation:
        refused += [
            *(HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_TIMEOUT),
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ]
    for status in refused:
        answers.setdefault(str(int(status)), documented_problem(status))


def restore_examples(schemas: dict[str, Any], base: type[Body]) -> None:
    """Put the examples of bodies back as they were written.

    FastAPI drops every null on the way, and an example without its null members fits no more.
    """
    for body in base.__subclasses__():
        extra = body.model_config.get("json_schema_extra")
        if body.__name__ in schemas and isinstance(extra, dict) and "examples" in extra:
            schemas[body.__name__]["examples"] = extra["examples"]
        restore_examples(schemas, body)
