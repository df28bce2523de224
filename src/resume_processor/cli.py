"""The door for the shell: ``resume-processor up``, ``serve``, ``worker``, ``parse`` and so on.

Everything heavy is imported by the command that needs it, so that ``--help`` is there at once.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resume_processor.cli_output.audit_commands import audit_app
from resume_processor.cli_output.choices import ParseFormat, ScoreFormat
from resume_processor.cli_output.fairness_command import fairness
from resume_processor.cli_output.key_commands import keys_app
from resume_processor.cli_output.terminal import FAILED, UNREACHABLE, complain
from resume_processor.errors import ResumeProcessorError, ServiceError

if TYPE_CHECKING:
    from resume_processor.settings import Settings

HELP = (
    "Read resumes, parse them into JSON Resume with evidence for every value, score them against "
    "jobs with a ledger that explains every point."
)


def examples(*lines: str) -> str:
    """The end of a command's help."""
    # the first character keeps Click from wrapping what follows
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


FIRST_STEPS = examples(
    "resume-processor parse cv.pdf",
    "resume-processor score cvs/*.pdf --job job.txt --explain",
    "resume-processor up",
    "resume-processor submit cvs/*.pdf --job job.txt --wait",
    "",
    "Exit status: 0 all done, 1 something failed (each failure is one line on",
    "stderr), 2 the command line does not fit, 3 the service does not answer.",
)

app = typer.Typer(
    name="resume-processor",
    help=HELP,
    epilog=FIRST_STEPS,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(audit_app)
app.command(
    epilog=examples(
        "resume-processor fairness --job JOB --groups groups.csv",
        "resume-processor fairness --job JOB --groups groups.csv --format html -o report.html",
        "resume-processor fairness --decisions d.csv --scores s.csv --groups groups.csv",
    )
)(fairness)
app.add_typer(keys_app, name="keys")

Port = Annotated[int, typer.Option(help="Port of the API and the page.", min=0, max=65535)]
Host = Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 for all.")]
DataDir = Annotated[
    Path | None,
    typer.Option(
        help="Where database, files and the private Redis live.",
        show_default="RESUME_PROCESSOR_DATA_DIR or ./resume-processor-data",
    ),
]
Workers = Annotated[
    int | None, typer.Option(help="Worker processes.", min=1, max=1024, show_default="2")
]
Children = Annotated[
    int | None,
    typer.Option("--workers", help="Files at a time.", min=1, max=1024, show_default="CPU cores"),
]
Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Files, or folders of files.", show_default=False),
]


@app.command(
    epilog=examples(
        "resume-processor up",
        "resume-processor up --port 9000 --workers 4 --data-dir /srv/resumes",
        "REDIS_URL=redis://cache:6379/0 resume-processor up",
    )
)
def up(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    workers: Workers = None,
    data_dir: DataDir = None,
) -> None:
    """Run all of it: API, page, workers and, where there is none, a private Redis.

    Ctrl-C stops everything that was started; nothing that was accepted is lost.
    """
    from resume_processor.runtime.logs import configure_logging  # noqa: PLC0415 - heavy
    from resume_processor.runtime.run_all import run  # noqa: PLC0415

    settings = settings_from(data_dir=data_dir, workers=workers)
    configure_logging()
    run(settings, host, port, settings.workers, on_ready=announce)


@app.command(
    epilog=examples(
        "REDIS_URL=… DATABASE_URL=postgresql://… resume-processor serve --host 0.0.0.0",
    )
)
def serve(port: Port = 8000, host: Host = "127.0.0.1", data_dir: DataDir = None) -> None:
    """Run the API and the page only; workers run elsewhere.

    For many machines: all of them get the same REDIS_URL and DATABASE_URL.
    """
    import uvicorn  # noqa: PLC0415 - heavy

    from resume_processor.runtime.environment import environment_of  # noqa: PLC0415
    from resume_processor.runtime.open_address import refuse_without_keys  # noqa: PLC0415
    from resume_processor.runtime.run_all import redis_url_of  # noqa: PLC0415

    settings = settings_from(data_dir=data_dir)
    refuse_without_keys(settings, host)
    # by name, as any other server would start it: doors do not import each other
    os.environ.update(environment_of(settings, redis_url_of(settings)))
    uvicorn.run(
        "resume_processor.server:create_app",
        factory=True,
        host=host,
        port=port,
        log_level="warning",
        http="resume_processor.api.connections:LimitedHttp",
        ws="none",
        timeout_graceful_shutdown=int(settings.shutdown_seconds),
    )


@app.command(
    epilog=examples(
        "REDIS_URL=… DATABASE_URL=postgresql://… resume-processor worker --workers 8",
    )
)
def worker(workers: Workers = None, data_dir: DataDir = None) -> None:
    """Run a Celery worker only, watched over and started again where it dies."""
    from resume_processor.runtime.logs import configure_logging  # noqa: PLC0415 - heavy
    from resume_processor.runtime.run_all import run_worker  # noqa: PLC0415

    settings = settings_from(data_dir=data_dir, workers=workers)
    configure_logging()
    run_worker(settings, settings.workers)


@app.command(
    epilog=examples(
        "resume-processor parse cv.pdf",
        "resume-processor parse cvs/ -o parsed/ --format full --workers 4",
        "resume-processor parse cv.docx | jq .basics.email",
    )
)
def parse(
    files: Files,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder for <stem>.json of each file; else stdout."),
    ] = None,
    form: Annotated[
        ParseFormat,
        typer.Option(
            "--format", help="JSON Resume alone, or full: with evidence, warnings and facts."
        ),
    ] = ParseFormat.JSON_RESUME,
    workers: Children = None,
) -> None:
    """Parse files on this machine, without a server.

    Without -o one file is printed as it is, several as one line of JSON each. A file that fails is
    one line on stderr (file: code: message), the others go on, and the exit status is 1.
    """
    from resume_processor.cli_output.parse_files import parse_files  # noqa: PLC0415 - heavy

    end(
        parse_files(files, out=out, form=form, workers=workers or cores(), settings=settings_from())
    )


@app.command(
    epilog=examples(
        "resume-processor score cvs/*.pdf --job job.txt",
        "resume-processor score cv.pdf --job job.txt --explain",
        "resume-processor score cvs/ --job job.txt --format json > scores.json",
        "resume-processor score cvs/ --job job.txt --compare scores.json",
    )
)
def score(
    *,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="RESUME", help="Files, or folders of files.", show_default=False),
    ],
    job: Annotated[
        Path,
        typer.Option(help="The advertisement (text, PDF, DOCX, HTML), or requirements as JSON."),
    ],
    form: Annotated[
        ScoreFormat, typer.Option("--format", help="For people or for programs.")
    ] = ScoreFormat.TABLE,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print every point and what stands behind it.")
    ] = False,
    earlier: Annotated[
        Path | None,
        typer.Option("--compare", help="Scores of before (JSON): print what moved and why."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The day that ongoing jobs count to.", show_default="today"
        ),
    ] = None,
    workers: Children = None,
) -> None:
    """Score files against a job on this machine, without a server; best first."""
    from resume_processor.cli_output.score_files import score_files  # noqa: PLC0415 - heavy

    end(
        score_files(
            files,
            job=job,
            form=form,
            explain=explain,
            earlier=earlier,
            as_of=(as_of or datetime.now(UTC)).date(),
            workers=workers or cores(),
            settings=settings_from(),
        )
    )


@app.command(
    epilog=examples(
        "resume-processor submit cv.pdf",
        "resume-processor submit cvs/*.pdf --job job.txt --wait",
        "resume-processor submit cv.pdf --url https://resumes.example.org",
        "resume-processor submit cvs/ --batch --wait",
    )
)
def submit(
    *,
    files: Files,
    job: Annotated[
        str | None,
        typer.Option(help="A job's id, or a file with an advertisement, which is posted first."),
    ] = None,
    url: Annotated[
        str, typer.Option(help="Where the service is.", envvar="RESUME_PROCESSOR_URL")
    ] = "http://127.0.0.1:8000",
    key: Annotated[
        str | None,
        typer.Option(
            help="API key. Better in the environment, where other users do not see it.",
            envvar="RESUME_PROCESSOR_KEY",
            show_envvar=True,
        ),
    ] = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait until all are processed; then show the ranking.")
    ] = False,
    batch: Annotated[
        bool, typer.Option("--batch", help="Send them as one batch; a zip file is one as it is.")
    ] = False,
) -> None:
    """Send files to a running service. Prints id, status and file, a line each."""
    from resume_processor.cli_output.submit_batch import submit_batch  # noqa: PLC0415 - heavy
    from resume_processor.cli_output.submit_files import submit_files  # noqa: PLC0415

    send = submit_batch if batch else submit_files
    end(send(files, url=url, key=key, job=job, wait=wait))


@app.command(
    epilog=examples(
        "resume-processor doctor",
    )
)
def doctor(data_dir: DataDir = None) -> None:
    """Show what is configured and what of it answers. Changes nothing."""
    from resume_processor.cli_output.doctor import examine  # noqa: PLC0415 - heavy

    end(0 if examine(settings_from(data_dir=data_dir)) else 1)


@app.command(
    "export-cases",
    epilog=examples(
        "resume-processor export-cases reviewed",
        "make evaluate CORPUS=reviewed",
    ),
)
def export_cases(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Filled with docs/ and gold/.")],
    partial: Annotated[  # noqa: FBT002 - a flag is what it is
        bool,
        typer.Option("--partial", help="Also resumes of which only some values were looked at."),
    ] = False,
    tenant: Annotated[str, typer.Option(help="Whose resumes.")] = "default",
    data_dir: DataDir = None,
) -> None:
    """Write resumes that people checked on the page as cases for evaluation.

    They hold people's documents: keep them as safe as the service's own data.
    """
    from resume_processor.cli_output import export_cases as cases  # noqa: PLC0415 - heavy
    from resume_processor.cli_output.audit_commands import opened  # noqa: PLC0415

    with opened(data_dir) as services:
        count = cases.export_cases(services, folder, tenant, partial=partial)
    typer.echo(f"{count} cases in {folder}", err=True)


def settings_from(**given: Any) -> Settings:
    """The settings of the environment, with the options that were given in their place."""
    from resume_processor.settings import Settings  # noqa: PLC0415 - heavy

    return Settings(**{name: value for name, value in given.items() if value is not None})


def announce(url: str, link: str | None) -> None:
    """Say where the service is, once it answers."""
    typer.echo(f"resume-processor is ready: {url}  (API description: {url}/openapi.json)", err=True)
    if link is not None:
        typer.echo(f"Sign in, once, within a quarter of an hour: {link}", err=True)
    typer.echo("Ctrl-C stops it.", err=True)


def cores() -> int:
    """CPU cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def end(failures: int) -> None:
    """Leave with the status that the number of failures stands for."""
    if failures:
        raise typer.Exit(FAILED)


def main() -> None:
    """Run the command line; an error of ours is one line on stderr."""
    try:
        app(prog_name="resume-processor")
    except ResumeProcessorError as error:
        complain("resume-processor", error.code, error.message)
        sys.exit(UNREACHABLE if isinstance(error, ServiceError) else FAILED)


if __name__ == "__main__":
    main()
