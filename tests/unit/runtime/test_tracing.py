import subprocess
import sys

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from resume_processor.runtime.dispatcher import Dispatcher
from resume_processor.runtime.tracing import OpenTelemetry, start_tracing, wanted
from resume_processor.workflow import spans
from resume_processor.workflow.ports import WorkKind

REQUEST = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
VARIABLES = (
    "OTEL_SDK_DISABLED",
    "OTEL_TRACES_EXPORTER",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
)


@pytest.fixture
def finished():
    """Spans that have ended, with tracing switched on."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing = OpenTelemetry(provider)
    spans.switch(tracing)
    yield exporter.get_finished_spans
    tracing.close()


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("variables", "on"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://collector:4318/v1/traces"}, True),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c"}, False),
        ({"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c"}, False),
    ],
)
def test_the_standard_variables_decide(monkeypatch, variables, on):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert wanted() is on


def test_while_nobody_traces_a_step_makes_nothing():
    assert start_tracing("api") is None
    assert spans.span("read", resume_id="r") is spans.span("parse", parent=REQUEST)
    assert spans.traceparent() is None
    spans.annotate(status="DONE")


def test_while_nobody_traces_no_exporter_is_loaded_and_no_thread_runs():
    code = (
        "import sys, threading, resume_processor.server, resume_processor.runtime.tracing as t\n"
        "t.start_tracing('api')\n"
        "print([m for m in sys.modules if m.startswith('opentelemetry.exporter')])\n"
        "print(threading.active_count())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "1"]


def test_without_the_extra_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "otlp")
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    assert start_tracing("api") is None
    assert not spans.on()
    assert "resume-processor[tracing]" in capsys.readouterr().out


def test_spans_form_a_tree_under_the_request(finished):
    with spans.span("outer", parent=REQUEST, kind="server", resume_id="r-1"):
        handed_on = spans.traceparent()
        with spans.span("inner"):
            spans.annotate(status="DONE")
    inner, outer = finished()
    assert outer.context.trace_id == inner.context.trace_id == int(REQUEST.split("-")[1], 16)
    assert outer.parent.span_id == int(REQUEST.split("-")[2], 16)
    assert inner.parent.span_id == outer.context.span_id
    assert handed_on.split("-")[2] == f"{outer.context.span_id:016x}"
    assert (outer.kind.name, dict(outer.attributes)) == ("SERVER", {"resume_id": "r-1"})
    assert dict(inner.attributes) == {"status": "DONE"}


def test_an_error_is_named_and_never_quoted(finished):
    with pytest.raises(ValueError, match="Jane"), spans.span("read"):
        int("Jane Example")
    [span] = finished()
    assert span.attributes["error.type"] == "ValueError"
    assert span.status.status_code.name == "ERROR"
    assert "Jane" not in span.to_json()


def test_what_is_no_traceparent_begins_a_trace(finished):
    with spans.span("outer", parent="Jane Example"):
        pass
    [span] = finished()
    assert span.parent is None
    assert "Jane" not in span.to_json()


def test_the_dispatcher_goes_on_with_the_trace_of_the_upload(finished, services, upload):
    class EmptyBroker:
        def depth(self):
            return 0

    handed_on = []
    services.dispatchers[WorkKind.PROCESS_RESUME] = lambda _: handed_on.append(spans.traceparent())
    with spans.span("request", parent=REQUEST):
        upload()
    Dispatcher(services, EmptyBroker()).step()
    request, publish = finished()
    assert publish.parent.span_id == request.context.span_id
    assert publish.kind.name == "PRODUCER"
    assert handed_on == [f"00-{REQUEST.split('-')[1]}-{publish.context.span_id:016x}-01"]
