"""One upload is one trace, from the request through the queue to the stored result."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from resume_processor.resume.record import task_id_for
from tests.acceptance.harness import free_port
from tests.chaos.stage import wait_for

pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]

RESUME = b"""Quillon Vantresca
quillon.vantresca@example.org | +44 20 7946 0137 | Harrogate

Experience
Furnace Engineer, Brambleworth Foundry, 2018 - 2021
- Built control software in Python

Skills
Python, PostgreSQL
"""
SECRETS = ("quillon", "vantresca", "7946 0137", "brambleworth", "furnace")
STEPS = {"read", "parse", "score", "store"}


class Collector:
    """Takes spans over OTLP/HTTP, as a real one does."""

    def __init__(self):
        self.bodies = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                collector.bodies.append((self.path, body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def spans(self):
        """(service, span) of all that came."""
        return [
            (
                next(
                    a.value.string_value for a in of.resource.attributes if a.key == "service.name"
                ),
                span,
            )
            for path, body in list(self.bodies)
            if path == "/v1/traces"
            for of in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in of.scope_spans
            for span in scope.spans
        ]

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def collector():
    running = Collector()
    yield running
    running.close()


def test_one_upload_is_one_trace(make_service, collector):
    port = free_port()
    environment = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_BSP_SCHEDULE_DELAY": "100"}
    stage = make_service(api=(port,), environment=environment)
    stage.start()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        wait_for(lambda: is_ready(client), 180)
        file = {"file": ("Quillon Vantresca.txt", RESUME)}
        resume_id = client.post("/v1/resumes", files=file).json()["id"]
    stage.wait_until_final([resume_id], 60)
    wait_for(lambda: {span.name for _, span in collector.spans()} >= STEPS, 60)
    stage.stop("server")  # sends what is left
    found = collector.spans()
    request = next(span for _, span in found if span.name == "HTTP POST")
    trace = [(service, span) for service, span in found if span.trace_id == request.trace_id]
    names = {span.span_id: span.name for _, span in trace}
    tree = {span.name: names.get(span.parent_span_id) for _, span in trace}
    task = "task resume_processor.tasks.process_resume_background"
    assert tree == {
        "HTTP POST": None,
        "publish process_resume": "HTTP POST",
        task: "publish process_resume",
        **dict.fromkeys(STEPS, task),
    }
    services = {span.name: service for service, span in trace}
    assert services["HTTP POST"] == services["publish process_resume"] == "resume-processor-api"
    assert services[task] == services["parse"] == "resume-processor-worker"
    attributes = {
        a.key: a.value.string_value or a.value.int_value
        for _, span in trace
        for a in span.attributes
    }
    assert attributes["http.route"] == "/v1/resumes"
    assert attributes["http.response.status_code"] == 202
    assert attributes["resume_id"] == resume_id
    assert attributes["task_id"] == task_id_for(resume_id)
    said = b"".join(body for _, body in collector.bodies).decode("latin-1").lower()
    assert resume_id in said
    assert [secret for secret in SECRETS if secret in said] == []


def is_ready(client):
    try:
        return client.get("/readyz").json()["status"] == "ready"
    except httpx.TransportError:
        return False
