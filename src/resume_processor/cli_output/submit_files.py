"""``submit``: files to a running service through its API."""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table
from rich.text import Text

from resume_processor.cli_output.files import files_in
from resume_processor.cli_output.terminal import Bar, bar
from resume_processor.errors import InvalidRequest, ServiceError

#: Seconds that one request may take beside what it waits for.
REQUEST_SECONDS = 30.0

#: Seconds of one ``?wait=``.
WAIT_SECONDS = 20

#: How often an upload is tried again where the service is full or away for a moment.
TRIES = 5

#: Pause where an answer does not say when to come back, in seconds.
PAUSE = 1.0

#: States in which nothing more happens, and those of them that are a success.
GOOD = {"DONE", "NEEDS_REVIEW"}
FINAL = GOOD | {"FAILED", "CANCELLED"}


class Unreachable(ServiceError):
    """The service does not answer."""

    code = "unreachable"
    default_message = "The service does not answer."


@dataclass(frozen=True, slots=True)
class Sent:
    """One file that the service has taken."""

    file: Path
    id: str
    status: str


def submit_files(
    files: Sequence[Path], *, url: str, job: str | None, wait: bool, key: str | None = None
) -> int:
    """Upload all files; the number of failures. Prints ``id status file``, a line each.

    ``job`` is a job's id, or a file with an advertisement, which is posted first. Raises
    Unreachable where there is no service at all, InvalidRequest where it does not take the job.
    """
    paths = files_in(files)
    with service_at(url, key) as client:
        job_id = job_for(client, job)
        sent, failures = upload_all(client, paths, job_id)
        if wait:
            failures += wait_for_all(client, sent)
            if job_id:
                print_ranking(client, job_id)
        else:
            for one in sent:
                print_state(one, one.status)
    return failures


@contextmanager
def service_at(url: str, key: str | None = None) -> Iterator[httpx.Client]:
    """A client of the service; a lost connection becomes Unreachable."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    timeout = httpx.Timeout(REQUEST_SECONDS, read=REQUEST_SECONDS + WAIT_SECONDS)
    try:
        with httpx.Client(base_url=url, timeout=timeout, headers=headers) as client:
            yield client
    except httpx.TransportError as error:
        raise Unreachable(f"{url} does not answer ({type(error).__name__}).") from None


def job_for(client: httpx.Client, job: str | None) -> str | None:
    """The id of the job: the one given, or that of the posted advertisement."""
    if job is None:
        return None
    path = Path(job)
    if not path.is_file():
        return job
    answer = client.post("/v1/jobs", files={"file": (path.name, path.read_bytes())})
    if answer.is_error:
        raise InvalidRequest(f"The job {path} was not taken: {problem_in(answer)[1]}")
    posted = answer.json()
    sys.stderr.write(f"job {posted['id']}: {posted['title']}\n")
    return str(posted["id"])


def upload_all(
    client: httpx.Client, paths: Sequence[Path], job_id: str | None
) -> tuple[list[Sent], int]:
    """Upload one after the other; what was taken, and how many were not."""
    sent: list[Sent] = []
    with bar("uploading", len(paths)) as progress:
        for path in paths:
            if (one := upload(client, path, job_id, progress)) is not None:
                sent.append(one)
            progress.advance()
    return sent, len(paths) - len(sent)


def upload(client: httpx.Client, path: Path, job_id: str | None, progress: Bar) -> Sent | None:
    """Upload one file; None, and a line on stderr, where it was not taken."""
    try:
        data = path.read_bytes()
    except OSError:
        progress.complain(str(path), "not_found", "The file cannot be opened.")
        return None
    answer = post_patiently(client, path.name, data, job_id)
    if answer.status_code == httpx.codes.ACCEPTED:
        body = answer.json()
        return Sent(path, body["id"], body["status"])
    progress.complain(str(path), *problem_in(answer))
    return None


def post_patiently(
    client: httpx.Client, name: str, data: bytes, job_id: str | None
) -> httpx.Response:
    """POST it, again where the service says to come back; the key makes that safe."""
    key = str(uuid.uuid4())
    fields = {"job_id": job_id} if job_id else {}
    for attempt in range(1, TRIES + 1):
        answer = client.post(
            "/v1/resumes",
            files={"file": (name, data)},
            data=fields,
            headers={"Idempotency-Key": key},
        )
        pause = pause_after(answer)
        if pause is None or attempt == TRIES:
            break
        time.sleep(pause)
    return answer


def pause_after(answer: httpx.Response) -> float | None:
    """Seconds until it is worth to try again; None where it is not.

    It is where the service is full or away, whoever says so, where it still works on this very
    request, and where too many came.
    """
    said = answer.headers.get("retry-after", "")
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return float(said) if said.isdigit() else PAUSE
    again = (httpx.codes.CONFLICT, httpx.codes.TOO_MANY_REQUESTS)
    return float(said) if answer.status_code in again and said.isdigit() else None


def wait_for_all(client: httpx.Client, sent: Sequence[Sent]) -> int:
    """Wait until all are final, printing each; how many did not end well."""
    failures = 0
    with bar("processing", len(sent)) as progress:
        for one in sent:
            state = wait_until_final(client, one.id)
            print_state(one, state["status"])
            if state["status"] not in GOOD:
                error = state.get("error") or {"code": state["status"].lower(), "message": "…"}
                progress.complain(str(one.file), error["code"], error["message"])
                failures += 1
            progress.advance()
    return failures


def wait_until_final(client: httpx.Client, resume_id: str) -> dict[str, Any]:
    """The resume once nothing more happens to it."""
    while True:
        answer = client.get(f"/v1/resumes/{resume_id}", params={"wait": WAIT_SECONDS})
        if answer.is_error:
            code, message = problem_in(answer)
            return {"status": "FAILED", "error": {"code": code, "message": message}}
        state: dict[str, Any] = answer.json()
        if state["status"] in FINAL:
            return state


def print_state(one: Sent, status: str) -> None:
    """One line on stdout."""
    sys.stdout.write(f"{one.id}  {status:12}  {one.file}\n")
    sys.stdout.flush()


def print_ranking(client: httpx.Client, job_id: str) -> None:
    """The first page of the job's ranking."""
    answer = client.get(f"/v1/jobs/{job_id}/ranking")
    if answer.is_error:
        return
    table = Table(title="Ranking", title_justify="left")
    for column in ("#", "candidate", "points", "file"):
        table.add_column(column, justify="right" if column in ("#", "points") else "left")
    for rank, row in enumerate(answer.json()["items"], start=1):
        points = f"{row['total']}/{row['max_total']}"
        table.add_row(str(rank), Text(row["name"] or "–"), points, Text(row["file_name"]))
    Console().print(table)


def problem_in(answer: httpx.Response) -> tuple[str, str]:
    """Code and message of an error, also of one that is not ours."""
    try:
        body = answer.json()
        return str(body["code"]), str(body["detail"])
    except (ValueError, KeyError, TypeError):
        return "http_error", f"The service answered {answer.status_code}."
