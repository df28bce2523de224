"""The main job on embedded defaults: start everything, submit samples, print what was found.

``python -m scripts.demo`` (or ``make demo``). It talks to the service over HTTP only, as an
application would, and stops what it started. Exit status 0 means that every sample was processed.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
#: Seconds to wait for the service to be ready, and for all samples to be finished.
READY_SECONDS = 45.0
FINISH_SECONDS = 120.0
FINAL = {"DONE", "NEEDS_REVIEW", "FAILED", "CANCELLED"}


def main() -> int:
    """Run the demonstration; returns the exit status."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="resume-processor-demo-") as folder:
        console.print("[bold]1. Starting the API, two workers and a private Redis[/bold]")
        with running_service(Path(folder)) as client:
            console.print(f"   ready at {client.base_url}")
            job_id = post_job(client, console)
            resumes = post_samples(client, job_id, console)
            finished = follow(client, resumes, console)
            for resume in finished:
                show_resume(client, resume, console)
            show_ranking(client, job_id, console)
    console.print("[bold]Stopped what was started.[/bold]")
    return 0 if all(r["status"] in ("DONE", "NEEDS_REVIEW") for r in finished) else 1


@contextlib.contextmanager
def running_service(folder: Path) -> Iterator[httpx.Client]:
    """``resume-processor up`` on a free port; stopped at the end, its log shown if it fails."""
    port = _free_port()
    command = [sys.executable, "-m", "resume_processor.cli", "up", "--port", str(port),
               "--workers", "2", "--data-dir", str(folder / "data")]  # fmt: skip
    log = folder / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            _wait_until_ready(client, process, log)
            yield client
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if client.get("/readyz").status_code == httpx.codes.OK:
                return
        time.sleep(0.1)
    sys.exit(f"the service did not become ready:\n{log.read_text('utf-8', 'replace')[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def post_job(client: httpx.Client, console: Console) -> str:
    """Post the sample advertisement; returns the job's id."""
    console.print("[bold]2. Posting a job[/bold]")
    answer = client.post("/v1/jobs", json={"text": (SAMPLES / "job.txt").read_text("utf-8")})
    job = answer.raise_for_status().json()
    console.print(f"   {job['id']}: {job['title']}")
    return str(job["id"])


def post_samples(client: httpx.Client, job_id: str, console: Console) -> list[dict[str, Any]]:
    """Upload every sample; each is answered with 202 before any parsing."""
    console.print("[bold]3. Uploading resumes[/bold]")
    accepted = []
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix not in (".pdf", ".docx"):
            continue
        started = time.perf_counter()
        answer = client.post("/v1/resumes", files={"file": (path.name, path.read_bytes())},
                             data={"job_id": job_id})  # fmt: skip
        took = (time.perf_counter() - started) * 1000
        body = answer.raise_for_status().json()
        console.print(f"   {path.name:24} {answer.status_code} in {took:5.1f} ms  {body['id']}")
        accepted.append(body)
    return accepted


def follow(client: httpx.Client, resumes: list[dict[str, Any]], console: Console) -> list[Any]:
    """Wait for all of them with a progress bar; returns their final states."""
    console.print("[bold]4. Celery workers read, parse and score[/bold]")
    columns = TextColumn("   {task.description}"), BarColumn(), MofNCompleteColumn()
    finished: list[Any] = []
    deadline = time.monotonic() + FINISH_SECONDS
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("processed", total=len(resumes))
        for resume in resumes:
            finished.append(_wait_for(client, resume["id"], deadline))
            progress.advance(bar)
    return finished


def _wait_for(client: httpx.Client, resume_id: str, deadline: float) -> Any:
    while True:
        state = client.get(f"/v1/resumes/{resume_id}", params={"wait": 5}).raise_for_status().json()
        if state["status"] in FINAL or time.monotonic() > deadline:
            return state


def show_resume(client: httpx.Client, state: dict[str, Any], console: Console) -> None:
    """Print the main findings of one resume."""
    console.rule(f"{state['file_name']}: {state['status']}", align="left")
    if state["status"] not in ("DONE", "NEEDS_REVIEW"):
        console.print(state.get("error"))
        return
    resume = client.get(f"/v1/resumes/{state['id']}/json-resume").raise_for_status().json()
    basics = resume.get("basics", {})
    place = basics.get("location", {})
    console.print(f"[bold]{basics.get('name')}[/bold] · {basics.get('label')} · "
                  f"{place.get('city')}, {place.get('countryCode')}", highlight=False)  # fmt: skip
    console.print(f"{basics.get('email')} · {basics.get('phone')}", highlight=False)
    for entry in resume.get("work", []):
        console.print(f"  {_period(entry):19} {entry.get('position')} at {entry.get('name')}",
                      highlight=False)  # fmt: skip
    for entry in resume.get("education", []):
        studies = ", ".join(filter(None, [entry.get("studyType"), entry.get("area")]))
        console.print(f"  {_period(entry):19} {studies}: {entry.get('institution')}",
                      highlight=False)  # fmt: skip
    words = [w for g in resume.get("skills", []) for w in g.get("keywords") or [g.get("name")]]
    console.print(f"  skills              {', '.join(words)}", highlight=False)


def _period(entry: dict[str, Any]) -> str:
    start, end = entry.get("startDate"), entry.get("endDate")
    return f"{start or ''} – {end or ('now' if start else '')}" if start else str(end or "")


def show_ranking(client: httpx.Client, job_id: str, console: Console) -> None:
    """Print the ranking, and why the best one has its points."""
    ranking = client.get(f"/v1/jobs/{job_id}/ranking").raise_for_status().json()
    table = Table("rank", "candidate", "points", title="Ranking for the job", title_justify="left")
    for place, row in enumerate(ranking["items"], 1):
        table.add_row(str(place), str(row["name"]), str(row["total"]))
    console.print(table)
    for row in ranking["items"][:2]:
        _show_reasons(client, job_id, row, console)


def _show_reasons(client: httpx.Client, job_id: str, row: dict[str, Any], console: Console) -> None:
    path = f"/v1/jobs/{job_id}/scores/{row['resume_id']}"
    ledger = client.get(path).raise_for_status().json()["ledger"]
    console.print(f"[bold]Why {row['name']} has {row['total']} points[/bold]")
    for criterion in ledger["criteria"]:
        console.print(f"  {criterion['kind']}: {criterion['points']} of {criterion['max_points']}",
                      highlight=False)  # fmt: skip
        for line in criterion["lines"]:
            points = f"{line['points']:4} of {line['max_points']:<4}"
            reason = f"{line['requirement']}: {line['because']}"
            console.print(f"    {points} {reason}", highlight=False)


if __name__ == "__main__":
    sys.exit(main())
