"""The body of a new job: JSON with text or requirements, or a form with a file or text."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from resume_processor.api.schemas.jobs import REQUIREMENTS_EXAMPLE, TEXT_EXAMPLE, NewJobBody
from resume_processor.errors import EmptyUpload

JSON = "application/json"
FORM = "multipart/form-data"

#: ``openapi_extra`` of the route: FastAPI itself knows one kind of body for a route.
DOCUMENTED_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {"$ref": "#/components/schemas/NewJobBody"},
                "examples": {
                    "text": {"summary": "An advertisement", "value": TEXT_EXAMPLE},
                    "requirements": {
                        "summary": "Said outright",
                        "value": {"requirements": REQUIREMENTS_EXAMPLE},
                    },
                },
            },
            FORM: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "The advertisement as PDF, DOCX, HTML, text …",
                        },
                        "text": {"type": "string", "description": "Instead of a file."},
                        "title": {"type": "string"},
                        "retention_days": {"type": "number"},
                    },
                }
            },
        },
    }
}


async def read_job_body(request: Request, text_of_file: Callable[[bytes], str]) -> NewJobBody:
    """The job that the request holds.

    Raises RequestValidationError (422), HTTPException (400, 415) and what ``text_of_file`` raises.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == FORM:
        async with request.form(max_files=1, max_fields=10) as form:
            return validated(await members_of(form, text_of_file))
    if kind == JSON:
        return validated(parsed_json(await request.body()))
    raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def parsed_json(body: bytes) -> Any:
    """The body as JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None


async def members_of(form: FormData, text_of_file: Callable[[bytes], str]) -> dict[str, Any]:
    """The members of a form; a file stands for the text in it."""
    members: dict[str, Any] = {
        name: value for name, value in form.items() if isinstance(value, str)
    }
    file = form.get("file")
    if isinstance(file, UploadFile):
        data = await file.read()
        if not data:
            raise EmptyUpload
        members["text"] = await run_in_threadpool(text_of_file, data)
    return members


def validated(members: Any) -> NewJobBody:
    """The members as a job."""
    try:
        return NewJobBody.model_validate(members)
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(found) from None
