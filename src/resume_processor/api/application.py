"""The API as a FastAPI application: routes, error handlers, limits and headers put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

from resume_processor.api import error_handlers, openapi
from resume_processor.api.access import Access
from resume_processor.api.body_limit import FORM_OVERHEAD, PART_OVERHEAD, DeclaredSizeLimit
from resume_processor.api.body_time import BodyTime
from resume_processor.api.dependencies import ApiParts
from resume_processor.api.routes import (
    audit,
    batch_events,
    batches,
    corrections,
    dead_letters,
    decisions,
    events,
    fairness,
    jobs,
    keys,
    operation,
    rankings,
    resume_documents,
    resume_events,
    resume_pages,
    resumes,
    tasks,
    webhooks,
)
from resume_processor.api.security_headers import SecurityHeaders
from resume_processor.api.tracing import RequestSpans
from resume_processor.api.version import VERSION
from resume_processor.workflow import spans

ROUTERS = (
    events.router,
    resumes.router,
    resume_events.router,
    resume_documents.router,
    resume_pages.router,
    resume_pages.redacted,
    corrections.router,
    batch_events.router,
    webhooks.router,
    keys.router,
    dead_letters.router,
    jobs.router,
    rankings.router,
    decisions.router,
    fairness.router,
    tasks.router,
    audit.router,
    operation.router,
)

#: What begins and ends with a server; it gives the state of the server's connections and requests.
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[Mapping[str, Any]]]


def build_api(parts: ApiParts, *, lifespan: Lifespan | None = None) -> FastAPI:
    """The application over these parts; ``lifespan`` starts and stops what belongs to it."""
    settings = parts.services.settings
    max_bytes = settings.max_bytes + FORM_OVERHEAD
    max_batch_bytes = settings.max_batch_bytes + settings.max_batch_files * PART_OVERHEAD
    app = FastAPI(
        title="resume-processor",
        version=VERSION,
        summary="Resumes in, structured, scored and explained records out.",
        lifespan=lifespan,
        # the pages of Swagger and ReDoc load scripts from elsewhere; this service is offline
        docs_url=None,
        redoc_url=None,
        middleware=[
            *([Middleware(RequestSpans)] if spans.on() else []),
            Middleware(SecurityHeaders),
            Middleware(Access, services=parts.services),
            Middleware(
                BodyTime,
                grace=settings.body_grace_seconds,
                rate=settings.body_bytes_per_second,
            ),
            Middleware(
                DeclaredSizeLimit,
                max_bytes=max_bytes,
                larger={batches.router.prefix: max_batch_bytes},
            ),
        ],
    )
    app.state.parts = parts
    error_handlers.install(app)
    openapi.install(app)
    app.include_router(all_routes(max_bytes, max_batch_bytes))
    return app


def all_routes(max_bytes: int, max_batch_bytes: int) -> APIRouter:
    """Every route, with a limit on the bytes of a body (they are counted while they are read)."""
    # not as a limit of the application: that one stands outside our own middleware
    routes = APIRouter(max_body_size=max_bytes)
    for router in ROUTERS:
        routes.include_router(router)
    routes.include_router(batches.router, max_body_size=max_batch_bytes)
    return routes
