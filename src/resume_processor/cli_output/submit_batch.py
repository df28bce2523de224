"""``submit --batch``: many files to a running service as one zip file."""

from __future__ import annotations

import sys
import tempfile
import time
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import httpx

from resume_processor.cli_output.files import files_in
from resume_processor.cli_output.submit_files import (
    TRIES,
    job_for,
    pause_after,
    print_ranking,
    problem_in,
    service_at,
)
from resume_processor.cli_output.terminal import bar
from resume_processor.errors import InvalidRequest

#: Bytes sent at a time.
CHUNK = 256 * 1024

#: Seconds between two looks at how far it is.
LOOK_SECONDS = 1.0

#: States of a batch in which nothing more happens.
FINAL = {"COMPLETE", "FAILED"}


def submit_batch(
    files: Sequence[Path], *, url: str, job: str | None, wait: bool, key: str | None = None
) -> int:
    """Upload all files at once; the number of failures. Prints ``id status`` of the batch.

    One zip file is sent as it is. With ``wait`` the counts by state are printed, and each resume
    that failed is a line on stderr. Raises Unreachable, and InvalidRequest where it is not taken.
    """
    paths = files_in(files)
    with service_at(url, key) as client, tempfile.TemporaryFile() as archive:
        job_id = job_for(client, job)
        if not is_one_zip(paths):
            pack(paths, archive)
        with paths[0].open("rb") if is_one_zip(paths) else archive as source:
            receipt = post(client, source, job_id)
        if not wait:
            sys.stdout.write(f"{receipt['id']}  {receipt['status']:12}  {receipt['expected']}\n")
            return 0
        failures = wait_for_batch(client, receipt)
        if job_id:
            print_ranking(client, job_id)
        return failures


def is_one_zip(paths: Sequence[Path]) -> bool:
    """Whether there is nothing to pack."""
    return len(paths) == 1 and paths[0].suffix.lower() == ".zip"


def pack(paths: Sequence[Path], archive: IO[bytes]) -> None:
    """All files in one zip file, each in a folder of its own, so that names may come twice."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as packed:
        for number, path in enumerate(paths):
            packed.write(path, f"{number}/{path.name}")


def post(client: httpx.Client, source: IO[bytes], job_id: str | None) -> dict[str, Any]:
    """Send it, again where the service says to come back; the key makes that safe."""
    headers = {"Content-Type": "application/zip", "Idempotency-Key": str(uuid.uuid4())}
    params = {"job_id": job_id} if job_id else {}
    for attempt in range(1, TRIES + 1):
        answer = client.post("/v1/batches", content=chunks(source), headers=headers, params=params)
        pause = pause_after(answer)
        if pause is None or attempt == TRIES:
            break
        time.sleep(pause)
    if answer.status_code != httpx.codes.ACCEPTED:
        raise InvalidRequest(f"The batch was not taken: {problem_in(answer)[1]}")
    receipt: dict[str, Any] = answer.json()
    return receipt


def chunks(source: IO[bytes]) -> Iterator[bytes]:
    """The file from its start, piece by piece."""
    source.seek(0)
    while piece := source.read(CHUNK):
        yield piece


def wait_for_batch(client: httpx.Client, receipt: dict[str, Any]) -> int:
    """Wait until all are final; how many did not end well."""
    with bar("processing", receipt["expected"]) as progress:
        finished = 0
        while True:
            report = client.get(f"/v1/batches/{receipt['id']}").raise_for_status().json()
            for _ in range(report["finished"] - finished):
                progress.advance()
            finished = report["finished"]
            if report["status"] in FINAL:
                break
            time.sleep(LOOK_SECONDS)
        failed = list(failed_in(client, receipt["id"]))
        for one in failed:
            error = one["error"] or {"code": one["status"].lower(), "message": "…"}
            progress.complain(one["file_name"], error["code"], error["message"])
        if report["error"]:
            progress.complain("batch", report["error"]["code"], report["error"]["message"])
    counts = ", ".join(f"{count} {name}" for name, count in report["counts"].items() if count)
    sys.stdout.write(f"{receipt['id']}  {report['status']:12}  {counts}\n")
    return len(failed) + (report["error"] is not None)


def failed_in(client: httpx.Client, batch_id: str) -> Iterator[dict[str, Any]]:
    """Resumes of the batch that failed, page by page."""
    params = {"batch_id": batch_id, "status": "FAILED", "limit": "500"}
    while True:
        page = client.get("/v1/resumes", params=params).raise_for_status().json()
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        params["cursor"] = page["next_cursor"]
