"""Traces through OpenTelemetry, switched on by its own environment variables.

Off unless one of ``OTEL_EXPORTER_OTLP_ENDPOINT``, ``OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`` and
``OTEL_TRACES_EXPORTER`` says where spans go; then ``resume-processor[tracing]`` must be installed.
All other variables (sampler, resource, headers, batch sizes) are read by OpenTelemetry itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog

from resume_processor.workflow import spans

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider

log = structlog.get_logger(__name__)

_WHERE = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_HEADER = "traceparent"


def wanted() -> bool:
    """Whether the environment asks for traces."""
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    exporter = os.environ.get("OTEL_TRACES_EXPORTER")
    if exporter is not None:
        return exporter == "otlp"
    return any(os.environ.get(name) for name in _WHERE)


def start_tracing(role: str) -> OpenTelemetry | None:
    """Trace this process, which is an ``api`` or a ``worker``, if the environment asks for it."""
    if not wanted():
        return None
    try:
        tracing = OpenTelemetry(_provider(role))
    except ImportError as error:
        advice = f"no {error.name}: install resume-processor[tracing]"
        log.warning("tracing_not_installed", advice=advice)
        return None
    spans.switch(tracing)
    return tracing


def _provider(role: str) -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    name = os.environ.get("OTEL_SERVICE_NAME", f"resume-processor-{role}")
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


class OpenTelemetry:
    """``spans.Tracing`` over a provider of OpenTelemetry's SDK."""

    def __init__(self, provider: TracerProvider) -> None:
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415 - only if wanted
            TraceContextTextMapPropagator,
        )

        self._provider = provider
        self._tracer = provider.get_tracer("resume_processor")
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def span(
        self, name: str, attributes: dict[str, spans.Attribute], *, parent: str | None, kind: str
    ) -> Iterator[None]:
        """See ``spans.Tracing``."""
        from opentelemetry.trace import SpanKind  # noqa: PLC0415 - loaded long ago

        with self._tracer.start_as_current_span(
            name,
            context=self._context(parent),
            kind=SpanKind[kind.upper()],
            attributes=attributes,
            # both would quote the error's message, which may quote a document
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield
            except BaseException as error:
                _mark_failed(span, type(error).__name__)
                raise

    def annotate(self, attributes: dict[str, spans.Attribute]) -> None:
        """See ``spans.Tracing``."""
        from opentelemetry.trace import get_current_span  # noqa: PLC0415

        get_current_span().set_attributes(attributes)

    def traceparent(self) -> str | None:
        """See ``spans.Tracing``."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return carrier.get(_HEADER)

    def close(self) -> None:
        """Send what is left; nothing is traced afterwards."""
        spans.switch(None)
        self._provider.shutdown()

    def _context(self, parent: str | None) -> Context | None:
        return None if parent is None else self._propagator.extract({_HEADER: parent})


def _mark_failed(span: Any, kind: str) -> None:
    from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415

    span.set_attribute("error.type", kind)
    span.set_status(Status(StatusCode.ERROR))
