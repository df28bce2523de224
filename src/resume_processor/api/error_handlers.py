"""Every error becomes one RFC 9457 problem; nothing of the inside (paths, traces, SQL) gets out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from resume_processor import errors
from resume_processor.api.schemas.problem import PROBLEM_MEDIA_TYPE, FieldProblem, Problem

log = structlog.get_logger(__name__)

#: Seconds after which it is worth to try again, where a part of the service is away or full.
RETRY_AFTER_SECONDS = 5

#: Seconds after which the first request under an Idempotency-Key should have its answer.
IN_FLIGHT_SECONDS = 1

#: How one says who one is.
CHALLENGE: Mapping[str, str] = {"WWW-Authenticate": 'Bearer realm="resume-processor"'}

#: HTTP status of each kind of error; a kind that is not here has the one of its base.
STATUS: dict[type[errors.ResumeProcessorError], HTTPStatus] = {
    errors.ResumeProcessorError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.DocumentError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnsupportedType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.RequestError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    errors.HeadTimedOut: HTTPStatus.REQUEST_TIMEOUT,
    errors.BodyTimedOut: HTTPStatus.REQUEST_TIMEOUT,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.BacklogFull: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ServiceError: HTTPStatus.SERVICE_UNAVAILABLE,
}

#: Code and public message of errors that the web framework raises by itself.
FRAMEWORK: dict[int, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("invalid_request", "The body of the request cannot be read."),
    HTTPStatus.NOT_FOUND: ("not_found", errors.NotFound.default_message),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "This address has no such method."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("too_large", "The body of the request is too large."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        errors.UnsupportedType.code,
        "This type of body is not supported here.",
    ),
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: ("invalid_request", "There is no such range."),
}


def install(app: FastAPI) -> None:
    """Register the handlers with the application."""
    app.add_exception_handler(errors.ResumeProcessorError, on_product_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(HTTPException, on_framework_error)
    app.add_exception_handler(Exception, on_unexpected_error)


def status_of(kind: type[errors.ResumeProcessorError]) -> HTTPStatus:
    """The HTTP status of a kind of error."""
    return next(STATUS[base] for base in kind.__mro__ if base in STATUS)


def problem_response(
    path: str,
    status: int,
    code: str,
    detail: str,
    *,
    fields: tuple[FieldProblem, ...] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem as a response; ``path`` is the one that was asked for, without its query."""
    problem = Problem(
        type=f"urn:resume-processor:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=int(status),
        code=code,
        detail=detail,
        instance=path,
        errors=fields,
    )
    return JSONResponse(
        problem.model_dump(mode="json", exclude_none=True),
        status_code=int(status),
        media_type=PROBLEM_MEDIA_TYPE,
        headers=headers,
    )


async def on_product_error(request: Request, error: Exception) -> Response:
    """An error of our own tree: its code and message are public by contract."""
    if not isinstance(error, errors.ResumeProcessorError):
        return await on_unexpected_error(request, error)
    status = status_of(type(error))
    headers = headers_for(error, status)
    return problem_response(request.url.path, status, error.code, error.message, headers=headers)


def headers_for(error: errors.ResumeProcessorError, status: HTTPStatus) -> dict[str, str]:
    """What the client may do about it: when to come back, how to say who it is."""
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(RETRY_AFTER_SECONDS)}
    if isinstance(error, errors.RequestInFlight):
        return {"Retry-After": str(IN_FLIGHT_SECONDS)}
    if isinstance(error, errors.TooManyRequests):
        return {"Retry-After": str(max(1, math.ceil(error.seconds)))}
    return dict(CHALLENGE) if isinstance(error, errors.Unauthenticated) else {}


async def on_invalid_request(request: Request, error: Exception) -> Response:
    """Parameters or members that do not fit. What was sent is not repeated: it may be personal."""
    if not isinstance(error, RequestValidationError):
        return await on_unexpected_error(request, error)
    fields = tuple(
        FieldProblem(location=".".join(str(part) for part in one["loc"]), message=str(one["msg"]))
        for one in error.errors()
    )
    return problem_response(
        request.url.path,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        errors.InvalidRequest.code,
        "; ".join(f"{field.location}: {field.message}" for field in fields),
        fields=fields,
    )


async def on_framework_error(request: Request, error: Exception) -> Response:
    """Unknown addresses and methods, bodies that cannot be read or are too large."""
    if not isinstance(error, HTTPException):
        return await on_unexpected_error(request, error)
    if isinstance(error.__cause__, OSError):
        # the disk under the temporary file of a body is full, which is nobody's mistake
        return await on_product_error(request, errors.StorageUnavailable())
    if error.status_code in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
        return Response(status_code=error.status_code, headers=error.headers)
    code, detail = FRAMEWORK.get(
        error.status_code, ("invalid_request", HTTPStatus(error.status_code).phrase)
    )
    return problem_response(
        request.url.path, error.status_code, code, detail, headers=error.headers
    )


async def on_unexpected_error(request: Request, error: Exception) -> Response:
    """A defect of ours: named in the log, kept out of the answer."""
    log.error("unexpected_error", path=request.url.path, kind=type(error).__name__)
    return problem_response(
        request.url.path,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        errors.ResumeProcessorError.code,
        errors.ResumeProcessorError.default_message,
    )
