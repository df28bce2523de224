"""How routes document their errors: each with the problem's shape and an example."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from resume_processor import errors
from resume_processor.api.schemas.problem import PROBLEM_MEDIA_TYPE, Problem

#: For each status the codes that stand for it, the first one as the example.
EXAMPLES: dict[int, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: (errors.InvalidRequest.code, "The body of the request cannot be read."),
    HTTPStatus.UNAUTHORIZED: (
        errors.Unauthenticated.code,
        errors.Unauthenticated.default_message,
    ),
    HTTPStatus.FORBIDDEN: (errors.Forbidden.code, errors.Forbidden.default_message),
    HTTPStatus.REQUEST_TIMEOUT: (errors.BodyTimedOut.code, errors.BodyTimedOut.default_message),
    HTTPStatus.TOO_MANY_REQUESTS: (
        errors.TooManyRequests.code,
        errors.TooManyRequests.default_message,
    ),
    HTTPStatus.NOT_FOUND: (errors.NotFound.code, errors.NotFound.default_message),
    HTTPStatus.CONFLICT: (errors.Conflict.code, errors.Conflict.default_message),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        errors.TooLarge.code,
        "The body of the request is too large.",
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        errors.UnsupportedType.code,
        errors.UnsupportedType.default_message,
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        errors.InvalidRequest.code,
        errors.InvalidRequest.default_message,
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        errors.ResumeProcessorError.code,
        errors.ResumeProcessorError.default_message,
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        errors.StorageUnavailable.code,
        errors.StorageUnavailable.default_message,
    ),
}

#: Headers of the answer to something that was taken and is done later.
RECEIPT_HEADERS = {
    "Location": {"description": "Where to ask for it.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
}

#: Said of a request that was sent again.
REPLAY_HEADER = {
    "Idempotency-Replayed": {
        "description": "`true` where the key was used before: nothing new was stored.",
        "schema": {"type": "string"},
    }
}

#: What any route may answer.
EVERYWHERE = (HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)


def problems(*statuses: int, **codes: str) -> dict[int | str, dict[str, Any]]:
    """``responses=`` of a route that may answer with these statuses.

    ``codes`` puts another example in the place of a status's own: ``s422="empty_file"``.
    """
    return {
        int(status): documented_problem(int(status), codes.get(f"s{int(status)}"))
        for status in (*statuses, *EVERYWHERE)
    }


def documented_problem(status: int, code: str | None = None) -> dict[str, Any]:
    """One error response of the OpenAPI document."""
    usual, detail = EXAMPLES[status]
    code = code or usual
    example = Problem(
        type=f"urn:resume-processor:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=MESSAGES.get(code, detail),
        instance="/v1/resumes",
        errors=None,
    ).model_dump(mode="json", exclude_none=True)
    return {
        "description": f"{HTTPStatus(status).phrase}, e.g. `{code}`",
        "content": {
            PROBLEM_MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": example,
            }
        },
    }


def kinds_of(base: type[errors.ResumeProcessorError]) -> list[type[errors.ResumeProcessorError]]:
    """The whole tree of errors, from the outside in."""
    found = [base]
    for kind in base.__subclasses__():
        found.extend(kinds_of(kind))
    return found


#: The public message of every code of ours.
MESSAGES = {kind.code: kind.default_message for kind in kinds_of(errors.ResumeProcessorError)}
