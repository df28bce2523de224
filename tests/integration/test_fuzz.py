"""The API driven by its own OpenAPI document, and uploads of odd bytes: bounded and repeatable.

Every answer must be one that the document has; none may be a fault of the service.
"""

from __future__ import annotations

import random

import hypothesis
import pytest
import schemathesis
import schemathesis.checks
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from resume_processor.api.routes import batch_events, events, resume_events
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.repository import SqlStorage
from resume_processor.workflow.key_port import Scope
from resume_processor.workflow.keys import create_key
from resume_processor.workflow.receive_job import NewJob, receive_job
from tests.acceptance.page_harness import HandDriven
from tests.local_client import local_client

pytestmark = pytest.mark.integration

#: Requests of each kind to each operation; `--hypothesis-seed` and more of them find more.
EXAMPLES = 6

#: Odd uploads, and the seed that they come from.
UPLOADS, SEED = 150, 20260301

BOUNDED = hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)


#: That whatever fits the document is taken is not asked for: an empty file fits it.
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.ignored_auth,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_headers_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.negative_data_rejection,
]


@pytest.fixture(scope="module")
def driven(tmp_path_factory):
    """The API on a database, with something in it; streams end at once."""
    folder = tmp_path_factory.mktemp("fuzz")
    url = f"sqlite:///{folder / 'database.sqlite3'}"
    migrate(url)
    storage = SqlStorage(url)
    made = HandDriven(folder, "", storage, max_wait_seconds=0.0, requests_per_second=0.0)
    with pytest.MonkeyPatch.context() as patch:
        for module in (events, resume_events, batch_events):
            patch.setattr(module, "STREAM_SECONDS", 0.0)
        yield made
    storage.close()


@pytest.fixture(scope="module")
def headers(driven):
    secret = create_key("fuzz", Scope, "default", driven.services).secret
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="module")
def real(driven):
    """Ids of what is there, by the name of the parameter."""
    job = receive_job(NewJob(text="Engineer\n\n- Python\n"), driven.services)
    resume_id = driven.done("fuzzed")
    task_id = driven.storage.get_resume(resume_id).task_id
    return {"job_id": job.id, "resume_id": resume_id, "number": 1, "task_id": task_id}


def operations(app):
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.timeout(300)
def test_every_answer_is_one_that_the_document_has(driven, headers, real, mode):
    faults, nothing_to_spoil = [], set()
    for operation in operations(driven.app):

        @hypothesis.given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
        @BOUNDED
        def drive(case, known):
            if known:
                names = case.path_parameters.keys() & real.keys()
                case.path_parameters.update({name: real[name] for name in names})
            case.call_and_validate(headers=headers, checks=CHECKS)

        try:
            drive()
        except hypothesis.errors.Unsatisfiable:
            nothing_to_spoil.add(operation.label)
        except (Exception, FailureGroup) as error:  # noqa: BLE001 - all are told together
            faults.append(f"{operation.label}: {error}")
    assert not faults, "\n\n".join(faults)
    assert nothing_to_spoil <= {"GET /livez", "GET /readyz"}


# -- uploads


def form_of(parts, boundary):
    """A form as it should be."""
    pieces = []
    for name, value, file_name in parts:
        named = f'; filename="{file_name}"' if file_name is not None else ""
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
        pieces += [head.encode("utf-8", "surrogatepass"), value, b"\r\n"]
    return b"".join([*pieces, f"--{boundary}--\r\n".encode()])


NAMES = (
    "cv.pdf",
    "",
    "../../etc/passwd",
    "a" * 3000,
    "\u202efdp.exe",
    "C:\\x",
    "\x01",
    "ä%00.pdf",
    '"',
)
CONTENTS = (b"", b"%PDF-1.7\n", b"PK\x05\x06" + b"\0" * 18, b"\0" * 1000, b"--x--\r\n", b"text")
INSERTED = (b"\r\n", b"--x", b"\0", b"\xff\xfe", b": " * 5000)
TYPES = (
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "y" * 300,
    "multipart/form-data; boundary=x; charset=utf-16",
    "application/zip",
    "application/json",
    "\xff",
    "",
)


def odd_upload(chance):
    """Content type and body: a form, and then something done to it."""
    names = ("file", "files", "job_id", "priority", "external_id", "", "x" * 2000)
    parts = [
        (chance.choice(names), chance.choice(CONTENTS), chance.choice((*NAMES, None)))
        for _ in range(chance.choice((0, 1, 1, 1, 2, 5, 40)))
    ]
    body = bytearray(form_of(parts, "x"))
    for _ in range(chance.choice((0, 0, 1, 3, 20))):
        place = chance.randrange(len(body) + 1)
        match chance.randrange(4):
            case 0:
                del body[place:]
            case 1:
                body[place:place] = chance.choice(
                    (b"\r\n", b"--x", b"\0", b"\xff\xfe", b": " * 5000)
                )
            case 2:
                del body[place : place + chance.randrange(1, 9)]
            case _:
                body[place : place + 1] = bytes([chance.randrange(256)])
    return chance.choice((TYPES[0], TYPES[0], *TYPES)), bytes(body)


# a part that never ends leaves its temporary file to the garbage collector (the form parser does)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("path", ["/v1/resumes", "/v1/batches", "/v1/jobs"])
def test_odd_uploads_are_taken_or_refused_in_words(driven, headers, path):
    chance, seen = random.Random(f"{SEED} {path}"), set()  # repeatable, no secret
    answered = driven.app.openapi()["paths"][path]["post"]["responses"]
    with local_client(driven.app) as client:
        for number in range(UPLOADS):
            content_type, body = odd_upload(chance)
            more = {"Content-Type": content_type.encode("latin-1")}
            if chance.random() < 0.3:
                more["Idempotency-Key"] = chance.choice(("k", "ä".encode(), b"\xff", "y" * 300))
            answer = client.post(path, content=body, headers={**headers, **more})
            seen.add(answer.status_code)
            assert answer.status_code < 500, (number, answer.text)
            assert str(answer.status_code) in answered, (number, answer.text)
            if answer.is_error:
                assert answer.headers["content-type"] == "application/problem+json"
                assert answer.json()["code"]
    assert {202, 201} & seen
    assert len(seen) > 2
